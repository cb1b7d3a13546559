#include "middleware/base/memory.h"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

namespace linli::base {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

void give_back_memory(std::span<const std::string> mapped_files) {
    ::malloc_trim(0);
    std::unique_ptr<std::FILE, CloseFile> maps(std::fopen("/proc/self/maps", "re"));
    if (!maps) return;
    char line[4608];
    while (std::fgets(line, sizeof line, maps.get()) != nullptr) {
        unsigned long begin = 0, end = 0;
        char permissions[5] = "";
        int path_at = 0;
        if (std::sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &begin, &end, permissions, &path_at) < 3 || path_at == 0) continue;
        std::string path(line + path_at, std::strcspn(line + path_at, "\n"));
        // Only what cannot have been changed.
        bool is_read_only = permissions[0] == 'r' && permissions[1] == '-';
        if (is_read_only && std::ranges::find(mapped_files, path) != mapped_files.end())
            ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
}

}  // namespace linli::base
