#include "platform/sync/chain_sync.h"

#include <algorithm>
#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using Outcome = AreaReport::Outcome;
using namespace std::chrono;

namespace {

constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr hours kRootsEvery(24);
/// More rotations than an installation sees in its life.
constexpr int kMostRootSteps = 1000;

bool is_good(Outcome outcome) {
    return outcome == Outcome::Unchanged || outcome == Outcome::Changed || outcome == Outcome::Unpublished;
}

std::uint64_t size_of(const std::filesystem::path& file) {
    std::error_code error;
    auto bytes = std::filesystem::file_size(file, error);
    return error ? 0 : bytes;
}

}  // namespace

ChainSync::ChainSync(const SyncOptions& options, net::HttpClient& client, base::Clock& clock, base::Log& log)
    : options_(options),
      client_(client),
      clock_(clock),
      log_(log),
      chain_(options.area.chain()),
      kept_(options.trust_folder),
      objects_(options.object_folder, options.object_quota) {}

Result<void> ChainSync::open() {
    LINLI_TRY(root, base::read_file(options_.root_file, kMostSignedBytes));
    auto trust = kept_.chain(root);
    if (!trust) return base::fail(base::format("{}: {}", options_.root_file.string(), trust.error().message));
    LINLI_TRY(store, content::ContentStore::open(options_.content_file));
    if (!store.notice().empty()) log_.warning(base::format("sync: {}", store.notice()));
    // What is left of where the box lived before.
    LINLI_TRY(areas, store.areas());
    for (const AreaCode& area : areas)
        if (std::ranges::find(chain_, area) == chain_.end()) LINLI_CHECK(store.withdraw(area));
    trust_ = std::move(*trust);
    store_ = std::make_unique<content::ContentStore>(std::move(store));
    updater_ = std::make_unique<AreaUpdater>(AreaUpdater::Parts{client_, *store_, *trust_, kept_, objects_, clock_}, patience_);
    for (const AreaCode& area : chain_) {
        AreaReport report = updater_->look(area, Part::Content);
        bool has_alerts = report.head && report.head->alerts;
        reports_[{area, Part::Content}] = std::move(report);
        if (has_alerts) reports_[{area, Part::Alerts}] = updater_->look(area, Part::Alerts);
    }
    return {};
}

std::vector<ChainSync::Target> ChainSync::targets() const {
    std::vector<Target> targets;
    for (const auto& [target, report] : reports_) targets.push_back(target);
    return targets;
}

seconds ChainSync::poll(const Target& target) const {
    const auto& head = reports_.at({target.first, Part::Content}).head;
    if (!head) return seconds(0);
    return target.second == Part::Content ? head->poll : head->alerts.value_or(head->poll);
}

ChainSync::Round ChainSync::sync(const std::set<Target>& due) {
    Round round;
    are_roots_asked_in_round_ = false;
    auto version = trust_->root().version;
    if (!roots_asked_ || steady_clock::now() - *roots_asked_ >= kRootsEvery) follow_roots(round);
    bool has_same_keys = trust_->root().version == version;
    if (has_same_keys) {
        pass(due, round);
        has_same_keys = trust_->root().version == version;
    }
    if (!has_same_keys) {
        // Every head may now be good, or no longer be.
        round.failed.clear();
        auto all = targets();
        pass({all.begin(), all.end()}, round);
    }
    return round;
}

void ChainSync::pass(const std::set<Target>& due, Round& round) {
    auto version = trust_->root().version;
    for (const AreaCode& area : chain_) {
        for (Part part : {Part::Content, Part::Alerts}) {
            Target target{area, part};
            const auto& head = reports_[{area, Part::Content}].head;
            bool is_new = false;
            if (part == Part::Alerts) {
                if (!head || !head->alerts) {
                    reports_.erase(target);
                    continue;
                }
                is_new = reports_.try_emplace(target).second;
            }
            if (!is_new && !due.contains(target)) continue;
            round.asked.insert(target);
            // After one that nobody answered for, the others are not asked for.
            if (round.is_unreachable || !sync_area(area, part, round)) round.failed.insert(target);
            if (client_.is_cancelled() || trust_->root().version != version) return;
        }
    }
}

