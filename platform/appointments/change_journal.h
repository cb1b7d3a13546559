#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "platform/appointments/appointment_client.h"

namespace linli::platform {

/// The changes of which this box does not know what became of them, in a file of mode 0600 that outlives a crash: random
/// keys, kinds and times, nothing personal. There is no file while there is no such change. Safe from every thread.
///
/// A line a change, "KEY KIND TIME CHECK" below "linli-changes 1"; CHECK is the beginning of the SHA-256 of what stands
/// before it. A file that is not all such lines is copied to FILE.damaged, which the log tells, and what can be read of
/// it counts.
class ChangeJournal {
  public:
    struct Entry {
        std::string key;
        Change::Kind kind = Change::Kind::Hold;
        /// By the platform's clock, as far as that is known.
        std::chrono::sys_seconds time;
        bool operator==(const Entry&) const = default;
    };
    /// More than anybody makes while the platform answers; from then on changes are not sent.
    static constexpr std::size_t kMostEntries = 64;

    /// Reads what an earlier run left.
    ChangeJournal(std::filesystem::path file, base::Log& log);

    std::vector<Entry> entries() const;
    /// The entry is at rest when this returns well; after an error the change must not be sent. A key that is there
    /// already stays as it is.
    base::Result<void> add(const Entry& entry);
    /// After an error the change will be asked about once more, at the next start.
    base::Result<void> remove(const std::string& key);

  private:
    base::Result<void> write(const std::vector<Entry>& entries) const;
    void keep_aside(const std::string& why, base::Log& log);

    std::filesystem::path file_;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;  // guarded by mutex_
};

}  // namespace linli::platform
