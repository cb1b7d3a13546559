#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "content/content_store.h"
#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/net/http_client.h"
#include "platform/publication/head.h"
#include "platform/sync/object_folder.h"

namespace linli::platform {

/// How bringing one area up to date went.
struct AreaReport {
    enum class Outcome {
        Unchanged,    ///< what the store has is the newest
        Changed,      ///< the store has new content
        Unpublished,  ///< the platform has nothing of this area, and never had
        Failed,       ///< there was an answer, and something wrong with it
        Unreachable,  ///< no answer at all
    };
    Outcome outcome = Outcome::Unchanged;
    /// The store has new content: with Changed always, with Failed when only its pictures are missing.
    bool has_new_content = false;
    /// One English line with ids, for Failed and Unreachable.
    std::string error;
    /// How often the head allows to be asked for; 0 where there is none.
    std::chrono::seconds poll{0};
    std::uint64_t bytes_received = 0;
};

/// How patient sync is with the network.
struct SyncPatience {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds head{20'000};
    std::chrono::milliseconds content{600'000};
    /// Given up when fewer than this many bytes a second come for so long.
    long slow_bytes = 200;
    std::chrono::seconds slow_time{15};
};

/// Brings one area of the store up to date with a publication, blocking until it is done: asks for the head,
/// streams changed content through hash, zstd and reader into one transaction, then fetches missing objects.
/// Nothing is committed before length and hash are right, so that the store has the old content or the new one,
/// at any moment, whole. Uses about 8 MB whatever the content's length.
class AreaUpdater {
  public:
    /// `base_url` has no slash at its end. What is passed in must outlive this.
    AreaUpdater(std::string base_url, net::HttpClient& client, content::ContentStore& store, ObjectFolder& objects,
                base::Clock& clock, const SyncPatience& patience);

    AreaReport update(const content::AreaCode& area);

  private:
    struct Progress;

    base::Result<void> run(const content::AreaCode& area, Progress& progress);
    base::Result<std::optional<Head>> ask_head(const content::AreaCode& area, Progress& progress);
    base::Result<void> fetch_content(const Head& head, Progress& progress);
    base::Result<void> fetch_objects(const Head& head, Progress& progress);
    net::HttpLimits limits(std::uint64_t bytes, std::chrono::milliseconds total) const;
    /// Gets a file of the publication; any status but 200 is an error.
    base::Result<void> fetch(const std::string& path, std::uint64_t bytes, Progress& progress,
                             const ObjectFolder::Sink& sink);

    std::string base_url_;
    net::HttpClient& client_;
    content::ContentStore& store_;
    ObjectFolder& objects_;
    base::Clock& clock_;
    SyncPatience patience_;
};

}  // namespace linli::platform
