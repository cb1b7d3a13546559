#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "content/model.h"
#include "content/search/entry_merge.h"
#include "content/search/postings.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"

/// The search index as it lies in the database: segments, which are written once and thrown away as a whole.
namespace linli::content::search {

/// The index of some items of a part of an area.
struct Segment {
    std::int64_t number = 0;
    std::int64_t first_item = 0;
    std::int64_t last_item = 0;
    std::int64_t bytes = 0;
};

/// The segments of both parts of an area, those with the newest items first.
base::Result<std::vector<Segment>> segments_of(storage::Database& database, const AreaCode& area);
/// Those of one part.
base::Result<std::vector<Segment>> segments_of(storage::Database& database, const AreaCode& area, Part part);

base::Result<void> remove_segment(storage::Database& database, std::int64_t segment);

/// Writes a new segment: its entries by rising key, then `finish`. In the transaction of its caller.
class SegmentWriter {
  public:
    static base::Result<SegmentWriter> begin(storage::Database& database);
    base::Result<void> add(const Entry& entry);
    base::Result<void> finish(const AreaCode& area, Part part, std::int64_t first_item, std::int64_t last_item);

  private:
    SegmentWriter(storage::Database& database, std::int64_t segment);
    base::Result<void> write_block();

    storage::Database* database_;
    std::int64_t segment_;
    storage::Statement insert_;
    std::string block_;
    Key first_key_ = 0;
    Key last_key_ = 0;
    std::int64_t bytes_ = 0;
};

/// Reads entries of any segment. What it hands over holds until it is used again.
class SegmentReader {
  public:
    explicit SegmentReader(storage::Database& database);
    /// The rows of one key; empty where it has none.
    base::Result<std::vector<Row>> rows(std::int64_t segment, Key key);
    /// All entries from `first` to `last`, both included. The callback returns false when it has seen enough.
    base::Result<void> entries(std::int64_t segment, Key first, Key last, const std::function<bool(const Entry&)>& on_entry);

  private:
    storage::Statement blocks_;
};

/// All entries of a segment, for joining it with others.
std::unique_ptr<EntrySource> entries_of(storage::Database& database, std::int64_t segment);

}  // namespace linli::content::search
