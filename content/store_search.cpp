#include <algorithm>
#include <set>
#include <unordered_map>

#include "content/initials.h"
#include "content/search/folding.h"
#include "content/search/key_digits.h"
#include "content/search/query.h"
#include "content/search/segment_store.h"
#include "content/store_core.h"
#include "middleware/base/format.h"
#include "middleware/text/utf8.h"

namespace linli::content {

using base::Result;
using search::Row;
using search::Segment;
using std::chrono::sys_seconds;
using storage::Database;
using storage::Statement;

namespace {

/// Takes the items that a search finds, one by one, as far as they are there and valid, and keeps those of the window.
class Found {
  public:
    Found(Database& database, const std::vector<AreaCode>& chain, std::optional<sys_seconds> now, ItemWindow window)
        : chain_(chain),
          now_(now),
          window_(window),
          item_(database.prepare(base::format("SELECT {} FROM items WHERE item = ?1 AND (valid_from > ?2) IS NOT TRUE"
                                              " AND (valid_until < ?2) IS NOT TRUE",
                                              kRowColumns))),
          text_(database.prepare("SELECT xml FROM texts WHERE item = ?")) {}

    bool is_full() const { return rows_.size() >= window_.most; }
    std::vector<ItemRow> take() { return std::move(rows_); }

    /// Nothing where the item is gone or not valid.
    Result<std::optional<ItemRow>> fetch(std::int64_t number) {
        item_.bind(number);
        bind_time(item_, now_);
        std::optional<ItemRow> row;
        if (item_.step()) row = row_at(item_, chain_);
        LINLI_CHECK(item_.finish_and_reset());
        return row;
    }
    /// Whether an item's title and texts hold the terms of a query.
    Result<bool> holds(std::int64_t number, const search::Query& query) {
        units_.clear();
        if (text_.bind(number).step()) search::fold_item(text_.text(0), search::Title::With, units_);
        LINLI_CHECK(text_.finish_and_reset());
        return query.is_in(units_);
    }
    void keep(ItemRow row) {
        if (passed_++ >= window_.first) rows_.push_back(std::move(row));
    }

  private:
    const std::vector<AreaCode>& chain_;
    std::optional<sys_seconds> now_;
    ItemWindow window_;
    Statement item_, text_;
    std::u16string units_;
    std::size_t passed_ = 0;
    std::vector<ItemRow> rows_;
};

/// The segments of all areas, the nearest area's first.
Result<std::vector<Segment>> segments_of_chain(Database& database, const std::vector<AreaCode>& chain) {
    std::vector<Segment> all;
    for (auto area = chain.rbegin(); area != chain.rend(); ++area) {
        LINLI_TRY(segments, search::segments_of(database, *area));
        all.insert(all.end(), segments.begin(), segments.end());
    }
    return all;
}

class WordSearch {
  public:
    WordSearch(Database& database, std::string_view words, Found& found)
        : database_(database), query_(words), reader_(database), found_(found) {}

    Result<void> run(const std::vector<AreaCode>& chain) {
        if (query_.is_empty()) return {};
        LINLI_TRY(segments, segments_of_chain(database_, chain));
        for (const Segment& segment : segments) {
            LINLI_TRY(rows, query_.titles(reader_, segment));
            LINLI_CHECK(take_titles(segment, rows));
            if (found_.is_full()) return {};
        }
        for (const Segment& segment : segments) {
            LINLI_TRY(rows, query_.anywhere(reader_, segment));
            LINLI_CHECK(take_texts(segment, rows));
            if (found_.is_full()) return {};
        }
        return {};
    }

  private:
    Result<void> take_titles(const Segment& segment, const std::vector<Row>& rows) {
        for (Row row : rows) {
            std::int64_t number = segment.first_item + row;
            LINLI_TRY(item, found_.fetch(number));
            if (!item) continue;
            if (query_.is_to_be_verified()) {
                std::u16string units;
                search::fold_text(item->title, units);
                if (!query_.is_in(units)) continue;
            }
            in_titles_.insert(number);
            found_.keep(std::move(*item));
            if (found_.is_full()) break;
        }
        return {};
    }
    Result<void> take_texts(const Segment& segment, const std::vector<Row>& rows) {
        for (Row row : rows) {
            std::int64_t number = segment.first_item + row;
            if (in_titles_.contains(number)) continue;
            if (query_.is_to_be_verified()) {
                LINLI_TRY(is_good, found_.holds(number, query_));
                if (!is_good) continue;
            }
            LINLI_TRY(item, found_.fetch(number));
            if (!item) continue;
            found_.keep(std::move(*item));
            if (found_.is_full()) break;
        }
        return {};
    }

