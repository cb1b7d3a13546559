#include "content/search/query.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "content/search/folding.h"

namespace linli::content::search {

using base::Result;

namespace {

using Rows = std::vector<Row>;

/// The rows of a term in one segment, from one or more of its indexes.
class TermRows {
  public:
    TermRows(SegmentReader& reader, const Segment& segment, std::span<const Kept> kept)
        : reader_(reader), segment_(segment), kept_(kept) {}

    Result<Rows> of(std::u16string_view term) const {
        if (term.size() == 1) return beginning_with(term.front());
        LINLI_TRY(rows, of_gram(term[0], term[1]));
        for (std::size_t i = 1; i + 1 < term.size() && !rows.empty(); ++i) {
            LINLI_TRY(more, of_gram(term[i], term[i + 1]));
            rows = common(rows, more);
        }
        return rows;
    }

    static Rows common(const Rows& left, const Rows& right) {
        Rows both;
        std::ranges::set_intersection(left, right, std::back_inserter(both));
        return both;
    }

  private:
    Result<Rows> of_gram(char16_t first, char16_t second) const {
        Rows all;
        for (Kept kept : kept_) {
            LINLI_TRY(rows, reader_.rows(segment_.number, make_key(kept, first, second)));
            if (all.empty()) {
                all = std::move(rows);
            } else if (!rows.empty()) {
                Rows joined;
                std::ranges::set_union(all, rows, std::back_inserter(joined));
                all = std::move(joined);
            }
        }
        return all;
    }

    /// A character is the first one of a gram wherever it stands: the last one of a run is followed by a break.
    Result<Rows> beginning_with(char16_t first) const {
        std::vector<bool> is_found(static_cast<std::size_t>(segment_.last_item - segment_.first_item + 1));
        for (Kept kept : kept_)
            LINLI_CHECK(reader_.entries(segment_.number, make_key(kept, first, 0), make_key(kept, first, 0xFFFF),
                                        [&](const Entry& entry) {
                                            for_each_row(entry.rows, [&](Row row) {
                                                if (row < is_found.size()) is_found[row] = true;
                                            });
                                            return true;
                                        }));
        Rows rows;
        for (std::size_t row = 0; row < is_found.size(); ++row)
            if (is_found[row]) rows.push_back(static_cast<Row>(row));
        return rows;
    }

    SegmentReader& reader_;
    const Segment& segment_;
    std::span<const Kept> kept_;
};

Result<Rows> rows_of(const std::vector<std::u16string>& terms, const TermRows& term_rows) {
    Rows rows;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        LINLI_TRY(more, term_rows.of(terms[i]));
        rows = i == 0 ? std::move(more) : TermRows::common(rows, more);
        if (rows.empty()) break;
    }
    return rows;
}

constexpr Kept kTitles[] = {Kept::Titles};
constexpr Kept kAnywhere[] = {Kept::Texts, Kept::Titles};

}  // namespace

Query::Query(std::string_view words) {
    std::u16string units;
    fold_text(words, units);
    for (std::size_t begin = 0; begin < units.size();) {
        std::size_t end = units.find(kBreak, begin);
        if (end > begin) terms_.push_back(units.substr(begin, end - begin));
        begin = end + 1;
    }
    // What is longer is rarer: the sooner nothing is left, the less is read.
    std::ranges::stable_sort(terms_, std::ranges::greater(), &std::u16string::size);
}

bool Query::is_to_be_verified() const { return !is_empty() && terms_.front().size() > 2; }

bool Query::is_in(const std::u16string& units) const {
    return std::ranges::all_of(terms_, [&](const std::u16string& term) { return units.find(term) != units.npos; });
}

Result<Rows> Query::titles(SegmentReader& reader, const Segment& segment) const {
    return rows_of(terms_, TermRows(reader, segment, kTitles));
}

Result<Rows> Query::anywhere(SegmentReader& reader, const Segment& segment) const {
    return rows_of(terms_, TermRows(reader, segment, kAnywhere));
}

}  // namespace linli::content::search
