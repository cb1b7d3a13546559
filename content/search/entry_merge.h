#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "content/search/postings.h"
#include "middleware/base/result.h"

namespace linli::content::search {

/// Entries by rising key.
class EntrySource {
  public:
    virtual ~EntrySource() = default;
    /// The next entry, which holds until the one after it is asked for; false at the end.
    virtual bool next(Entry& entry) = 0;
};

/// Entries that lie in memory, one after the other, the first from key 0.
class EntriesInMemory : public EntrySource {
  public:
    explicit EntriesInMemory(std::string_view bytes) : rest_(bytes) {}
    bool next(Entry& entry) override;

  private:
    std::string_view rest_;
    Key before_ = 0;
};

/// A source whose rows are counted from another item than those of the result.
struct MergeInput {
    std::unique_ptr<EntrySource> source;
    Row offset = 0;
};

/// Joins entries of the same key into one. Where `is_kept` is given, rows that it refuses are left out.
base::Result<void> merge_entries(std::vector<MergeInput> inputs, const std::function<bool(Row)>& is_kept,
                                 const std::function<base::Result<void>(const Entry&)>& on_entry);

}  // namespace linli::content::search
