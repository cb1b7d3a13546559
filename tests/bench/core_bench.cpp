#include "tests/bench/core_bench.h"

#include <stdlib.h>
#include <unistd.h>

#include "middleware/base/format.h"
#include "tests/bench/child.h"

namespace linli::bench {

base::Result<void> bench_core(const std::filesystem::path& programs, const std::filesystem::path& sample,
                              std::vector<Figure>& figures) {
    std::string pattern = (std::filesystem::temp_directory_path() / "linli-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return base::fail("cannot make a temporary folder");
    struct Remove {
        std::filesystem::path folder;
        ~Remove() {
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
    } work{pattern};

    LINLI_CHECK(publish_many(sample, work.folder / "content", work.folder / "tree"));
    // The platform tells on standard error which port it took; a fixed one is simpler to read from here.
    std::uint16_t port = static_cast<std::uint16_t>(20000 + ::getpid() % 20000);
    LINLI_TRY(platform, Child::start({programs / "linli-platform", "--publication", work.folder / "tree", "--database",
                                      work.folder / "platform.db", "--port", std::to_string(port)}));
    CoreSetup setup{programs, work.folder, base::format("http://127.0.0.1:{}", port)};
    ::usleep(500'000);
    LINLI_CHECK(bench_sync(setup, figures));
    return bench_screen(setup, figures);
}

}  // namespace linli::bench
