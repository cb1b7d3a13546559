#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "platform/sync/sync_service.h"
#include "tests/platform/test_platform.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// A sync service with an event loop, and what it says.
class SyncRunner {
  public:
    explicit SyncRunner(TestPlatform& platform);

    void start();
    /// Waits for a status that fits; the last one of any kind when none came for ten seconds.
    platform::SyncStatus wait(const std::function<bool(const platform::SyncStatus&)>& fits);
    /// Waits for the end of the next attempt.
    platform::SyncStatus next();
    /// Asks for an attempt and waits for its end.
    platform::SyncStatus sync_now();
    /// As if the box had been switched off.
    void stop() { service.reset(); }

    std::filesystem::path data() const { return folder_.path(); }
    std::vector<std::string> titles() const;

  private:
    TemporaryFolder folder_;
    std::unique_ptr<base::Log> log_ = base::make_silent_log();

  public:
    base::SettableClock clock{kMonday};
    std::unique_ptr<base::EventLoop> loop;
    platform::SyncOptions options;
    std::vector<platform::SyncStatus> statuses;
    std::unique_ptr<platform::SyncService> service;
};

}  // namespace linli::tests
