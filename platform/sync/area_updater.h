#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "content/content_store.h"
#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/net/http_client.h"
#include "platform/publication/head.h"
#include "platform/publication/trust_chain.h"
#include "platform/sync/download.h"
#include "platform/sync/object_folder.h"
#include "platform/sync/trust_store.h"

namespace linli::platform {

/// How bringing one part of one area up to date went.
struct AreaReport {
    enum class Outcome {
        Unchanged,    ///< what the store has is the newest
        Changed,      ///< the store has new content
        Unpublished,  ///< the platform has nothing of this area, and never had; or nobody is named who may publish for it
        Revoked,      ///< what the store has was signed by keys that count no longer, and there is nothing better
        Failed,       ///< there was an answer, and something wrong with it
        Unreachable,  ///< no answer at all
    };
    Outcome outcome = Outcome::Unchanged;
    bool has_new_content = false;
    /// One English line with ids, for Revoked, Failed and Unreachable.
    std::string error;
    /// What was mended on the way, for the log: a delta that could not be used.
    std::string note;
    /// The newest head that is good for the keys of now, whether its content came or not.
    std::optional<Head> head;
    /// What the store has of this part.
    std::optional<content::AreaVersion> stored;
    std::optional<std::chrono::seconds> retry_after;
    Traffic traffic;
};

/// How patient sync is with the network.
struct SyncPatience {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds head{20'000};
    /// Then the download is broken off, and goes on at the next attempt.
    std::chrono::milliseconds content{600'000};
    /// Given up when fewer than this many bytes a second come for so long.
    long slow_bytes = 200;
    std::chrono::seconds slow_time{15};

    net::HttpLimits limits(std::uint64_t bytes, std::chrono::milliseconds total) const;
};

/// Brings parts of areas up to date with a publication, from the city down, blocking until it is done
/// (docs/publication.md, "Receiving"). A head is verified and kept before anything else; content and deltas come to a
/// file first, so that they can go on where they broke off and no transaction waits for the network, and only bytes of
/// the right hash are unpacked and read. They are stored in one transaction: the store has the old content or the new
/// one, at any moment, whole. One thread; it is the only one that writes to the store.
class AreaUpdater {
  public:
    /// What an update needs of the box; all of it must outlive the updater.
    struct Parts {
        net::HttpClient& client;
        content::ContentStore& store;
        TrustChain& trust;
        TrustStore& kept;
        ObjectFolder& objects;
        base::Clock& clock;
    };
    AreaUpdater(const Parts& parts, const SyncPatience& patience) : parts_(parts), patience_(patience) {}

    /// `base_url` has no slash at its end.
    AreaReport update(const std::string& base_url, const content::AreaCode& area, Part part);
    /// The kept head of a part, if it is good for the keys of now; asks nobody.
    AreaReport look(const content::AreaCode& area, Part part);
    /// Takes all that the store has of a part away, with the content also the alerts.
    base::Result<void> withdraw(const content::AreaCode& area, Part part);

  private:
    struct Progress;

    void look_up(Progress& progress);
    base::Result<void> run(Progress& progress);
    base::Result<void> run_without_keys(Progress& progress);
    base::Result<bool> ask_head(Progress& progress);
    base::Result<void> accept_head(Progress& progress, const net::HttpAnswer& answer);
    void take_head(Progress& progress, Head head);
    base::Result<void> bring_content(Progress& progress);
    base::Result<void> bring_delta(const Head::Delta& delta, Progress& progress);
    base::Result<void> bring_whole(Progress& progress);
    base::Result<void> apply(const RemoteFile& file, std::uint64_t unpacked_length, bool is_delta, Progress& progress);
    /// The area publishes no alerts of their own any more.
    base::Result<void> retire_alerts(const content::AreaCode& area);
    base::Result<std::optional<content::AreaVersion>> stored_version(const content::AreaCode& area, Part part);

    Parts parts_;
    SyncPatience patience_;
    /// What the store has, so that an unchanged head touches none of its pages.
    std::map<std::pair<content::AreaCode, Part>, std::optional<content::AreaVersion>> stored_;
    /// Areas whose present head is known, so that whom it does not name below it is known too.
    std::set<content::AreaCode> delegating_;
};

}  // namespace linli::platform