    Database& database_;
    search::Query query_;
    search::SegmentReader reader_;
    Found& found_;
    std::set<std::int64_t> in_titles_;
};

enum class Where { Beginning, Within };

/// Hands over the rows of a segment whose initials begin with the digits, or hold them further on (but do not begin with
/// them), with all their digits, until `on_row` returns false.
Result<bool> find_digits(search::SegmentReader& reader, const Segment& segment, const std::string& digits, Where where,
                         const std::function<Result<bool>(std::int64_t number, std::string_view all)>& on_row) {
    // Each row begins with a line feed.
    const std::string wanted = where == Where::Beginning ? "\n" + digits : digits;
    Result<bool> goes_on = true;
    auto look = [&](const search::Entry& entry) {
        std::string_view bytes = entry.rows;
        std::size_t counted = 0;
        std::int64_t row = segment.first_item + static_cast<std::uint32_t>(entry.key) - 1;
        for (std::size_t at = bytes.find(wanted); at != bytes.npos;) {
            std::size_t begin = bytes.rfind('\n', at);
            std::size_t end = std::min(bytes.find('\n', begin + 1), bytes.size());
            row += std::count(bytes.begin() + counted, bytes.begin() + end, '\n');
            counted = end;
            std::string_view all = bytes.substr(begin + 1, end - begin - 1);
            if (where == Where::Beginning || !all.starts_with(digits)) goes_on = on_row(row, all);
            if (!goes_on || !*goes_on) return false;
            at = bytes.find(wanted, end);
        }
        return true;
    };
    LINLI_CHECK(reader.entries(segment.number, search::make_key(search::Kept::Initials, 0),
                               search::make_key(search::Kept::Initials, ~std::uint32_t{0}), look));
    return goes_on;
}

bool are_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// The parts of a title that its initials from some places on stand for. Nothing that goes over a gap between words.
class SpelledTitle {
  public:
    explicit SpelledTitle(std::string_view title) {
        for (std::string_view rest = title; !rest.empty();) {
            std::size_t at = title.size() - rest.size();
            if (!has_initial(text::take_character(rest))) continue;
            characters_.push_back(title.substr(at, title.size() - rest.size() - at));
        }
    }
    std::size_t size() const { return characters_.size(); }
    std::optional<std::string_view> part(std::size_t first, std::size_t count) const {
        const char* begin = characters_[first].data();
        std::string_view last = characters_[first + count - 1];
        std::string_view part(begin, static_cast<std::size_t>(last.data() + last.size() - begin));
        std::size_t bytes = 0;
        for (std::size_t i = first; i < first + count; ++i) bytes += characters_[i].size();
        if (bytes != part.size()) return std::nullopt;
        return part;
    }

  private:
    std::vector<std::string_view> characters_;
};

/// Enough to see what is frequent.
constexpr std::size_t kMostTitles = 2000;

}  // namespace

Result<std::vector<ItemRow>> ContentStore::search(std::string_view words, const std::vector<AreaCode>& chain,
                                                  std::optional<sys_seconds> now, ItemWindow window) {
    LINLI_TRY(state, storage::Transaction::begin_reading(impl_->database));
    Found found(impl_->database, chain, now, window);
    LINLI_CHECK(WordSearch(impl_->database, words, found).run(chain));
    return found.take();
}

Result<std::vector<ItemRow>> ContentStore::search_by_digits(std::string_view digits, const std::vector<AreaCode>& chain,
                                                            std::optional<sys_seconds> now, ItemWindow window) {
    if (!are_digits(digits)) return std::vector<ItemRow>();
    LINLI_TRY(state, storage::Transaction::begin_reading(impl_->database));
    Found found(impl_->database, chain, now, window);
    search::SegmentReader reader(impl_->database);
    LINLI_TRY(segments, segments_of_chain(impl_->database, chain));
    auto take = [&](std::int64_t number, std::string_view) -> Result<bool> {
        LINLI_TRY(item, found.fetch(number));
        if (item) found.keep(std::move(*item));
        return !found.is_full();
    };
    for (Where where : {Where::Beginning, Where::Within}) {
        for (const Segment& segment : segments) {
            LINLI_TRY(goes_on, find_digits(reader, segment, std::string(digits), where, take));
            if (!goes_on) return found.take();
        }
    }
    return found.take();
}

Result<std::vector<std::string>> ContentStore::words_of_digits(std::string_view digits,
                                                               const std::vector<AreaCode>& chain,
                                                               std::optional<sys_seconds> now, std::size_t most) {
    std::vector<std::string> words;
    if (!are_digits(digits) || digits.size() < 2) return words;
    LINLI_TRY(state, storage::Transaction::begin_reading(impl_->database));
    Found found(impl_->database, chain, now, {});
    search::SegmentReader reader(impl_->database);
    LINLI_TRY(segments, segments_of_chain(impl_->database, chain));
    std::unordered_map<std::string, std::size_t> counts;
    std::size_t looked_at = 0;
    auto count = [&](std::int64_t number, std::string_view all) -> Result<bool> {
        LINLI_TRY(item, found.fetch(number));
        if (!item) return true;
        SpelledTitle title(item->title);
        if (title.size() == all.size())
            for (auto at = all.find(digits); at != all.npos; at = all.find(digits, at + 1))
                if (auto part = title.part(at, digits.size())) ++counts[std::string(*part)];
        return ++looked_at < kMostTitles;
    };
    for (Where where : {Where::Beginning, Where::Within}) {
        for (const Segment& segment : segments) {
            if (looked_at >= kMostTitles) break;
            LINLI_CHECK(find_digits(reader, segment, std::string(digits), where, count));
        }
    }
    for (const auto& [word, times] : counts) words.push_back(word);
    std::ranges::sort(words, [&](const std::string& left, const std::string& right) {
        return std::pair(counts[right], left) < std::pair(counts[left], right);
    });
    if (words.size() > most) words.resize(most);
    return words;
}

}  // namespace linli::content
