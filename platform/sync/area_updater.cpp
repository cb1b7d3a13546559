// What platforms and networks really do, and what is done about it (tests/platform/sync_attacks_test.cpp):
//   an older head comes back, from a stale cache or on purpose: refused (RollbackIsRefused)
//   two different heads of one sequence: the second one is refused (AnotherHeadOfTheSameSequenceIsRefused)
//   content or deltas missing, altered, truncated, hostile: the store keeps what it had
//   a delta does not fit: the whole content is taken
//   the publisher replaces a head between two requests: the old objects are still there, see docs/publication.md
//   a stolen key published the highest sequence there is: once it is revoked, its sequence does not count

#include "platform/sync/area_updater.h"

#include <algorithm>
#include <system_error>

#include "middleware/base/format.h"
#include "platform/sync/document_reading.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using content::AreaVersion;

namespace {

constexpr int kOk = 200;
constexpr int kNotModified = 304;
constexpr int kNotFound = 404;
constexpr int kGone = 410;

/// The area above; nothing above a city.
std::optional<AreaCode> above(const AreaCode& area) {
    std::vector<AreaCode> chain = area.chain();
    if (chain.size() < 2) return std::nullopt;
    return chain[chain.size() - 2];
}

/// Whether too few of those who signed are still named. Of a file that is only damaged they are.
bool is_by_others(std::string_view file, const KeySet* keys) {
    auto read = read_signed(file);
    if (!read) return false;
    if (keys == nullptr) return true;
    auto named = std::ranges::count_if(keys->keys, [&](const base::PublicKey& key) {
        return std::ranges::find(read->signatures, key.id(), &SignedFile::Signature::key_id) != read->signatures.end();
    });
    return named < static_cast<std::ptrdiff_t>(keys->threshold);
}

bool is_same_payload(std::string_view a, std::string_view b) {
    auto first = read_signed(a);
    auto second = read_signed(b);
    return first && second && first->payload == second->payload;
}

Result<void> check_sequence(std::uint64_t last, const Head& head, bool is_same_publication) {
    if (head.sequence < last)
        return base::fail(base::format("the head's sequence {} is older than {}, which was there before", head.sequence, last));
    if (head.sequence == last && !is_same_publication)
        return base::fail(base::format("there is another head with the same sequence {}", head.sequence));
    return {};
}

/// Removes a file at the end of its scope.
class Removal {
  public:
    explicit Removal(std::filesystem::path file) : file_(std::move(file)) {}
    ~Removal() {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }
    Removal(const Removal&) = delete;
    Removal& operator=(const Removal&) = delete;

  private:
    std::filesystem::path file_;
};

}  // namespace

net::HttpLimits SyncPatience::limits(std::uint64_t bytes, std::chrono::milliseconds total) const {
    net::HttpLimits limits;
    limits.bytes = bytes;
    limits.connect = connect;
    limits.total = total;
    limits.slow_bytes = slow_bytes;
    limits.slow_time = slow_time;
    return limits;
}

/// What has happened so far.
struct AreaUpdater::Progress {
    const std::string& base_url;
    const AreaCode& area;
    Part part;
    AreaReport report{};
    /// Good for the keys of now; `report.head` is what it says.
    std::optional<TrustStore::KeptHead> kept{};
    /// What the box holds was signed by keys that count no longer.
    bool is_revoked = false;
    /// The publication has said that it has no head that is good for the keys that count.
    bool has_no_good_head = false;
    bool has_answer = false;
};

AreaReport AreaUpdater::look(const AreaCode& area, Part part) {
    std::string nowhere;
    Progress progress{nowhere, area, part};
    look_up(progress);
    if (auto stored = stored_version(area, part)) progress.report.stored = *stored;
    return std::move(progress.report);
}

AreaReport AreaUpdater::update(const std::string& base_url, const AreaCode& area, Part part) {
    using Outcome = AreaReport::Outcome;
    Progress progress{base_url, area, part};
    auto result = run(progress);
    AreaReport& report = progress.report;
    if (part == Part::Content) {
        if (report.head) delegating_.insert(area);
        else delegating_.erase(area);
    }
    if (result) return std::move(report);
    bool is_withdrawn = progress.is_revoked && progress.has_no_good_head;
    report.outcome = is_withdrawn ? Outcome::Revoked : progress.has_answer ? Outcome::Failed : Outcome::Unreachable;
    report.error = base::format("area {}{}: {}", area.str(), part == Part::Alerts ? " alerts" : "", result.error().message);
    return std::move(report);
}

