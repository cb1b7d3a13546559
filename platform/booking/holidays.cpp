#include <nlohmann/json.hpp>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/booking/schedule.h"

namespace linli::platform {

using base::Result;
using nlohmann::json;

Result<Holidays> read_holidays(std::string_view text) {
    json root = json::parse(text, nullptr, false);
    if (root.is_discarded()) return base::fail("the calendar of holidays is not JSON");
    if (!root.is_object() || !root.contains("days") || !root["days"].is_array())
        return base::fail("the calendar of holidays has no list \"days\"");
    Holidays holidays;
    for (std::size_t index = 0; index < root["days"].size(); ++index) {
        const json& entry = root["days"][index];
        auto refuse = [&](std::string_view what) {
            return base::fail(base::format("day {} of the calendar of holidays: {}", index + 1, what));
        };
        if (!entry.is_object()) return refuse("it is no object");
        auto name = entry.find("name"), date = entry.find("date"), is_off = entry.find("isOffDay");
        if (name == entry.end() || !name->is_string()) return refuse("\"name\" is no text");
        if (is_off == entry.end() || !is_off->is_boolean()) return refuse("\"isOffDay\" is neither true nor false");
        auto day = date != entry.end() && date->is_string() ? base::parse_date(date->get_ref<const std::string&>())
                                                           : std::nullopt;
        if (!day) return refuse("\"date\" is no day such as 2026-10-01");
        if (!holidays.days.emplace(*day, Holidays::Day{name->get<std::string>(), is_off->get<bool>()}).second)
            return refuse("this date was there already");
    }
    return holidays;
}

}  // namespace linli::platform
