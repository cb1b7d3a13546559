#include "simulator/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace linli::simulator {

base::Result<std::unique_ptr<ScratchFolder>> ScratchFolder::create() {
    std::error_code error;
    std::string pattern = (std::filesystem::temp_directory_path(error) / "linli-sim-XXXXXX").string();
    if (error || ::mkdtemp(pattern.data()) == nullptr)
        return base::fail(std::string("cannot make a temporary folder: ") + std::strerror(errno));
    return std::unique_ptr<ScratchFolder>(new ScratchFolder(pattern));
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace linli::simulator