bool ChainSync::sync_area(const AreaCode& area, Part part, Round& round) {
    AreaReport report = update_anywhere(area, part, round);
    if (client_.is_cancelled()) return false;
    auto version = trust_->root().version;
    bool is_city_without_head = area == chain_.front() && !is_good(report.outcome) && report.outcome != Outcome::Unreachable;
    if (is_city_without_head || (report.head && report.head->root > version)) follow_roots(round);
    // All is asked for again with the new keys.
    if (trust_->root().version != version) return false;

    if (report.outcome == Outcome::Revoked) {
        auto withdrawn = updater_->withdraw(area, part);
        log_.warning(base::format("sync: {}: what was there was withdrawn{}", report.error,
                                  withdrawn ? "" : "; that failed: " + withdrawn.error().message));
        report.has_new_content = report.stored.has_value();
        report.stored.reset();
    } else if (!report.error.empty()) {
        log_.warning(base::format("sync: {}", report.error));
    }
    if (!report.note.empty()) log_.info(base::format("sync: {}; the whole content was taken", report.note));
    if (report.outcome == Outcome::Changed)
        log_.info(base::format("sync: area {}{}: sequence {}, content {}, {} bytes received", area.str(),
                               part == Part::Alerts ? " alerts" : "", report.head->sequence, report.head->content.sha256,
                               report.traffic.received));
    if (report.has_new_content) {
        ++round.areas_changed;
        may_lack_objects_ = true;
    }
    bool is_done = report.error.empty();
    round.is_unreachable = report.outcome == Outcome::Unreachable;
    reports_[{area, part}] = std::move(report);
    return is_done;
}

/// From the preferred base URL on, until one brings it. What each one said weighs by how much it knew.
AreaReport ChainSync::update_anywhere(const AreaCode& area, Part part, Round& round) {
    std::optional<AreaReport> best;
    auto rank = [](const AreaReport& report) {
        return report.outcome == Outcome::Revoked ? 0 : report.outcome == Outcome::Failed ? 1 : 2;
    };
    for (std::size_t i = 0, first = preferred_url_; i < options_.base_urls.size(); ++i) {
        std::size_t url = (first + i) % options_.base_urls.size();
        AreaReport report = updater_->update(options_.base_urls[url], area, part);
        round.traffic.received += report.traffic.received;
        round.traffic.sent += report.traffic.sent;
        if (report.retry_after) round.retry_after = std::max(round.retry_after.value_or(seconds(0)), *report.retry_after);
        // A lower area may have nothing of its own; a city without anything is a wrong address.
        if (report.outcome == Outcome::Unpublished && area == chain_.front()) {
            report.outcome = Outcome::Failed;
            report.error = base::format("area {}: nothing is published at {}", area.str(), options_.base_urls[url]);
        }
        if (is_good(report.outcome)) {
            preferred_url_ = url;
            return report;
        }
        if (client_.is_cancelled()) return report;
        if (!best || rank(report) < rank(*best)) best = std::move(report);
    }
    return std::move(*best);
}

void ChainSync::follow_roots(Round& round) {
    if (std::exchange(are_roots_asked_in_round_, true)) return;
    for (const std::string& url : base_urls()) follow_roots_at(url, round);
}

void ChainSync::follow_roots_at(const std::string& base_url, Round& round) {
    for (int step = 0; step < kMostRootSteps; ++step) {
        std::uint64_t next = trust_->root().version + 1;
        std::string url = base_url + "/" + root_path(next);
        auto answer = client_.get({.url = url}, patience_.limits(kMostSignedBytes, patience_.head));
        if (!answer) return;
        round.traffic.add(*answer);
        if (answer->status == kNotFound) roots_asked_ = steady_clock::now();
        if (answer->status != kOk) return;
        auto followed = trust_->follow(answer->body);
        // One that could not be kept is followed once more after the next start.
        if (followed) followed = kept_.keep_root(next, answer->body);
        if (!followed) log_.warning(base::format("sync: {}: {}", url, followed.error().message));
        if (trust_->root().version != next) return;
        log_.info(base::format("sync: the keys are those of root {}", next));
    }
}

