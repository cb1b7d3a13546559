#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "middleware/net/http_options.h"
#include "platform/sync/sync_schedule.h"

namespace linli::platform {

struct SyncOptions {
    /// Of the publication, for example "http://127.0.0.1:8081/publication"; several that carry the same one are tried in
    /// turn, the one that answered last first.
    std::vector<std::string> base_urls;
    content::AreaCode area;
    std::filesystem::path content_file;
    /// Where fetched objects (pictures) are kept, by hash.
    std::filesystem::path object_folder;
    /// Where roots and heads are kept; see TrustStore.
    std::filesystem::path trust_folder;
    /// The provisioned root of the publication's keys. Without a good one nothing is synced.
    std::filesystem::path root_file;
    /// Any text that is another one for each box.
    std::string box_id;
    SyncBounds bounds;
    /// Bytes of the disk that objects may take.
    std::uint64_t object_quota = 64u << 20;
    net::HttpOptions http;
};

/// What sync last did, for the status line and Diagnostics.
struct SyncStatus {
    enum class State { Never, Running, Fresh, Failed };
    State state = State::Never;
    /// When the platform was last reached with success.
    std::chrono::sys_seconds last_success;
    /// Why something is not up to date: one English line with ids. Empty when all is.
    std::string last_error;
    /// The last attempt failed because nobody answered.
    bool is_unreachable = false;
    /// What had to be done with the content store when it was opened: it was damaged or of a newer version and has
    /// been replaced. Others who have it open open it again. Empty when all was well.
    std::string store_notice;
    /// How often the content of an area has changed since the status before this one.
    int areas_changed = 0;
    /// In the last attempt, headers included.
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
    /// How many calls of `sync_now` have been seen to, the last of them in an attempt that may still be Running.
    std::uint64_t asks_answered = 0;
    /// How many calls of `want_object` have been seen to, whether with success or not.
    std::uint64_t wants_answered = 0;

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

/// Keeps the box's area chain up to date on a thread of its own: first within the start's spread, then each area as
/// often as its head allows within the operator's bounds; after a failure sooner, then less and less soon (SyncSchedule).
/// What it did is posted to the loop as a `SyncStatus`: at the start what is known already, then when an attempt begins
/// (Running), when there is new content, and when the attempt has ended (Fresh, Failed); looking for alerts alone shows
/// only its end. Nothing is posted once the service is gone.
///
/// Create and destroy it on the loop's thread.
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
    /// For tests and scripts: with no network every request fails at once; when it comes back, that is a call of `sync_now`.
    void set_network(bool is_on);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::platform
