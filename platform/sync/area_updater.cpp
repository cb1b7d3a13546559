// What platforms and networks really do, and what is done about it (tests/platform/sync_faults_test.cpp):
//   an older head comes back, from a stale cache or on purpose: refused (RefusesAnOlderHead)
//   two different heads of one sequence: the second one is refused (RefusesAnotherHeadOfTheSameSequence)
//   content or objects missing, altered, truncated, hostile: the store keeps what it had (KeepsTheOldContentWhen…)
//   the publisher replaces a head between two requests: the old objects are still there, see docs/publication.md
//   the object folder was thrown away: without the head that it kept, the question is asked unconditionally

#include "platform/sync/area_updater.h"

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "middleware/base/compress.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using content::AreaVersion;

namespace {

constexpr int kOk = 200;
constexpr int kNotModified = 304;
constexpr int kNotFound = 404;

Result<void> check_against(const std::optional<AreaVersion>& stored, const Head& head) {
    if (!stored) return {};
    if (head.sequence < stored->sequence)
        return base::fail(base::format("the head's sequence {} is older than {}, which is in the store", head.sequence,
                                       stored->sequence));
    if (head.sequence == stored->sequence && head.content.sha256 != stored->content_hash)
        return base::fail(base::format("there is other content with the same sequence {}", head.sequence));
    return {};
}

/// Takes the packed content as it comes from the network, and writes its items into an update of the store.
class ContentPipeline {
  public:
    ContentPipeline(const Head& head, content::ContentStore::Update& update)
        : head_(head),
          unpack_(head.content.unpacked_length),
          reader_(content::ExchangeReader::Strictness::FirstFault,
                  [&](const content::Item& item, std::string_view xml, xml::Place) {
                      if (stored_) stored_ = update.add(item, xml);
                  },
                  [&](const content::Fault& fault) { fault_ = content::to_text(fault); }) {}

    Result<void> push(std::string_view packed) {
        hash_.add(packed);
        length_ += packed.size();
        return unpack_.push(packed, [&](std::string_view xml) { return read(xml); });
    }

    /// All has come: was it what the head promised?
    Result<void> finish() {
        if (length_ != head_.content.length)
            return base::fail(base::format("it has {} bytes, not {}", length_, head_.content.length));
        if (hash_.finish() != head_.content.sha256) return base::fail("it has another hash");
        LINLI_CHECK(unpack_.finish());
        if (unpack_.unpacked_bytes() != head_.content.unpacked_length)
            return base::fail(base::format("it unpacks to {} bytes, not {}", unpack_.unpacked_bytes(),
                                           head_.content.unpacked_length));
        if (!reader_.finish() || !fault_.empty()) return base::fail(fault_);
        LINLI_CHECK(stored_);
        if (reader_.area() != head_.area) return base::fail("it is the content of another area");
        return {};
    }

  private:
    Result<void> read(std::string_view xml) {
        if (!reader_.push(xml)) return base::fail(fault_);
        return stored_;
    }

    const Head& head_;
    base::Sha256 hash_;
    std::uint64_t length_ = 0;
    base::Decompressor unpack_;
    Result<void> stored_;
    std::string fault_;
    content::ExchangeReader reader_;
};

}  // namespace

/// What has happened so far.
struct AreaUpdater::Progress {
    AreaReport report;
    std::optional<AreaVersion> stored;
    /// Kept beside the objects; only if it belongs to the stored content.
    std::optional<Head> kept_head;
    std::string etag;
    bool has_answer = false;
};

AreaUpdater::AreaUpdater(std::string base_url, net::HttpClient& client, content::ContentStore& store,
                         ObjectFolder& objects, base::Clock& clock, const SyncPatience& patience)
    : base_url_(std::move(base_url)),
      client_(client),
      store_(store),
      objects_(objects),
      clock_(clock),
      patience_(patience) {}

AreaReport AreaUpdater::update(const AreaCode& area) {
    Progress progress;
    if (auto result = run(area, progress); !result) {
        progress.report.outcome =
            progress.has_answer ? AreaReport::Outcome::Failed : AreaReport::Outcome::Unreachable;
        progress.report.error = base::format("area {}: {}", area.str(), result.error().message);
    }
    return std::move(progress.report);
}

