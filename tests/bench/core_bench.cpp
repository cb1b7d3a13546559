#include "tests/bench/core_bench.h"

#include <unistd.h>

#include "middleware/base/format.h"
#include "tests/bench/child.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {

base::Result<void> bench_core(const std::filesystem::path& programs, const std::filesystem::path& sample,
                              std::vector<Figure>& figures) {
    LINLI_TRY(work, WorkFolder::create());
    LINLI_CHECK(publish_many(sample, work.path() / "content", work.path() / "tree"));
    // The platform tells on standard error which port it took; a fixed one is simpler to read from here.
    std::uint16_t port = static_cast<std::uint16_t>(20000 + ::getpid() % 20000);
    LINLI_TRY(platform, Child::start({programs / "linli-platform", "--publication", work.path() / "tree", "--database",
                                      work.path() / "platform.db", "--port", std::to_string(port)}));
    CoreSetup setup{programs, work.path(), base::format("http://127.0.0.1:{}", port), work.path() / "tree/root/1.signed"};
    ::usleep(500'000);
    LINLI_CHECK(bench_sync(setup, figures));
    return bench_screen(setup, figures);
}

}  // namespace linli::bench
