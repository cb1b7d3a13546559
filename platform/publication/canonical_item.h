#pragma once

#include <string>

#include "content/model.h"

namespace linli::platform {

/// Sorts the items of an area as its content has them, as bytes: by kind, the newest `published` first, by id, by board.
std::string canonical_place(const content::Item& item);

/// Before every place, and after.
inline const std::string kFirstPlace;
inline const std::string kLastPlace = "\xFF";

/// Tells an item apart from all others of its area: its id; "notices:health" of a category.
std::string item_name(const content::Item& item);
content::Removal removal_of(content::Kind kind, std::string_view name);

/// Whether a frame of the content ends after the item with this name: after one of 251 on average, whatever stands
/// before it.
bool ends_frame(std::string_view item_name);

/// Urgent notices have a part of their own.
content::Part part_of(const content::Item& item);

}  // namespace linli::platform
