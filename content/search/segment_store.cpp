#include "content/search/segment_store.h"

#include "middleware/base/format.h"

namespace linli::content::search {

using base::Result;
using storage::Database;
using storage::Statement;

namespace {

/// With this a block and what SQLite adds to it fill a page of 4,096 bytes, so that most are read without another page.
constexpr std::size_t kMostBlockBytes = 4040;

std::int64_t stored_key(std::int64_t segment, Key key) { return segment << kKeyBits | static_cast<std::int64_t>(key); }
Key key_in_segment(std::int64_t stored) { return static_cast<Key>(stored) & ((Key{1} << kKeyBits) - 1); }

constexpr Key kLastKey = (Key{1} << kKeyBits) - 1;

std::vector<Segment> take_segments(Statement& statement) {
    std::vector<Segment> segments;
    while (statement.step())
        segments.push_back({statement.integer(0), statement.integer(1), statement.integer(2), statement.integer(3)});
    return segments;
}

}  // namespace

Result<std::vector<Segment>> segments_of(Database& database, const AreaCode& area) {
    Statement statement = database.prepare(
        "SELECT segment, first_item, last_item, bytes FROM search_segments WHERE area = ? ORDER BY first_item DESC");
    auto segments = take_segments(statement.bind(area.str()));
    LINLI_CHECK(statement.finish());
    return segments;
}

Result<std::vector<Segment>> segments_of(Database& database, const AreaCode& area, Part part) {
    Statement statement = database.prepare(
        "SELECT segment, first_item, last_item, bytes FROM search_segments WHERE area = ? AND part = ?"
        " ORDER BY first_item DESC");
    auto segments = take_segments(statement.bind(area.str()).bind(static_cast<std::int64_t>(part)));
    LINLI_CHECK(statement.finish());
    return segments;
}

Result<void> remove_segment(Database& database, std::int64_t segment) {
    Statement blocks = database.prepare("DELETE FROM search_blocks WHERE key BETWEEN ? AND ?");
    LINLI_CHECK(blocks.bind(stored_key(segment, 0)).bind(stored_key(segment, kLastKey)).finish());
    return database.prepare("DELETE FROM search_segments WHERE segment = ?").bind(segment).finish();
}

SegmentWriter::SegmentWriter(Database& database, std::int64_t segment)
    : database_(&database),
      segment_(segment),
      insert_(database.prepare("INSERT INTO search_blocks VALUES (?, ?)")) {}

Result<SegmentWriter> SegmentWriter::begin(Database& database) {
    LINLI_TRY(last, database.number("SELECT ifnull(max(segment), 0) FROM search_segments"));
    return SegmentWriter(database, last + 1);
}

Result<void> SegmentWriter::add(const Entry& entry) {
    if (!block_.empty() && block_.size() + entry.rows.size() + 2 * sizeof(Key) > kMostBlockBytes)
        LINLI_CHECK(write_block());
    if (block_.empty()) first_key_ = last_key_ = entry.key;
    append_entry(block_, last_key_, entry);
    last_key_ = entry.key;
    return {};
}

Result<void> SegmentWriter::write_block() {
    if (block_.empty()) return {};
    LINLI_CHECK(insert_.bind(stored_key(segment_, first_key_)).bind_borrowed_blob(block_).finish_and_reset());
    bytes_ += static_cast<std::int64_t>(block_.size());
    block_.clear();
    return {};
}

Result<void> SegmentWriter::finish(const AreaCode& area, Part part, std::int64_t first_item, std::int64_t last_item) {
    LINLI_CHECK(write_block());
    Statement insert = database_->prepare("INSERT INTO search_segments VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(segment_).bind(area.str()).bind(static_cast<std::int64_t>(part));
    return insert.bind(first_item).bind(last_item).bind(bytes_).finish();
}

SegmentReader::SegmentReader(Database& database)
    // The first block is the one that begins with `first` or before it.
    : blocks_(database.prepare("SELECT key, bytes FROM search_blocks WHERE key BETWEEN"
                               " (SELECT ifnull(max(key), ?2) FROM search_blocks WHERE key BETWEEN ?1 AND ?2) AND ?3"
                               " ORDER BY key")) {}

Result<void> SegmentReader::entries(std::int64_t segment, Key first, Key last,
                                    const std::function<bool(const Entry&)>& on_entry) {
    blocks_.bind(stored_key(segment, 0)).bind(stored_key(segment, first)).bind(stored_key(segment, last));
    bool is_wanted = true;
    while (is_wanted && blocks_.step()) {
        Key before = key_in_segment(blocks_.integer(0));
        std::string_view rest = blocks_.text(1);
        while (is_wanted && !rest.empty()) {
            Entry entry = take_entry(rest, before);
            before = entry.key;
            if (entry.key > last) break;
            if (entry.key >= first) is_wanted = on_entry(entry);
        }
    }
    // What is not wanted any more is not read either.
    return is_wanted ? blocks_.finish_and_reset() : blocks_.reset();
}

Result<std::vector<Row>> SegmentReader::rows(std::int64_t segment, Key key) {
    std::vector<Row> rows;
    LINLI_CHECK(entries(segment, key, key, [&](const Entry& entry) {
        for_each_row(entry.rows, [&](Row row) { rows.push_back(row); });
        return false;
    }));
    return rows;
}

namespace {

class StoredEntries : public EntrySource {
  public:
    StoredEntries(Database& database, std::int64_t segment)
        : blocks_(database.prepare("SELECT key, bytes FROM search_blocks WHERE key BETWEEN ? AND ? ORDER BY key")) {
        blocks_.bind(stored_key(segment, 0)).bind(stored_key(segment, kLastKey));
    }
    bool next(Entry& entry) override {
        if (rest_.empty()) {
            if (!blocks_.step()) return false;
            before_ = key_in_segment(blocks_.integer(0));
            block_ = blocks_.text(1);
            rest_ = block_;
        }
        entry = take_entry(rest_, before_);
        before_ = entry.key;
        return true;
    }

  private:
    Statement blocks_;
    std::string block_;
    std::string_view rest_;
    Key before_ = 0;
};

}  // namespace

std::unique_ptr<EntrySource> entries_of(Database& database, std::int64_t segment) {
    return std::make_unique<StoredEntries>(database, segment);
}

}  // namespace linli::content::search
