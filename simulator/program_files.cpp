#include "simulator/program_files.h"

#include <initializer_list>
#include <system_error>

namespace linli::simulator {

namespace {

using std::filesystem::path;

path first_of(const path& root, std::initializer_list<const char*> candidates) {
    std::error_code error;
    for (const char* candidate : candidates)
        if (std::filesystem::exists(root / candidate, error)) return root / candidate;
    return {};
}

}  // namespace

ProgramFiles ProgramFiles::find() {
    std::error_code error;
    path program = std::filesystem::read_symlink("/proc/self/exe", error);
    path root = program.parent_path().parent_path();
    return {.catalogs = first_of(root, {"locale", "share/linli/locale"}),
            .player_module = first_of(root, {"lib/linli_player_gstreamer.so", "lib/linli/linli_player_gstreamer.so"})};
}

}  // namespace linli::simulator
