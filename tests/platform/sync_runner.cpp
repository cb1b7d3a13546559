#include "tests/platform/sync_runner.h"

#include "content/content_store.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace std::chrono_literals;
using platform::SyncStatus;

SyncRunner::SyncRunner(TestPlatform& platform)
    : loop(std::move(*base::EventLoop::create())),
      options{.base_urls = {platform.url() + "/"},
              .area = area("12/0101"),
              .content_file = data() / "content.db",
              .object_folder = data() / "objects",
              .trust_folder = data() / "trust",
              .root_file = platform.signed_tree.root_file(),
              .box_id = "box-1"} {}

void SyncRunner::start() {
    service = std::make_unique<platform::SyncService>(options, clock, *log_, *loop,
                                                      [this](const SyncStatus& status) { statuses.push_back(status); });
    service->start();
}

SyncStatus SyncRunner::wait(const std::function<bool(const SyncStatus&)>& fits) {
    auto give_up = std::chrono::steady_clock::now() + 10s;
    SyncStatus last;
    while (std::chrono::steady_clock::now() < give_up) {
        loop->run_once(100ms);
        for (const SyncStatus& status : std::exchange(statuses, {})) {
            last = status;
            if (fits(status)) return status;
        }
    }
    return last;
}

SyncStatus SyncRunner::next() {
    bool has_begun = false;
    return wait([&](const SyncStatus& status) {
        has_begun = has_begun || status.state == SyncStatus::State::Running;
        return has_begun && status.state != SyncStatus::State::Running;
    });
}

SyncStatus SyncRunner::sync_now() {
    service->sync_now();
    return next();
}

std::vector<std::string> SyncRunner::titles() const {
    auto store = content::ContentStore::open(options.content_file, content::ContentStore::Examination::Brief);
    CHECK_GOOD(store);
    auto rows = store->items(content::Board::Notices, "", options.area.chain(), std::nullopt);
    CHECK_GOOD(rows);
    std::vector<std::string> titles;
    for (const auto& row : *rows) titles.push_back(row.title);
    return titles;
}

}  // namespace linli::tests
