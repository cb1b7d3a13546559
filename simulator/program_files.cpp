#include "simulator/program_files.h"

#include <system_error>

namespace linli::simulator {

ProgramFiles ProgramFiles::find() {
    std::error_code error;
    auto root = std::filesystem::read_symlink("/proc/self/exe", error).parent_path().parent_path();
    auto share = std::filesystem::exists(root / "locale", error) ? root : root / "share/linli";
    return {.catalogs = share / "locale", .modules = share / "lib"};
}

}  // namespace linli::simulator