void AreaUpdater::look_up(Progress& progress) {
    progress.kept = parts_.kept.head(progress.area, progress.part);
    if (!progress.kept) return;
    if (auto head = parts_.trust.verify(progress.kept->file, progress.area, progress.part)) {
        take_head(progress, std::move(*head));
        return;
    }
    progress.is_revoked = is_by_others(progress.kept->file, parts_.trust.keys_of(progress.area));
    progress.kept.reset();
}

void AreaUpdater::take_head(Progress& progress, Head head) {
    parts_.trust.note_time(head.published);
    if (progress.part == Part::Content) parts_.trust.take_delegations(head);
    progress.report.head = std::move(head);
}

Result<void> AreaUpdater::run(Progress& progress) {
    LINLI_TRY(stored, stored_version(progress.area, progress.part));
    progress.report.stored = std::move(stored);
    look_up(progress);
    if (parts_.trust.keys_of(progress.area) == nullptr) return run_without_keys(progress);
    LINLI_TRY(has_head, ask_head(progress));
    if (!has_head) return {};
    LINLI_CHECK(bring_content(progress));
    bool has_alerts = progress.part == Part::Alerts || progress.report.head->alerts;
    return has_alerts ? Result<void>() : retire_alerts(progress.area);
}

/// Nobody is asked for what nobody could sign.
Result<void> AreaUpdater::run_without_keys(Progress& progress) {
    auto parent = above(progress.area);
    bool is_known = !parent || delegating_.contains(*parent);
    if (is_known && (progress.is_revoked || !parent)) {
        progress.has_answer = progress.has_no_good_head = true;
        return base::fail(base::format("{} names nobody who may publish for it",
                                       parent ? "the head of area " + parent->str() : "the root"));
    }
    if (!progress.report.stored) progress.report.outcome = AreaReport::Outcome::Unpublished;
    return {};
}

Result<bool> AreaUpdater::ask_head(Progress& progress) {
    AreaReport& report = progress.report;
    net::HttpClient::Get request{.url = progress.base_url + "/" + head_path(progress.area, progress.part)};
    if (progress.kept) request.if_none_match = progress.kept->etag;
    LINLI_TRY(answer, parts_.client.get(request, patience_.limits(kMostSignedBytes, patience_.head)));
    progress.has_answer = true;
    report.traffic.add(answer);
    report.retry_after = answer.retry_after;
    bool is_newest = answer.status == kNotModified && !request.if_none_match.empty();
    if (answer.status == kOk) LINLI_CHECK(accept_head(progress, answer));
    if (answer.status == kOk || is_newest) {
        if (answer.date) parts_.clock.hear(*answer.date);
        return true;
    }
    if (answer.status != kNotFound && answer.status != kGone)
        return base::fail(base::format("{}: status {}", request.url, answer.status));
    progress.has_no_good_head = true;
    if (progress.kept || report.stored)
        return base::fail(base::format("{}: status {}, though it had a head", request.url, answer.status));
    report.outcome = AreaReport::Outcome::Unpublished;
    return false;
}

Result<void> AreaUpdater::accept_head(Progress& progress, const net::HttpAnswer& answer) {
    auto head = parts_.trust.verify(answer.body, progress.area, progress.part);
    if (!head) {
        progress.has_no_good_head = true;
        return std::unexpected(head.error());
    }
    const auto& stored = progress.report.stored;
    if (progress.kept)
        LINLI_CHECK(check_sequence(progress.report.head->sequence, *head, is_same_payload(progress.kept->file, answer.body)));
    if (stored && !progress.is_revoked)
        LINLI_CHECK(check_sequence(stored->sequence, *head, stored->content_hash == head->content.sha256));
    take_head(progress, std::move(*head));
    // A server without validators sends the same head each time.
    if (progress.kept && progress.kept->file == answer.body && progress.kept->etag == answer.etag) return {};
    return parts_.kept.keep_head(progress.area, progress.part, {answer.body, answer.etag});
}