std::vector<content::ObjectRow> ChainSync::missing_objects() {
    if (!may_lack_objects_) return {};
    auto objects = store_->prefetched_objects(chain_);
    if (!objects) return {};
    std::erase_if(*objects, [this](const content::ObjectRow& object) { return objects_.has(object.sha256); });
    may_lack_objects_ = !objects->empty();
    return std::move(*objects);
}

int ChainSync::fetch_missing(const std::vector<content::ObjectRow>& missing, Traffic& traffic) {
    int fetched = 0;
    for (const content::ObjectRow& object : missing) {
        if (client_.is_cancelled()) break;
        if (has_room(object, false) && fetch_object(object, traffic)) ++fetched;
    }
    return fetched;
}

bool ChainSync::fetch_wanted(const std::string& sha256, Traffic& traffic) {
    if (objects_.has(sha256)) return true;
    auto object = store_->object(sha256);
    return object && *object && has_room(**object, true) && fetch_object(**object, traffic);
}

/// Prefetched objects make room for one that is wanted now where nothing else can, and never for one another.
bool ChainSync::has_room(const content::ObjectRow& object, bool is_wanted) {
    std::set<std::string> spared;
    if (auto prefetched = store_->prefetched_objects(chain_))
        for (const content::ObjectRow& one : *prefetched) spared.insert(one.sha256);
    bool fits = object.length <= kMostObjectBytes &&
                (objects_.make_room(object.length, spared) || (is_wanted && objects_.make_room(object.length, {})));
    if (!fits) log_.warning(base::format("sync: object {}: no room for {} bytes", object.sha256, object.length));
    return fits;
}

bool ChainSync::fetch_object(const content::ObjectRow& object, Traffic& traffic) {
    for (const std::string& url : base_urls()) {
        RemoteFile file{url + "/" + object_path(object.sha256), object.sha256, object.length};
        auto result = download(client_, file, objects_.part_file(object.sha256),
                               patience_.limits(object.length, patience_.content), traffic);
        if (result) result = objects_.keep(object.sha256);
        if (result) return true;
        if (client_.is_cancelled()) return false;
        log_.warning(base::format("sync: object {}", result.error().message));
    }
    return false;
}

void ChainSync::settle(bool has_new_content) {
    if (has_new_content) {
        store_->settle();
        if (auto named = store_->named_objects()) objects_.tidy(*named);
    }
    store_->give_back_memory();
}

std::vector<std::string> ChainSync::base_urls() const {
    auto urls = options_.base_urls;
    std::ranges::rotate(urls, urls.begin() + static_cast<std::ptrdiff_t>(preferred_url_));
    return urls;
}

SyncStatus::AreaState ChainSync::describe(const Target& target, const AreaReport& report) const {
    SyncStatus::AreaState state{.area = target.first, .part = target.second, .error = report.error};
    if (!report.stored || report.stored->content_hash.empty()) return state;
    state.sequence = report.stored->sequence;
    state.published = report.stored->published;
    if (!report.head) return state;
    const Head& head = *report.head;
    if (head.content.sha256 == report.stored->content_hash) {
        state.sequence = head.sequence;
        state.published = head.published;
    }
    // What is shown may be older than the head: the content that the head names has not come.
    state.expires = state.published + (head.expires - head.published);
    state.is_old = std::max(clock_.now(), trust_->latest_time()) > state.expires;
    return state;
}

void ChainSync::describe(SyncStatus& status) const {
    status.areas.clear();
    status.last_error.clear();
    for (const auto& [target, report] : reports_) {
        status.areas.push_back(describe(target, report));
        if (status.last_error.empty()) status.last_error = report.error;
    }
    status.is_old = std::ranges::any_of(status.areas, &SyncStatus::AreaState::is_old);
    status.root_version = trust_->root().version;
    status.base_url = options_.base_urls[preferred_url_];
    status.store_notice = store_->notice();
    status.store_bytes = size_of(options_.content_file) + size_of(options_.content_file.string() + "-wal");
    status.object_bytes = objects_.bytes();
    status.object_quota = options_.object_quota;
    if (auto contact = kept_.last_contact(); contact && status.last_success == sys_seconds()) status.last_success = *contact;
}

}  // namespace linli::platform
