#pragma once

#include <memory>

#include "middleware/base/log.h"
#include "platform/booking/booking_store.h"

namespace CLI {
class App;
}

namespace linli::platform {

/// `linli-platform office`: an office's list as a table or calendar, and what it hands back. Works on the database, beside
/// servers that run.
class OfficeCommand {
  public:
    /// Adds itself to the program's commands; before its command line is parsed.
    explicit OfficeCommand(CLI::App& app);
    ~OfficeCommand();

    bool is_asked_for() const;
    /// The exit status: 0 done, 1 some rows could not be done, or it failed.
    int run(const BookingStoreOptions& store, base::Log& log) const;

  private:
    struct Settings;
    CLI::App* command_;
    std::unique_ptr<Settings> settings_;
};

}  // namespace linli::platform
