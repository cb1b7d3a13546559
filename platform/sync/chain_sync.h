#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "content/content_store.h"
#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/net/http_client.h"
#include "platform/sync/area_updater.h"
#include "platform/sync/object_folder.h"
#include "platform/sync/sync_service.h"
#include "platform/sync/trust_store.h"

namespace linli::platform {

/// What a box syncs: the parts of the areas of its chain, the roots of their keys, and objects. Does one thing after the
/// other when it is asked to, and waits for nothing but the network. One thread.
class ChainSync {
  public:
    using Target = std::pair<content::AreaCode, Part>;

    /// What is passed in must outlive it. `options.base_urls` end without a slash.
    ChainSync(const SyncOptions& options, net::HttpClient& client, base::Clock& clock, base::Log& log);

    /// Opens the store, reads the roots and what is known of each area. Until it succeeds nothing else may be called.
    base::Result<void> open();
    bool is_open() const { return updater_ != nullptr; }

    /// What there is to ask for, from the city down; alerts of those areas that have some.
    std::vector<Target> targets() const;
    /// How often a part may be asked for.
    std::chrono::seconds poll(const Target& target) const;

    struct Round {
        /// What was asked for, and what of it is not up to date.
        std::set<Target> asked;
        std::set<Target> failed;
        bool is_unreachable = false;
        int areas_changed = 0;
        std::optional<std::chrono::seconds> retry_after;
        Traffic traffic;
    };
    /// Brings these up to date, and all of them where the keys have changed; then everything has to be asked for again
    /// as often as it may.
    Round sync(const std::set<Target>& due);

    /// Objects that should come with their items and are not there.
    std::vector<content::ObjectRow> missing_objects();
    /// Fetches them, as far as there is room; how many came.
    int fetch_missing(const std::vector<content::ObjectRow>& objects, Traffic& traffic);
    /// Fetches one that is wanted now. True when it is there.
    bool fetch_wanted(const std::string& sha256, Traffic& traffic);

    /// Work for after an attempt: what the store has put off, what is needed no more.
    void settle(bool has_new_content);
    void note_contact(std::chrono::sys_seconds now) { kept_.note_contact(now); }
    /// Fills in what is known of areas, keys, base URL and disk.
    void describe(SyncStatus& status) const;

  private:
    void pass(const std::set<Target>& due, Round& round);
    bool sync_area(const content::AreaCode& area, Part part, Round& round);
    AreaReport update_anywhere(const content::AreaCode& area, Part part, Round& round);
    void follow_roots(Round& round);
    void follow_roots_at(const std::string& base_url, Round& round);
    bool has_room(const content::ObjectRow& object, bool is_wanted);
    bool fetch_object(const content::ObjectRow& object, Traffic& traffic);
    std::vector<std::string> base_urls() const;
    SyncStatus::AreaState describe(const Target& target, const AreaReport& report) const;

    const SyncOptions& options_;
    net::HttpClient& client_;
    base::Clock& clock_;
    base::Log& log_;
    std::vector<content::AreaCode> chain_;
    SyncPatience patience_;
    TrustStore kept_;
    ObjectFolder objects_;
    std::optional<TrustChain> trust_;
    std::unique_ptr<content::ContentStore> store_;
    std::unique_ptr<AreaUpdater> updater_;
    /// What came of each target the last time. An alerts part is in it as long as its area has one.
    std::map<Target, AreaReport> reports_;
    std::size_t preferred_url_ = 0;
    std::optional<std::chrono::steady_clock::time_point> roots_asked_;
    bool are_roots_asked_in_round_ = false;
    /// Prefetched ones may be missing: items have come, or the last attempt failed.
    bool may_lack_objects_ = true;
};

}  // namespace linli::platform
