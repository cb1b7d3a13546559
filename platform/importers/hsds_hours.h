#pragma once

#include <vector>

#include "platform/importers/hsds_tables.h"
#include "platform/importers/import.h"

namespace linli::platform {

/// Adds the opening hours of a record of the table "schedules". What is not weekly becomes a
/// paragraph where the record describes itself; else, and where it is over, it is told in
/// `left_out`.
void read_hsds_schedule(const HsdsTables::Record& schedule, const ImportOptions& options,
                        content::Listing& listing, std::vector<content::Message>& left_out);

/// Adds the days of a record of the table "holiday_schedules", unless they are over.
void read_hsds_holiday(const HsdsTables::Record& holiday, const ImportOptions& options,
                       content::Listing& listing, std::vector<content::Message>& left_out);

}  // namespace linli::platform
