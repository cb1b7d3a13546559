#include "content/search/entry_merge.h"

#include <algorithm>
#include <queue>

namespace linli::content::search {

using base::Result;

bool EntriesInMemory::next(Entry& entry) {
    if (rest_.empty()) return false;
    entry = take_entry(rest_, before_);
    before_ = entry.key;
    return true;
}

namespace {

bool is_of_initials(Key key) { return key >= make_key(Kept::Initials, 0); }

class Merger {
  public:
    Merger(std::vector<MergeInput> inputs, const std::function<bool(Row)>& is_kept)
        : inputs_(std::move(inputs)), is_kept_(is_kept), entries_(inputs_.size()) {
        for (std::size_t i = 0; i < inputs_.size(); ++i) advance(i);
    }

    Result<void> run(const std::function<Result<void>(const Entry&)>& on_entry) {
        std::vector<std::size_t> same;
        while (!queue_.empty()) {
            Key key = queue_.top().first;
            same.clear();
            for (; !queue_.empty() && queue_.top().first == key; queue_.pop()) same.push_back(queue_.top().second);
            if (is_of_initials(key)) {
                for (std::size_t i : same) LINLI_CHECK(on_entry({key, entries_[i].rows}));
            } else if (auto joined = join(same); !joined.empty()) {
                LINLI_CHECK(on_entry({key, joined}));
            }
            for (std::size_t i : same) advance(i);
        }
        return {};
    }

  private:
    void advance(std::size_t i) {
        if (!inputs_[i].source->next(entries_[i])) return;
        Key key = entries_[i].key;
        if (is_of_initials(key)) key += inputs_[i].offset;
        queue_.push({key, i});
    }

    std::string_view join(const std::vector<std::size_t>& same) {
        if (same.size() == 1 && inputs_[same.front()].offset == 0 && !is_kept_) return entries_[same.front()].rows;
        rows_.clear();
        for (std::size_t i : same)
            for_each_row(entries_[i].rows, [&, offset = inputs_[i].offset](Row row) {
                if (!is_kept_ || is_kept_(row + offset)) rows_.push_back(row + offset);
            });
        if (!std::ranges::is_sorted(rows_)) std::ranges::sort(rows_);
        writer_.begin(rows_.size());
        for (Row row : rows_) writer_.put(row);
        return writer_.bytes();
    }

    std::vector<MergeInput> inputs_;
    const std::function<bool(Row)>& is_kept_;
    std::vector<Entry> entries_;
    /// The next key of each input; of equal keys the earlier input's first.
    using Next = std::pair<Key, std::size_t>;
    std::priority_queue<Next, std::vector<Next>, std::greater<>> queue_;
    std::vector<Row> rows_;
    RowWriter writer_;
};

}  // namespace

Result<void> merge_entries(std::vector<MergeInput> inputs, const std::function<bool(Row)>& is_kept,
                           const std::function<Result<void>(const Entry&)>& on_entry) {
    return Merger(std::move(inputs), is_kept).run(on_entry);
}

}  // namespace linli::content::search
