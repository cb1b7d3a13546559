// The first sync of 5,000 items, against downloading them, Expat with empty handlers and plain SQLite inserts of the
// same rows.

#include <condition_variable>
#include <mutex>

#include "middleware/base/compress.h"
#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "platform/publication/head.h"
#include "platform/sync/sync_service.h"
#include "tests/bench/core_bench.h"
#include "tests/bench/plain_sync.h"

namespace linli::bench {
namespace {

using std::chrono::steady_clock;

double milliseconds_since(steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

/// All that a first sync of an area needs: head and content. Returns the content, unpacked.
base::Result<std::string> download(net::HttpClient& client, const std::string& base_url, const content::AreaCode& area) {
    net::HttpLimits limits;
    limits.bytes = 64u << 20;
    auto get = [&](const std::string& path) { return client.get({.url = base_url + "/" + path}, limits); };
    LINLI_TRY(head_answer, get(platform::head_path(area, platform::Part::Content)));
    LINLI_TRY(file, platform::read_signed(head_answer.body));
    LINLI_TRY(head, platform::read_head(file.payload));
    LINLI_TRY(packed, get(platform::packed_path(head.content.sha256)));
    return base::decompress(packed.body, head.content.unpacked_length);
}

/// One first sync, from `start` to the word that all is fresh. Negative when it failed.
double sync_once(const CoreSetup& setup, const std::filesystem::path& data) {
    std::filesystem::remove_all(data);
    auto loop = base::EventLoop::create();
    base::SystemClock clock;
    auto log = base::make_silent_log();
    double took = -1;
    platform::SyncOptions options{.base_urls = {setup.platform_url + "/publication"},
                                  .area = *content::AreaCode::parse(kArea),
                                  .content_file = data / "content.db",
                                  .object_folder = data / "objects",
                                  .trust_folder = data / "trust",
                                  .root_file = setup.root_file,
                                  .bounds = {.least = std::chrono::hours(1), .most = std::chrono::hours(2)}};
    auto begin = steady_clock::now();
    platform::SyncService sync(options, clock, *log, **loop, [&](const platform::SyncStatus& status) {
        using State = platform::SyncStatus::State;
        if (status.state == State::Fresh) took = milliseconds_since(begin);
        if (status.state == State::Fresh || status.state == State::Failed) (*loop)->quit();
    });
    sync.start();
    (*loop)->run();
    return took;
}

}  // namespace

base::Result<void> bench_sync(const CoreSetup& setup, std::vector<Figure>& figures) {
    net::HttpLibrary library;
    net::HttpClient client({.user_agent = "linli-bench"});
    std::vector<std::vector<PlainRow>> rows;
    std::vector<double> ours, plain;
    auto chain = content::AreaCode::parse(kArea)->chain();
    for (int run = 0; run < 7; ++run) {
        double took = sync_once(setup, setup.work / "sync");
        if (took < 0) return base::fail("a sync of the benchmark failed");
        ours.push_back(took);

        std::filesystem::remove(setup.work / "plain.db");
        auto begin = steady_clock::now();
        std::vector<std::string> documents;
        for (const content::AreaCode& area : chain) {
            LINLI_TRY(document, download(client, setup.platform_url + "/publication", area));
            parse_plainly(document);
            documents.push_back(std::move(document));
        }
        double so_far = milliseconds_since(begin);
        // The rows are got ready outside the measured time: a plain program would have them from its handlers.
        if (rows.empty())
            for (const std::string& document : documents) rows.push_back(rows_of(document));
        begin = steady_clock::now();
        insert_plainly(setup.work / "plain.db", rows);
        plain.push_back(so_far + milliseconds_since(begin));
    }
    figures.push_back({"core", "first sync of 5,000 items", median(ours), "ms", median(plain), "ratio <= 1.5"});
    return {};
}

}  // namespace linli::bench
