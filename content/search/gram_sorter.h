#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "content/search/postings.h"

namespace linli::content::search {

/// Collects the grams of items and brings them into the order of the index. Memory: 16 bytes a gram.
class GramSorter {
  public:
    /// So many grams are sorted at once: what then moves to and fro stays in a processor's cache.
    static constexpr std::size_t kMostGrams = 1u << 18;

    /// `units` as `fold_text` makes them: every two neighbours that begin with a character are a gram. Rows come in
    /// rising order.
    void add(Kept kept, const std::u16string& units, Row row);
    bool is_full() const { return grams_.size() >= kMostGrams; }
    bool is_empty() const { return grams_.empty(); }
    /// Appends the entries of all grams since the last time to `bytes`, by rising key, the first from key 0; returns
    /// the last key.
    Key take(std::string& bytes);

  private:
    void sort();

    // The key's 33 bits, then 31 of the row: rows are in order before the sorting, which keeps the order of equals.
    std::vector<std::uint64_t> grams_;
    std::vector<std::uint64_t> other_;
    RowWriter rows_;
};

}  // namespace linli::content::search
