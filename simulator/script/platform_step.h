#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/booking/booking_store.h"
#include "simulator/platform_faults.h"

/// Steps of a script that happen elsewhere: at the platform, in another household, in an office.
namespace linli::simulator {

/// "platform off", "platform lose-next-answer"…
struct SetPlatform {
    PlatformFault fault;
};
/// "platform slow 3s"
struct SlowPlatform {
    std::chrono::seconds by;
};
/// "rival takes "12/0101#health-check" first": another household takes the places that are free in the first free slot, or
/// those of a day, or all that there are.
struct RivalTakes {
    enum class What { First, Day, All };
    content::ItemKey service;
    What what = What::First;
    std::chrono::year_month_day day{};
};
/// "rival gives-up "12/0101#health-check"": one of the places that rivals took is free again.
struct RivalGivesUp {
    content::ItemKey service;
};
/// "office calls-off "12/0101#health-check" 2026-11-27 "note"": every session of the day falls out.
struct OfficeCallsOff {
    content::ItemKey service;
    std::chrono::year_month_day day;
    std::string note;
};
/// "office agrees "12/0101#home-care"": to all that wait for its word. "office attends …", "office misses …": the residents
/// whose appointments have begun came, or did not.
struct OfficeJudges {
    content::ItemKey service;
    platform::BookingStore::Verdict verdict;
};
/// "office closes "12/0101#health-check"": no hours any more; what is booked stays.
struct OfficeCloses {
    content::ItemKey service;
};
/// "office removes m1": the member is not one of the box's household any more.
struct OfficeRemoves {
    std::string member;
};

using PlatformStep =
    std::variant<SetPlatform, SlowPlatform, RivalTakes, RivalGivesUp, OfficeCallsOff, OfficeJudges, OfficeCloses,
                 OfficeRemoves>;

/// `word` is "platform", "rival" or "office". An error says what was expected.
base::Result<PlatformStep> parse_platform_step(std::string_view word, std::string_view argument);

}  // namespace linli::simulator
