#pragma once

#include <chrono>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "platform/booking/booking_store.h"

namespace linli::platform {

/// What the operator's page tells: counts of a span of days, and nothing else.
struct OperatorReport {
    std::chrono::year_month_day first, last;
    std::vector<BookingStore::Progress> counts;
    /// Names of the services by item key.
    std::vector<std::pair<std::string, std::string>> names;
};

enum class OperatorLanguage { Chinese, English };

/// One page without scripts: sums, why was refused, by service, by day, refusals by all of these.
std::string write_operator_page(const OperatorReport& report, OperatorLanguage language);
/// day,service,name,what,count; `what` as the counts have it: "booked", "refused:slot-taken"…
std::string write_operator_table(const OperatorReport& report);

}  // namespace linli::platform
