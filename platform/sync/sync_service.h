#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"

namespace linli::platform {

struct SyncOptions {
    /// Base URL of the publication, for example "http://127.0.0.1:8081/publication".
    std::string base_url;
    content::AreaCode area;
    std::filesystem::path content_file;
    /// Where fetched objects (pictures) are kept, by hash.
    std::filesystem::path object_folder;
    std::chrono::seconds interval{300};
};

/// What sync last did, for the status line and Diagnostics.
struct SyncStatus {
    enum class State { Never, Running, Fresh, Failed };
    State state = State::Never;
    /// When the platform was last reached with success.
    std::chrono::sys_seconds last_success;
    /// Why the last attempt failed: one English line with ids.
    std::string last_error;
    /// The last attempt failed because nobody answered.
    bool is_unreachable = false;
    /// What had to be done with the content store when it was opened: it was damaged or of a newer version and has
    /// been replaced. Others who have it open open it again. Empty when all was well.
    std::string store_notice;
    int areas_changed = 0;
    std::uint64_t bytes_received = 0;

    /// One part of one area of the chain, from the city down.
    struct AreaState {
        content::AreaCode area;
        content::Part part = content::Part::Content;
        std::uint64_t sequence = 0;  // 0: the area has never published this part
        std::chrono::sys_seconds published{};
        std::chrono::sys_seconds expires{};
        bool is_old = false;  // past its expiry
        std::string error;    // why it was not brought up to date the last time; one English line
    };
    std::vector<AreaState> areas;
    /// Something that is shown is past its expiry.
    bool is_old = false;
    /// Rises with each object (picture) that came; screens then load theirs again.
    std::uint64_t objects_fetched = 0;

    // For Diagnostics.
    std::uint64_t root_version = 0;      // of the keys; 0: none yet
    std::uint64_t bytes_total = 0;       // received since the start
    std::string base_url;                // of the publication that answered last
    int attempts_failed = 0;             // in a row
    std::chrono::sys_seconds next_attempt{};
    std::uint64_t store_bytes = 0;       // of the disk, for the content store
    std::uint64_t object_bytes = 0;      // of the disk, for objects
    std::uint64_t object_quota = 0;      // how much they may take
};

/// Keeps the box's area chain up to date on a thread of its own: at `start`, then at each interval, or as rarely as
/// the platform asks for; after a failure sooner, then less and less soon. Each attempt is posted to the loop as a
/// `SyncStatus` when it begins (Running) and when it has ended (Fresh, Failed); nothing is once the service is gone.
///
/// Create and destroy it on the loop's thread. A status tells of the attempt it belongs to, `last_success` and
/// `last_error` of the last one that ended.
class SyncService {
  public:
    using OnStatus = std::function<void(const SyncStatus&)>;

    SyncService(SyncOptions options, base::Clock& clock, base::Log& log, base::EventLoop& loop, OnStatus on_status);
    /// Ends the thread; a transfer under way is given up.
    ~SyncService();

    void start();
    /// Syncs as soon as the thread is free. From any thread.
    void sync_now();
    /// An object (SHA-256, hex) that a screen wants to show and has not: fetched soon. From any thread.
    void want_object(std::string sha256);
    /// For tests and scripts: with no network every request fails at once; when it comes back, sync is tried.
    void set_network(bool is_on);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::platform
