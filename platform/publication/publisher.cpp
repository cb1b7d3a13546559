#include "platform/publication/publisher.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/publication/area_content.h"
#include "platform/publication/delegations.h"
#include "platform/publication/folder_intake.h"
#include "platform/publication/publisher_state.h"
#include "platform/publication/tree_lock.h"
#include "platform/publication/used_files.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using storage::Statement;

namespace {

/// One publishing of a folder whose state is up to date.
class Publishing {
  public:
    Publishing(const std::filesystem::path& folder, const std::filesystem::path& tree, storage::Database& state,
               Delegations& delegations, const KeyRing& keys, const PublishOptions& options)
        : folder_(folder), tree_(tree), state_(state), writer_(tree, delegations, keys, options), options_(options),
          used_(state, tree) {}

    Result<PublishReport> run(bool state_is_new) {
        PublishReport report;
        LINLI_CHECK(put_objects());
        // Areas come in the order of their codes: each one after the one above it.
        Statement areas = state_.prepare("SELECT area, sum(items) FROM files GROUP BY area ORDER BY area");
        while (areas.step()) {
            auto area = AreaCode::parse(areas.text(0));
            if (!area) return base::fail("the publisher's state is damaged");
            LINLI_TRY(outcome, put_area(*area));
            report.areas.push_back({*area, static_cast<int>(areas.integer(1)), outcome});
            report.check.items += report.areas.back().items;
        }
        LINLI_CHECK(areas.finish());
        report.check.areas = static_cast<int>(report.areas.size());
        if (state_is_new) LINLI_CHECK(used_.sweep(options_.now));
        LINLI_TRY(removed, used_.remove_garbage(options_.now));
        report.files_removed = removed;
        return report;
    }

  private:
    Result<void> put_objects() {
        Statement objects = state_.prepare("SELECT path, hash, length FROM objects");
        while (objects.step()) {
            std::string path = object_path(objects.text(1));
            if (writer_.has(path, static_cast<std::uint64_t>(objects.integer(2)))) continue;
            LINLI_TRY(bytes, base::read_file(folder_ / objects.text(0), kMostObjectBytes));
            if (base::Sha256::of(bytes) != objects.text(1))
                return base::fail(base::format("{} changed while it was published: publish again", objects.text(0)));
            LINLI_CHECK(writer_.put(path, bytes));
        }
        return objects.finish();
    }

    Result<PublishOutcome> put_area(const AreaCode& area) {
        bool has_alerts = AreaContent(state_, tree_, writer_, area, Part::Alerts).exists() ||
                          writer_.has_head(area, Part::Alerts);
        PublishOutcome alerts = PublishOutcome::Unchanged;
        if (has_alerts) {
            LINLI_TRY(outcome, put_part({.part = Part::Alerts, .area = area, .poll = options_.alerts_poll}));
            alerts = outcome;
        }
        Head head{.part = Part::Content, .area = area, .poll = options_.poll};
        if (has_alerts) head.alerts = options_.alerts_poll;
        LINLI_TRY(outcome, put_part(std::move(head)));
        return std::max(outcome, alerts);
    }

    Result<PublishOutcome> put_part(Head head) {
        AreaContent content(state_, tree_, writer_, head.area, head.part);
        auto unchanged = content.unchanged();
        auto old = writer_.head(head.area, head.part);
        bool is_known = unchanged && old && old->content == *unchanged && has_deltas(*old);
        if (is_known) {
            head.content = *unchanged;
            head.deltas = old->deltas;
        } else {
            if (!writer_.can_sign(head.area)) return PublishOutcome::NoKey;
            LINLI_TRY(present, content.put());
            head.content = present;
            bool is_same = old && old->content == present && has_deltas(*old);
            if (is_same) head.deltas = old->deltas;
            if (!is_same && head.part == Part::Content) {
                LINLI_TRY(deltas, content.put_deltas(present, options_.deltas));
                head.deltas = std::move(deltas);
            }
        }
        LINLI_TRY(outcome, writer_.put_head(head));
        if (!is_known) LINLI_CHECK(note_files(head));
        return outcome;
    }

    bool has_deltas(const Head& head) const {
        return std::ranges::ssize(head.deltas) <= options_.deltas &&
               std::ranges::all_of(head.deltas, [&](const Head::Delta& delta) {
                   return writer_.has(packed_path(delta.sha256), delta.length);
               });
    }

    Result<void> note_files(const Head& head) {
        std::set<std::string> paths{packed_path(head.content.sha256)};
        for (const Head::Delta& delta : head.deltas) paths.insert(packed_path(delta.sha256));
        // Both parts name the objects of the area: which one does not matter to those who remove them.
        Statement objects = state_.prepare("SELECT DISTINCT o.hash FROM files f JOIN mentions m ON m.file = f.id AND "
                                           "m.what = 2 JOIN objects o ON o.path = m.target WHERE f.area = ?");
        objects.bind(head.area.str());
        while (objects.step()) paths.insert(object_path(objects.text(0)));
        LINLI_CHECK(objects.finish());
        return used_.set(head.area, head.part, paths, options_.now);
    }

    const std::filesystem::path& folder_;
    const std::filesystem::path& tree_;
    storage::Database& state_;
    TreeWriter writer_;
    const PublishOptions& options_;
    UsedFiles used_;
};

/// Nothing where the folder has faults.
Result<std::optional<PublishReport>> publish_with_state(const std::filesystem::path& folder,
                                                        const std::filesystem::path& tree, const KeyRing& keys,
                                                        const PublishOptions& options) {
    LINLI_TRY(delegations, Delegations::open(tree));
    LINLI_TRY(state, PublisherState::open(tree));
    LINLI_TRY(transaction, state.begin());
    LINLI_TRY(outcome, FolderIntake(folder, state.database()).run());
    if (outcome == FolderIntake::Outcome::HasFaults) return std::nullopt;
    LINLI_TRY(report, Publishing(folder, tree, state.database(), delegations, keys, options).run(state.is_new()));
    LINLI_CHECK(transaction.commit());
    return report;
}

Result<void> check_keys(const PublishReport& report) {
    bool has_none = std::ranges::all_of(
        report.areas, [](const PublishReport::Area& area) { return area.outcome == PublishOutcome::NoKey; });
    if (!has_none) return {};
    return base::fail(base::format("no key is at hand that may publish for {}{}: give the folder of the keys (docs/keys.md)",
                                   report.areas.front().code.str(), report.areas.size() > 1 ? " or the areas below" : ""));
}

}  // namespace

Result<PublishReport> publish_folder(const std::filesystem::path& folder, const std::filesystem::path& tree,
                                     const KeyRing& keys, const PublishOptions& options) {
    LINLI_TRY(lock, TreeLock::take(tree));
    auto report = publish_with_state(folder, tree, keys, options);
    if (!report && PublisherState::discard_if_damaged(tree)) report = publish_with_state(folder, tree, keys, options);
    if (!report) return std::unexpected(report.error());
    if (*report) {
        LINLI_CHECK(check_keys(**report));
        return std::move(**report);
    }
    PublishReport faults;
    faults.check = content::check_folder(folder);
    if (faults.check.is_good()) return base::fail("the folder changed while it was read: publish again");
    return faults;
}

}  // namespace linli::platform
