#include "platform/publication/canonical_item.h"

#include <cstdint>

#include "content/exchange_writer.h"

namespace linli::platform {

using content::Item;
using content::Kind;

std::string canonical_place(const Item& item) {
    std::string place(1, static_cast<char>(item.kind()));
    auto published = static_cast<std::uint64_t>(item.published.time_since_epoch().count());
    std::uint64_t newest_first = INT64_MAX - published;
    for (int shift = 56; shift >= 0; shift -= 8) place += static_cast<char>(newest_first >> shift);
    place += item.id;
    place += '\0';
    if (auto* category = std::get_if<content::Category>(&item.content)) place += static_cast<char>(category->board);
    return place;
}

std::string item_name(const Item& item) {
    auto* category = std::get_if<content::Category>(&item.content);
    return category ? std::string(content::to_name(category->board)) + ":" + item.id : item.id;
}

content::Removal removal_of(Kind kind, std::string_view name) {
    content::Removal removal{.kind = kind, .id = std::string(name.substr(name.find(':') + 1))};
    for (auto board : {content::Board::Notices, content::Board::Services, content::Board::Guides, content::Board::Classes}) {
        if (name.starts_with(std::string(content::to_name(board)) + ":")) removal.board = board;
    }
    return removal;
}

// FNV-1a. @spec draft-eastlake-fnv
bool ends_frame(std::string_view item_name) {
    std::uint32_t hash = 2166136261u;
    for (char c : item_name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % 251 == 0;
}

content::Part part_of(const Item& item) {
    auto* notice = std::get_if<content::Notice>(&item.content);
    return notice && notice->urgency == content::Urgency::Urgent ? content::Part::Alerts : content::Part::Content;
}

}  // namespace linli::platform
