#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "content/file_check.h"
#include "content/model.h"
#include "middleware/storage/database.h"

namespace linli::platform {

/// What content::check_folder asks of how files hang together, asked of the publisher's state: for what is new, and for
/// what may miss something that is gone.
class StateCheck {
  public:
    explicit StateCheck(storage::Database& state) : state_(state) {}

    /// Every area says who it is, and so does each one above it.
    bool are_named(const std::set<content::AreaCode>& areas);
    bool has_one_portal(const std::string& area);
    /// Whether there is what a file of this area names, a file of the folder apart.
    bool is_there(const content::AreaCode& area, const content::Mention& mention);
    /// Whether a file names an item that is there no more, or is of another kind now.
    bool is_missed(const std::string& area, const std::string& item_name, content::Kind kind);

  private:
    std::optional<content::Kind> kind_of(const std::string& area, std::string_view item_name);
    bool has_category(const content::AreaCode& area, content::Board board, std::string_view id);

    storage::Database& state_;
};

/// What a row of the table of mentions names.
enum class Named { Category, Item, Object };

}  // namespace linli::platform
