// Publication and sync of a large city: `./linli bench sync`.

#include "tests/bench/sync_bench.h"

#include <unistd.h>

#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "tests/bench/child.h"
#include "tests/bench/sync_content.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {
namespace {

/// Writes the folder, the keys and the delegations; the tree has no content yet.
base::Result<SyncSetup> prepare(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                const std::filesystem::path& work, int items) {
    SyncSetup setup{programs, sample, work, work / "content", work / "keys", work / "tree", work / "tree/root/1.signed", ""};
    LINLI_CHECK(write_city(sample, items, setup.content));
    std::vector<std::string> command{programs / "linli-publish", "keys", "init", "--to", setup.keys, "--tree", setup.tree};
    for (const char* area : {"12", "12/0101", "12/0101/001", "12/0101/001/002"}) {
        command.push_back("--area");
        command.push_back(area);
    }
    LINLI_CHECK(run_program(command));
    return setup;
}

base::Result<Child> serve(SyncSetup& setup, std::uint16_t port) {
    setup.publication_url = base::format("http://127.0.0.1:{}/publication", port);
    LINLI_TRY(server, Child::start({setup.programs / "linli-platform", "--publication", setup.tree, "--database",
                                    setup.work / "platform.db", "--port", std::to_string(port)}));
    ::usleep(500'000);
    return server;
}

/// A box of usual size: only its memory is of interest.
base::Result<void> bench_small_box(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                   const std::filesystem::path& work, std::uint16_t port, std::vector<Figure>& figures) {
    LINLI_TRY(setup, prepare(programs, sample, work, 5000));
    LINLI_CHECK(run_program({programs / "linli-publish", "publish", setup.content, "--to", setup.tree, "--key", setup.keys}));
    LINLI_TRY(server, serve(setup, port));
    LINLI_TRY(peak, peak_of_first_sync(setup));
    figures.push_back({"sync", "peak memory of a first sync of 5,000 items", peak, "MB", std::nullopt, "value <= 16"});
    return {};
}

}  // namespace

base::Result<void> bench_city_sync(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                   std::vector<Figure>& figures) {
    net::HttpLibrary library;
    LINLI_TRY(work, WorkFolder::create());
    auto port = static_cast<std::uint16_t>(20000 + ::getpid() % 20000);
    LINLI_TRY(setup, prepare(programs, sample, work.path() / "city", 100'000));
    LINLI_CHECK(bench_publish(setup, figures));
    LINLI_TRY(server, serve(setup, port));
    LINLI_CHECK(bench_box(setup, figures));
    return bench_small_box(programs, sample, work.path() / "town", static_cast<std::uint16_t>(port + 1), figures);
}

}  // namespace linli::bench
