#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "middleware/graphics/directfb_library.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

int count_threads() {
    std::filesystem::directory_iterator threads("/proc/self/task");
    return static_cast<int>(std::distance(begin(threads), end(threads)));
}

/// Takes and writes what memory has just been given back.
void use_memory() {
    std::vector<std::string> taken;
    for (std::size_t size = 600; size < 2600; ++size) taken.emplace_back(size, '\xAB');
}

}  // namespace

// clang-format off
TEST_GROUP(DirectFbEnd) {};
// clang-format on

/// Without the wait at its end, a thread of DirectFB reads memory that is somebody else's by then.
TEST(DirectFbEnd, LeavesNoThreadBehind) {
    for (int i = 0; i < 20; ++i) {
        std::vector<std::string> no_arguments;
        auto library = graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"});
        CHECK_GOOD(library);
        CHECK_TRUE(count_threads() > 1);
        library->reset();
        CHECK_EQUAL(1, count_threads());
        use_memory();
    }
}
