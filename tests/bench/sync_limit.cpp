#include <chrono>

#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/net/http_client.h"
#include "platform/publication/trust_chain.h"
#include "tests/bench/core_content.h"
#include "tests/bench/plain_sync.h"
#include "tests/bench/sync_bench.h"

namespace linli::bench {
namespace {

using std::chrono::steady_clock;

/// Adds the time of each step to where it belongs.
class Stopwatch {
  public:
    void add_to(double& milliseconds) {
        auto now = steady_clock::now();
        milliseconds += std::chrono::duration<double, std::milli>(now - begin_).count();
        begin_ = now;
    }
    void start() { begin_ = steady_clock::now(); }

  private:
    steady_clock::time_point begin_ = steady_clock::now();
};

}  // namespace

base::Result<SyncLimit> measure_limit(const SyncSetup& setup) {
    LINLI_TRY(root, base::read_file(setup.root_file));
    LINLI_TRY(chain, platform::TrustChain::start(root));
    net::HttpClient client({.user_agent = "linli-bench"});
    net::HttpLimits limits;
    limits.bytes = platform::kMostPackedBytes;
    auto get = [&](const std::string& path) { return client.get({.url = setup.publication_url + "/" + path}, limits); };

    SyncLimit limit;
    std::vector<std::string> documents;
    std::vector<std::vector<PlainRow>> rows;
    for (const content::AreaCode& area : content::AreaCode::parse(kArea)->chain()) {
        Stopwatch watch;
        LINLI_TRY(head_answer, get(platform::head_path(area, platform::Part::Content)));
        watch.add_to(limit.download);
        LINLI_TRY(head, chain.verify(head_answer.body, area, platform::Part::Content));
        chain.take_delegations(head);
        watch.add_to(limit.signatures);
        LINLI_TRY(packed, get(platform::packed_path(head.content.sha256)));
        watch.add_to(limit.download);
        LINLI_TRY(document, base::decompress(packed.body, head.content.unpacked_length, {.frames = base::Frames::Several}));
        watch.add_to(limit.unpack);
        parse_plainly(document);
        watch.add_to(limit.parse);
        limit.packed_bytes += packed.body.size();
        limit.unpacked_bytes += document.size();
        // The rows are got ready outside the measured time: a plain program would have them from its handlers.
        rows.push_back(rows_of(document));
    }
    std::filesystem::remove(setup.work / "plain.db");
    Stopwatch watch;
    insert_plainly(setup.work / "plain.db", rows);
    watch.add_to(limit.insert);
    return limit;
}

}  // namespace linli::bench
