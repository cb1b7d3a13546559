#include "content/name_list.h"

#include <algorithm>

namespace linli::content {

using base::Result;

void NameList::add(std::string_view name, std::uint32_t item) {
    entries_.push_back({static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(name.size()), item});
    bytes_.append(name);
}

Result<void> NameList::take(const std::function<Result<void>(std::string_view, std::uint32_t)>& on_name) {
    std::ranges::sort(entries_, {}, [this](const Entry& entry) { return name_of(entry); });
    std::string_view before;
    for (const Entry& entry : entries_) {
        std::string_view name = name_of(entry);
        if (name == before) return base::fail(std::string(name) + ": it is there twice");
        LINLI_CHECK(on_name(name, entry.item));
        before = name;
    }
    entries_.clear();
    bytes_.clear();
    return {};
}

}  // namespace linli::content
