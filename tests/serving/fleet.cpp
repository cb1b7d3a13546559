#include "tests/serving/fleet.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "middleware/net/http_client.h"
#include "platform/sync/chain_sync.h"

namespace linli::tests {

using platform::ChainSync;

struct Fleet::Box {
    Box(platform::SyncOptions its_options, base::Clock& clock, base::Log& log)
        : options(std::move(its_options)), client(options.http), chain(options, client, clock, log) {}

    platform::SyncOptions options;
    net::HttpClient client;
    ChainSync chain;
};

namespace {

/// Adds what one box does to the round.
void sync_box(Fleet::Box& box, Fleet::Due due, Fleet::Round& round, std::mutex& mutex) {
    std::string error;
    if (!box.chain.is_open())
        if (auto opened = box.chain.open(); !opened) error = opened.error().message;
    ChainSync::Round done;
    if (error.empty()) {
        std::set<ChainSync::Target> targets;
        for (const ChainSync::Target& target : box.chain.targets())
            if (due == Fleet::Due::Everything || target.second == content::Part::Alerts) targets.insert(target);
        done = box.chain.sync(targets);
        box.chain.fetch_missing(box.chain.missing_objects(), done.traffic);
        box.chain.settle(done.areas_changed > 0);
        if (!done.failed.empty()) {
            platform::SyncStatus status;
            box.chain.describe(status);
            error = status.last_error;
        }
    }
    std::lock_guard lock(mutex);
    if (!error.empty()) ++round.failed;
    if (round.error.empty()) round.error = error;
    round.areas_changed += done.areas_changed;
    round.asked += static_cast<int>(done.asked.size());
    round.received += done.traffic.received;
    round.sent += done.traffic.sent;
}

}  // namespace

Fleet::Fleet(const FleetOptions& options) : at_a_time_(options.at_a_time) {
    for (int i = 0; i < options.boxes; ++i) {
        auto folder = options.folder / std::to_string(i);
        std::filesystem::create_directories(folder);
        platform::SyncOptions box{.base_urls = {options.url},
                                  .area = options.areas[static_cast<std::size_t>(i) % options.areas.size()],
                                  .content_file = folder / "content.db",
                                  .object_folder = folder / "objects",
                                  .trust_folder = folder / "trust",
                                  .root_file = options.root_file,
                                  .box_id = std::to_string(i)};
        box.http.ca_file = options.ca_file;
        boxes_.push_back(std::make_unique<Box>(std::move(box), clock_, *log_));
    }
}

Fleet::~Fleet() = default;

Fleet::Round Fleet::sync(Due due) {
    Round round;
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < at_a_time_; ++i)
            workers.emplace_back([&] {
                for (std::size_t at = next++; at < boxes_.size(); at = next++) sync_box(*boxes_[at], due, round, mutex);
            });
    }
    round.took = std::chrono::steady_clock::now() - begin;
    return round;
}

}  // namespace linli::tests
