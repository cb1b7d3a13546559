#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "content/search/gram_sorter.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"

namespace linli::content::search {

/// Whether items of a kind are found by a search.
bool is_searched(Kind kind);

/// Makes the search index of the items of an update: `add` in the order of their numbers, then `finish`. All in the
/// transaction of its caller. Memory: at most about 16 MB, in the measure of what comes.
class IndexBuilder {
  public:
    IndexBuilder(storage::Database& database, AreaCode area, Part part);
    base::Result<void> add(std::int64_t number, const Item& item, std::string_view xml);
    base::Result<void> finish();

  private:
    void add_initials(Row row, std::string_view initials);
    void close_initials();
    void close_run();
    base::Result<void> write_segment();

    storage::Database& database_;
    AreaCode area_;
    Part part_;
    GramSorter sorter_;
    std::u16string units_;
    /// Sorted entries of some ten thousand items each; the next segment is made of them.
    std::vector<std::string> runs_;
    std::size_t run_bytes_ = 0;
    std::int64_t first_item_ = 0;
    std::int64_t last_item_ = 0;
    /// Of rows that follow each other: a line feed and the key digits of each.
    struct InitialsChunk {
        Row first = 0;
        Row next = 0;
        std::string bytes;
    };
    std::vector<InitialsChunk> initials_;
};

}  // namespace linli::content::search
