#include "tests/support/directfb.h"

#include <cstdio>
#include <cstdlib>

namespace linli::tests {

graphics::DirectFbLibrary& directfb() {
    static const std::unique_ptr<graphics::DirectFbLibrary> library = [] {
        std::vector<std::string> none;
        auto started =
            graphics::DirectFbLibrary::start(none, {"system=dummy", "mode=1280x720", "no-cursor"});
        if (!started) {
            std::fprintf(stderr, "%s\n", started.error().message.c_str());
            std::abort();
        }
        return std::move(*started);
    }();
    return *library;
}

}  // namespace linli::tests
