#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/search/postings.h"
#include "content/search/segment_store.h"
#include "middleware/base/result.h"

namespace linli::content::search {

/// What a person searches for, and which rows of a segment may hold it.
class Query {
  public:
    /// Terms are apart by white space or punctuation, and all of them must occur.
    explicit Query(std::string_view words);

    /// A query without a character finds nothing.
    bool is_empty() const { return terms_.empty(); }
    /// Whether rows that `titles` or `texts` give are only candidates: the grams of a long term are all there, but it
    /// has not been seen that they follow each other.
    bool is_to_be_verified() const;
    /// Whether all terms occur in folded texts.
    bool is_in(const std::u16string& units) const;

    /// Rows whose titles hold all terms, in rising order.
    base::Result<std::vector<Row>> titles(SegmentReader& reader, const Segment& segment) const;
    /// Rows that hold all terms, each in the title or in the texts.
    base::Result<std::vector<Row>> anywhere(SegmentReader& reader, const Segment& segment) const;

  private:
    std::vector<std::u16string> terms_;
};

}  // namespace linli::content::search
