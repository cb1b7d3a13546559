#include "platform/publication/state_check.h"

#include <algorithm>

#include "content/exchange_writer.h"
#include "platform/publication/canonical_item.h"

namespace linli::platform {

using content::AreaCode;
using content::Board;
using content::Kind;
using content::Mention;
using storage::Statement;

bool StateCheck::are_named(const std::set<AreaCode>& areas) {
    std::set<AreaCode> named;
    for (const AreaCode& area : areas) {
        for (const AreaCode& one : area.chain()) {
            if (named.insert(one).second && kind_of(one.str(), "area") != Kind::Area) return false;
        }
    }
    return true;
}

bool StateCheck::has_one_portal(const std::string& area) {
    Statement count = state_.prepare("SELECT count(*) FROM items WHERE area = ? AND part = 0 AND place >= ? AND place < ?");
    count.bind(area).bind_blob(std::string(1, static_cast<char>(Kind::Portal)));
    count.bind_blob(std::string(1, static_cast<char>(Kind::Portal) + 1));
    return count.step() && count.integer(0) == 1;
}

bool StateCheck::is_there(const AreaCode& area, const Mention& mention) {
    if (mention.what == Mention::What::Category) {
        auto board = content::board_of_categories(mention.board);
        return board && has_category(area, *board, mention.name);
    }
    auto key = content::ItemKey::parse(mention.name, area);
    auto chain = area.chain();
    return key && std::ranges::find(chain, key->area) != chain.end() && kind_of(key->area.str(), key->id) == mention.kind;
}

bool StateCheck::is_missed(const std::string& area, const std::string& item_name, Kind kind) {
    if (kind_of(area, item_name) == kind) return false;
    auto removal = removal_of(kind, item_name);
    bool is_category = kind == Kind::Category;
    Statement mentions = state_.prepare("SELECT f.area FROM mentions m JOIN files f ON f.id = m.file WHERE m.target = ? AND "
                                        "m.what = ? AND m.of = ?");
    mentions.bind(is_category ? removal.id : area + "#" + item_name);
    mentions.bind(static_cast<std::int64_t>(is_category ? Named::Category : Named::Item));
    mentions.bind(static_cast<std::int64_t>(is_category ? static_cast<int>(removal.board) : static_cast<int>(kind)));
    while (mentions.step()) {
        auto home = AreaCode::parse(mentions.text(0));
        if (!is_category || (home && !has_category(*home, removal.board, removal.id))) return true;
    }
    return false;
}

std::optional<Kind> StateCheck::kind_of(const std::string& area, std::string_view name) {
    Statement find = state_.prepare("SELECT kind FROM items WHERE area = ? AND name = ?");
    find.bind(area).bind(name);
    if (!find.step()) return std::nullopt;
    return static_cast<Kind>(find.integer(0));
}

bool StateCheck::has_category(const AreaCode& area, Board board, std::string_view id) {
    std::string name = std::string(content::to_name(board)) + ":" + std::string(id);
    return std::ranges::any_of(area.chain(), [&](const AreaCode& one) { return kind_of(one.str(), name).has_value(); });
}

}  // namespace linli::platform