Result<void> AreaUpdater::bring_content(Progress& progress) {
    const Head& head = *progress.report.head;
    const auto& stored = progress.report.stored;
    if (stored && stored->content_hash == head.content.sha256) return {};
    auto delta = stored ? std::ranges::find(head.deltas, stored->content_hash, &Head::Delta::from) : head.deltas.end();
    bool is_done = false;
    if (delta != head.deltas.end()) {
        auto brought = bring_delta(*delta, progress);
        is_done = brought.has_value();
        if (!brought)
            progress.report.note = base::format("area {}: delta {}: {}", progress.area.str(), delta->sha256, brought.error().message);
    }
    if (auto brought = is_done ? Result<void>() : bring_whole(progress); !brought)
        return base::fail(base::format("content {}: {}", head.content.sha256, brought.error().message));
    AreaVersion now{head.sequence, head.content.sha256, head.published};
    progress.report.stored = stored_[{progress.area, progress.part}] = now;
    progress.report.outcome = AreaReport::Outcome::Changed;
    progress.report.has_new_content = true;
    return {};
}

Result<void> AreaUpdater::bring_delta(const Head::Delta& delta, Progress& progress) {
    return apply({progress.base_url + "/" + packed_path(delta.sha256), delta.sha256, delta.length}, delta.unpacked_length, true,
                 progress);
}

Result<void> AreaUpdater::bring_whole(Progress& progress) {
    const Head::Content& content = progress.report.head->content;
    return apply({progress.base_url + "/" + packed_path(content.sha256), content.sha256, content.length},
                 content.unpacked_length, false, progress);
}

Result<void> AreaUpdater::apply(const RemoteFile& file, std::uint64_t unpacked_length, bool is_delta, Progress& progress) {
    const Head& head = *progress.report.head;
    auto part = parts_.objects.part_file(file.sha256);
    LINLI_CHECK(download(parts_.client, file, part, patience_.limits(file.length, patience_.content), progress.report.traffic));
    Removal remove_part(part);

    LINLI_TRY(update, is_delta ? parts_.store.amend(head.area, head.part) : parts_.store.replace(head.area, head.part));
    using Form = DocumentReading::Form;
    DocumentReading reading({part, is_delta ? Form::Delta : Form::Content, unpacked_length, head.area});
    for (;;) {
        LINLI_TRY(entries, reading.next());
        if (entries.empty()) break;
        if (parts_.client.is_cancelled()) return base::fail("given up");
        for (const DocumentReading::Entry& entry : entries) {
            auto* item = std::get_if<content::Item>(&entry.what);
            LINLI_CHECK(item ? update.add(*item, entry.xml) : update.remove(std::get<content::Removal>(entry.what)));
        }
    }
    if (auto items = update.items() + reading.items_passed_over(); items != head.content.items)
        return base::fail(base::format("there are {} items, not {}", items, head.content.items));
    return update.commit({head.sequence, head.content.sha256, head.published});
}

Result<void> AreaUpdater::retire_alerts(const AreaCode& area) {
    LINLI_TRY(stored, stored_version(area, Part::Alerts));
    if (!stored || stored->content_hash.empty()) return {};
    LINLI_TRY(update, parts_.store.replace(area, Part::Alerts));
    // The sequence stays: should the part come back, it does not come back older.
    AreaVersion retired{stored->sequence, "", stored->published};
    LINLI_CHECK(update.commit(retired));
    stored_[{area, Part::Alerts}] = retired;
    parts_.kept.forget_head(area, Part::Alerts);
    return {};
}

Result<void> AreaUpdater::withdraw(const AreaCode& area, Part part) {
    if (part == Part::Content) {
        LINLI_CHECK(parts_.store.withdraw(area));
        parts_.kept.forget_head(area, Part::Content);
    } else {
        LINLI_TRY(update, parts_.store.replace(area, Part::Alerts));
        LINLI_CHECK(update.commit({}));
    }
    parts_.kept.forget_head(area, Part::Alerts);
    stored_.erase({area, Part::Content});
    stored_.erase({area, Part::Alerts});
    return {};
}

Result<std::optional<AreaVersion>> AreaUpdater::stored_version(const AreaCode& area, Part part) {
    auto known = stored_.find({area, part});
    if (known != stored_.end()) return known->second;
    LINLI_TRY(version, parts_.store.version(area, part));
    stored_[{area, part}] = version;
    return version;
}

}  // namespace linli::platform
