#pragma once

#include <span>
#include <string>

#include "platform/booking/booking_store.h"

namespace linli::platform {

/// An office's list as a table (CSV with a heading, UTF-8 with its mark, as office programs read it): number, service, date,
/// from, until, state, name. Dates and hours are those of the zone; names are masked.
/// @spec RFC 4180
std::string write_desk_table(std::span<const BookingStore::DeskRow> rows, const Zone& zone);

/// A cell of a table: in quotes where it must be, and never what a spreadsheet takes for a formula.
std::string csv_cell(std::string_view text);

}  // namespace linli::platform
