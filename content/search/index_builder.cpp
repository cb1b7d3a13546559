#include "content/search/index_builder.h"

#include <utility>

#include "content/search/entry_merge.h"
#include "content/search/folding.h"
#include "content/search/key_digits.h"
#include "content/search/segment_store.h"

namespace linli::content::search {

using base::Result;

namespace {

/// So many bytes of runs become one segment: the more, the fewer places a search looks at, and the more memory.
constexpr std::size_t kMostRunBytes = 8u << 20;

constexpr std::size_t kMostInitialsBytes = 4000;
/// Rows without initials cost a byte each; where more of them follow each other than this, a new chunk is cheaper.
constexpr Row kMostGap = 16;

}  // namespace

bool is_searched(Kind kind) {
    return kind == Kind::Notice || kind == Kind::Listing || kind == Kind::Service || kind == Kind::Guide ||
           kind == Kind::Course;
}

IndexBuilder::IndexBuilder(storage::Database& database, AreaCode area, Part part)
    : database_(database), area_(std::move(area)), part_(part) {}

Result<void> IndexBuilder::add(std::int64_t number, const Item& item, std::string_view xml) {
    if (!is_searched(item.kind())) return {};
    if (first_item_ == 0) first_item_ = number;
    last_item_ = number;
    Row row = static_cast<Row>(number - first_item_);
    units_.clear();
    fold_text(item.title(), units_);
    sorter_.add(Kept::Titles, units_, row);
    units_.clear();
    fold_item(xml, Title::Without, units_);
    sorter_.add(Kept::Texts, units_, row);
    if (!item.initials.empty()) add_initials(row, item.initials);
    if (!sorter_.is_full()) return {};
    close_run();
    return run_bytes_ < kMostRunBytes ? Result<void>() : write_segment();
}

void IndexBuilder::add_initials(Row row, std::string_view initials) {
    if (initials_.empty() || row - initials_.back().next > kMostGap || initials_.back().bytes.size() > kMostInitialsBytes)
        initials_.push_back({row, row, {}});
    InitialsChunk& chunk = initials_.back();
    chunk.bytes.append(row - chunk.next + 1, '\n').append(to_key_digits(initials));
    chunk.next = row + 1;
}

void IndexBuilder::close_run() {
    std::string run;
    Key before = sorter_.take(run);
    for (const InitialsChunk& chunk : std::exchange(initials_, {})) {
        Key key = make_key(Kept::Initials, chunk.first);
        append_entry(run, before, {key, chunk.bytes});
        before = key;
    }
    run_bytes_ += run.size();
    runs_.push_back(std::move(run));
}

Result<void> IndexBuilder::write_segment() {
    LINLI_TRY(writer, SegmentWriter::begin(database_));
    std::vector<MergeInput> inputs;
    for (const std::string& run : runs_) inputs.push_back({std::make_unique<EntriesInMemory>(run), 0});
    LINLI_CHECK(merge_entries(std::move(inputs), {}, [&](const Entry& entry) { return writer.add(entry); }));
    LINLI_CHECK(writer.finish(area_, part_, first_item_, last_item_));
    runs_.clear();
    run_bytes_ = 0;
    first_item_ = 0;
    return {};
}

Result<void> IndexBuilder::finish() {
    if (!sorter_.is_empty() || !initials_.empty()) close_run();
    return runs_.empty() ? Result<void>() : write_segment();
}

}  // namespace linli::content::search
