#pragma once

#include <span>
#include <string>

#include "content/model.h"

namespace linli::content {

/// The item as its element of the exchange interface, in canonical form: attributes and children in
/// the order of the schema, no white space between them, times in UTC, nothing written that is a
/// default. Equal items give equal bytes, and reading the bytes gives an equal item. The element
/// has no namespace declaration of its own: it belongs into an `exchange` element that has.
std::string write_item(const Item& item);

/// The same for an item that a delta takes away.
std::string write_removal(const Removal& removal);

/// What stands before and after the lines of a document's items.
std::string exchange_begin(const AreaCode& area);
inline constexpr std::string_view kExchangeEnd = "</exchange>\n";

/// A whole document with the items of an area, one a line, in the order given.
std::string write_exchange(const AreaCode& area, std::span<const Item> items);

std::string_view to_name(Board board);
std::string_view to_name(Urgency urgency);
std::string_view to_name(Kind kind);

}  // namespace linli::content
