#pragma once

#include <csignal>
#include <memory>

#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "platform/booking/booking_store.h"

namespace CLI {
class App;
}

namespace linli::platform {

/// What `linli-platform` does without a command: serves.
class ServeCommand {
  public:
    /// Adds its options to the program; before its command line is parsed.
    explicit ServeCommand(CLI::App& app);
    ~ServeCommand();

    /// Until one of the signals `ends`, which are blocked.
    base::Result<void> run(const BookingStoreOptions& store, const sigset_t& ends, base::Log& log) const;

  private:
    struct Settings;
    std::unique_ptr<Settings> settings_;
};

}  // namespace linli::platform
