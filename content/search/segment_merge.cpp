#include "content/search/segment_merge.h"

#include <span>
#include <vector>

#include "content/search/segment_store.h"

namespace linli::content::search {

using base::Result;
using storage::Database;

namespace {

/// A search is as fast with a handful of segments as with one.
constexpr std::size_t kMostSegments = 8;

/// How many of the newest segments are joined: those that are small beside what has come after them, so that a long one
/// is not written again for every little update, and on the whole each is written a few times only.
std::size_t to_be_joined(std::span<const Segment> newest_first) {
    std::size_t count = 0;
    std::int64_t bytes = 0;
    for (const Segment& segment : newest_first) {
        bool is_small = segment.bytes <= 2 * bytes;
        if (count >= kMostSegments / 2 && !is_small) break;
        bytes += segment.bytes;
        ++count;
    }
    return count;
}

/// Which of the items from one to another are still there.
Result<std::vector<bool>> items_between(Database& database, std::int64_t first, std::int64_t last) {
    std::vector<bool> is_there(static_cast<std::size_t>(last - first + 1));
    storage::Statement items = database.prepare("SELECT item FROM items WHERE item BETWEEN ? AND ?");
    items.bind(first).bind(last);
    while (items.step()) is_there[static_cast<std::size_t>(items.integer(0) - first)] = true;
    LINLI_CHECK(items.finish());
    return is_there;
}

Result<void> join(Database& database, const AreaCode& area, Part part, std::span<const Segment> newest_first) {
    std::int64_t first = newest_first.back().first_item;
    std::int64_t last = newest_first.front().last_item;
    LINLI_TRY(is_there, items_between(database, first, last));
    std::vector<MergeInput> inputs;
    for (const Segment& segment : newest_first)
        inputs.push_back({entries_of(database, segment.number), static_cast<Row>(segment.first_item - first)});
    LINLI_TRY(writer, SegmentWriter::begin(database));
    auto is_kept = [&](Row row) { return row < is_there.size() && is_there[row]; };
    LINLI_CHECK(merge_entries(std::move(inputs), is_kept, [&](const Entry& entry) { return writer.add(entry); }));
    LINLI_CHECK(writer.finish(area, part, first, last));
    for (const Segment& segment : newest_first) LINLI_CHECK(remove_segment(database, segment.number));
    return {};
}

}  // namespace

Result<void> merge_segments(Database& database) {
    struct Crowded {
        AreaCode area;
        Part part;
    };
    std::vector<Crowded> crowded;
    storage::Statement counts =
        database.prepare("SELECT area, part FROM search_segments GROUP BY area, part HAVING count(*) > ?");
    counts.bind(static_cast<std::int64_t>(kMostSegments));
    while (counts.step())
        if (auto area = AreaCode::parse(counts.text(0)))
            crowded.push_back({std::move(*area), static_cast<Part>(counts.integer(1))});
    LINLI_CHECK(counts.finish());
    for (const auto& [area, part] : crowded) {
        LINLI_TRY(transaction, storage::Transaction::begin(database));
        LINLI_TRY(segments, segments_of(database, area, part));
        auto newest = std::span(segments).first(to_be_joined(segments));
        if (newest.size() > 1) LINLI_CHECK(join(database, area, part, newest));
        LINLI_CHECK(transaction.commit());
    }
    return {};
}

}  // namespace linli::content::search
