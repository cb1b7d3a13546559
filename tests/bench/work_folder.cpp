#include "tests/bench/work_folder.h"

#include <stdlib.h>

#include <system_error>

namespace linli::bench {

base::Result<WorkFolder> WorkFolder::create() {
    std::string pattern = (std::filesystem::temp_directory_path() / "linli-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return base::fail("cannot make a temporary folder");
    return WorkFolder(pattern);
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace linli::bench