Result<void> AreaUpdater::run(const AreaCode& area, Progress& progress) {
    LINLI_TRY(stored, store_.version(area));
    progress.stored = std::move(stored);
    progress.kept_head = objects_.head(area);
    if (!progress.stored || !progress.kept_head || progress.kept_head->content.sha256 != progress.stored->content_hash)
        progress.kept_head.reset();

    LINLI_TRY(found, ask_head(area, progress));
    if (!found) return {};
    const Head& head = *found;
    progress.report.poll = head.poll;
    if (!progress.stored || progress.stored->content_hash != head.content.sha256) {
        if (auto fetched = fetch_content(head, progress); !fetched)
            return base::fail(base::format("content {}: {}", head.content.sha256, fetched.error().message));
        progress.report.outcome = AreaReport::Outcome::Changed;
        progress.report.has_new_content = true;
    }
    LINLI_CHECK(objects_.keep_head(head, progress.etag));
    LINLI_CHECK(fetch_objects(head, progress));
    if (clock_.state() == base::ClockState::Good && head.expires < clock_.now())
        return base::fail(base::format("the head with sequence {} has expired: the platform publishes no more",
                                       head.sequence));
    return {};
}

net::HttpLimits AreaUpdater::limits(std::uint64_t bytes, std::chrono::milliseconds total) const {
    net::HttpLimits limits;
    limits.bytes = bytes;
    limits.connect = patience_.connect;
    limits.total = total;
    limits.slow_bytes = patience_.slow_bytes;
    limits.slow_time = patience_.slow_time;
    return limits;
}

Result<std::optional<Head>> AreaUpdater::ask_head(const AreaCode& area, Progress& progress) {
    net::HttpClient::Get request{base_url_ + "/" + head_path(area, Part::Content), "", ""};
    if (progress.kept_head) request.if_none_match = objects_.head_etag(area);
    LINLI_TRY(answer, client_.get(request, limits(kMostSignedBytes, patience_.head)));
    progress.has_answer = true;
    progress.report.bytes_received += answer.bytes_received;
    if (answer.status == kNotFound && !progress.stored) {
        progress.report.outcome = AreaReport::Outcome::Unpublished;
        return std::nullopt;
    }
    bool is_newest = answer.status == kNotModified && !request.if_none_match.empty();
    if (!is_newest && answer.status != kOk)
        return base::fail(base::format("{}: status {}", request.url, answer.status));
    if (answer.date) clock_.hear(*answer.date);
    if (is_newest) {
        progress.etag = request.if_none_match;
        return progress.kept_head;
    }
    LINLI_TRY(file, read_signed(answer.body));
    LINLI_TRY(head, read_head(file.payload));
    if (head.area != area) return base::fail(base::format("the head is that of {}", head.area.str()));
    LINLI_CHECK(check_against(progress.stored, head));
    progress.etag = answer.etag;
    return std::optional(std::move(head));
}

Result<void> AreaUpdater::fetch(const std::string& path, std::uint64_t bytes, Progress& progress,
                                const ObjectFolder::Sink& sink) {
    std::string url = base_url_ + "/" + path;
    LINLI_TRY(answer, client_.get({.url = url}, limits(bytes, patience_.content),
                                  [&](std::uint64_t, std::string_view piece) { return sink(piece); }));
    progress.report.bytes_received += answer.bytes_received;
    if (answer.status != kOk) return base::fail(base::format("{}: status {}", url, answer.status));
    return {};
}

Result<void> AreaUpdater::fetch_content(const Head& head, Progress& progress) {
    LINLI_TRY(update, store_.replace(head.area));
    ContentPipeline pipeline(head, update);
    LINLI_CHECK(fetch(packed_path(head.content.sha256), head.content.length, progress,
                      [&](std::string_view packed) { return pipeline.push(packed); }));
    LINLI_CHECK(pipeline.finish());
    return update.commit({head.sequence, head.content.sha256, head.published});
}

Result<void> AreaUpdater::fetch_objects(const Head& head, Progress& progress) {
    Result<void> first_failure;
    for (const Head::Object& object : head.objects) {
        if (objects_.has(object)) continue;
        auto added = objects_.add(object, [&](const ObjectFolder::Sink& sink) {
            return fetch(object_path(object.sha256), object.length, progress, sink);
        });
        if (!added && first_failure) first_failure = added;
        if (client_.is_cancelled()) break;
    }
    return first_failure;
}

}  // namespace linli::platform
