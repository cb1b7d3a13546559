// Syncs a box's chain of areas once, so that a test can kill it: URL AREA DATA ROOT.

#include <cstdio>
#include <filesystem>

#include "platform/sync/chain_sync.h"

using namespace linli;

namespace {

int sync_once(const platform::SyncOptions& options) {
    net::HttpLibrary library;
    net::HttpClient client(options.http);
    base::SystemClock clock;
    auto log = base::make_stderr_log("sync-once", base::Log::Level::Warning);
    platform::ChainSync sync(options, client, clock, *log);
    if (auto opened = sync.open(); !opened) {
        std::fprintf(stderr, "%s\n", opened.error().message.c_str());
        return 1;
    }
    auto targets = sync.targets();
    auto round = sync.sync({targets.begin(), targets.end()});
    sync.fetch_missing(sync.missing_objects(), round.traffic);
    if (round.failed.empty()) sync.note_contact(clock.now());
    sync.settle(round.areas_changed > 0);
    return round.failed.empty() && sync.missing_objects().empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    auto area = count == 5 ? content::AreaCode::parse(arguments[2]) : std::nullopt;
    if (!area) {
        std::fprintf(stderr, "usage: URL AREA DATA ROOT\n");
        return 2;
    }
    std::filesystem::path data = arguments[3];
    std::error_code ignored;
    std::filesystem::create_directories(data, ignored);
    return sync_once({.base_urls = {arguments[1]},
                      .area = *area,
                      .content_file = data / "content.db",
                      .object_folder = data / "objects",
                      .trust_folder = data / "trust",
                      .root_file = arguments[4]});
}
