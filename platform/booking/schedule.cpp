#include "platform/booking/schedule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "content/value_type.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/element.h"

namespace linli::platform {

using base::Result;
using content::ValueType;
using xml::Element;
using namespace std::chrono;

namespace {

constexpr std::string_view kNamespace = "urn:linli:schedules:1";
constexpr std::size_t kMostFileBytes = 16u << 20;
constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::unexpected<base::Error> refuse(const Element& element, std::string_view what) {
    return base::fail(base::format("{}:{}: <{}>: {}", element.place.line, element.place.column, element.name, what));
}

Result<void> allow(const Element& element, std::span<const std::string_view> attributes) {
    for (const auto& [name, value] : element.attributes)
        if (std::ranges::find(attributes, name) == attributes.end())
            return refuse(element, base::format("the attribute \"{}\" is not known here", name));
    return {};
}

bool has(const Element& element, std::string_view name) {
    return std::ranges::find(element.attributes, name, &std::pair<std::string, std::string>::first) !=
           element.attributes.end();
}

/// The attribute, which must be there and of the type.
Result<std::string> read_value(const Element& element, std::string_view name, ValueType type) {
    std::string_view value = element.attribute(name);
    if (!has(element, name) || !content::accept_value(type, value))
        return refuse(element, base::format("{}=\"{}\": expected {}", name, value, content::describe(type).text()));
    return std::string(value);
}

Result<int> read_number(const Element& element, std::string_view name, int least, int most, int otherwise) {
    if (!has(element, name)) return otherwise;
    std::string_view text = element.attribute(name);
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
        return refuse(element, base::format("{}=\"{}\": expected a number from {} to {}", name, text, least, most));
    return number;
}

Result<bool> read_yes(const Element& element, std::string_view name) {
    if (!has(element, name)) return false;
    LINLI_TRY(value, read_value(element, name, ValueType::Boolean));
    return value == "true" || value == "1";
}

Result<minutes> read_clock(const Element& element, std::string_view name) {
    LINLI_TRY(text, read_value(element, name, ValueType::TimeOfDay));
    return minutes(std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3)));
}

Result<year_month_day> read_date(const Element& element, std::string_view name) {
    LINLI_TRY(text, read_value(element, name, ValueType::Date));
    return base::parse_date(text).value_or(year_month_day());
}

Result<content::Hours::Open> read_open(const Element& element) {
    LINLI_CHECK(allow(element, std::array<std::string_view, 3>{"days", "from", "until"}));
    LINLI_TRY(days, read_value(element, "days", ValueType::Weekdays));
    LINLI_TRY(from, read_clock(element, "from"));
    LINLI_TRY(until, read_clock(element, "until"));
    if (until <= from) return refuse(element, "it ends before it begins");
    content::Hours::Open open{0, from, until};
    for (std::size_t day = 0; day < kWeekdays.size(); ++day)
        if (days.contains(kWeekdays[day])) open.days |= static_cast<std::uint8_t>(1u << day);
    if (open.days == 0) return refuse(element, "it names no day");
    return open;
}

Result<content::Hours::Exception> read_exception(const Element& element) {
    LINLI_CHECK(allow(element, std::array<std::string_view, 4>{"date", "until-date", "from", "until"}));
    content::Hours::Exception exception;
    LINLI_TRY(first, read_date(element, "date"));
    exception.first = exception.last = first;
    if (has(element, "until-date")) {
        LINLI_TRY(last, read_date(element, "until-date"));
        if (last < first) return refuse(element, "it ends before it begins");
        exception.last = last;
    }
    if (has(element, "from") || has(element, "until")) {
        LINLI_TRY(from, read_clock(element, "from"));
        LINLI_TRY(until, read_clock(element, "until"));
        if (until <= from) return refuse(element, "it ends before it begins");
        exception.from = from;
        exception.until = until;
    }
    exception.reason = element.text;
    return exception;
}

Result<void> read_child(const Element& child, Schedule& schedule) {
    if (child.space != kNamespace) return refuse(child, "it is not of this namespace");
    if (child.name == "open") {
        LINLI_TRY(open, read_open(child));
        schedule.hours.open.push_back(open);
        return {};
    }
    if (child.name == "exception") {
        LINLI_TRY(exception, read_exception(child));
        schedule.hours.exceptions.push_back(std::move(exception));
        return {};
    }
    LINLI_CHECK(allow(child, {}));
    if (child.text.empty()) return refuse(child, "it is empty");
    if (child.name == "bring") {
        schedule.bring.push_back(child.text);
        return {};
    }
    const std::pair<std::string_view, std::string*> kTexts[] = {{"name", &schedule.name},
                                                                {"place", &schedule.place},
                                                                {"address", &schedule.address},
                                                                {"telephone", &schedule.telephone}};
    for (const auto& [name, text] : kTexts) {
        if (child.name != name) continue;
        if (!text->empty()) return refuse(child, "it is there twice");
        *text = child.text;
        return {};
    }
    return refuse(child, "it is not known here, expected name, place, address, telephone, bring, open or exception");
}

/// What the attributes say, with its bounds.
Result<void> read_rules(const Element& element, Schedule& schedule) {
    constexpr int kDay = 24 * 60, kWeek = 7 * kDay;
    LINLI_TRY(slot, read_number(element, "minutes", 5, kDay, 30));
    LINLI_TRY(places, read_number(element, "places", 1, 1000, 1));
    LINLI_TRY(horizon, read_number(element, "horizon", 1, 366, 28));
    LINLI_TRY(book_until, read_number(element, "book-until", 0, 4 * kWeek, 120));
    LINLI_TRY(cancel_until, read_number(element, "cancel-until", 0, 4 * kWeek, kDay));
    LINLI_TRY(quota, read_number(element, "quota", 1, 100, 1));
    LINLI_TRY(hold, read_number(element, "hold", 1, 60, 5));
    LINLI_TRY(offer, read_number(element, "offer", 5, kWeek, kDay));
    LINLI_TRY(has_waiting_list, read_yes(element, "waiting"));
    LINLI_TRY(is_discreet, read_yes(element, "discreet"));
    schedule.slot = minutes(slot);
    schedule.places = places;
    schedule.horizon_days = horizon;
    schedule.book_until = minutes(book_until);
    schedule.cancel_until = minutes(cancel_until);
    schedule.quota = quota;
    schedule.hold = minutes(hold);
    schedule.offer = minutes(offer);
    schedule.has_waiting_list = has_waiting_list;
    schedule.is_discreet = is_discreet;
    if (!has(element, "confirm")) return {};
    auto confirmation = parse_confirmation(element.attribute("confirm"));
    if (!confirmation) return refuse(element, "confirm: expected automatic or by-hand");
    schedule.confirmation = *confirmation;
    return {};
}

Result<Schedule> read_schedule(const Element& element) {
    if (element.name != "schedule" || element.space != kNamespace) return refuse(element, "expected <schedule>");
    LINLI_CHECK(allow(element, std::array<std::string_view, 12>{"service", "minutes", "places", "horizon", "book-until",
                                                                "cancel-until", "quota", "confirm", "waiting", "hold",
                                                                "offer", "discreet"}));
    LINLI_TRY(reference, read_value(element, "service", ValueType::ItemReference));
    auto at = reference.find('#');
    auto area = content::AreaCode::parse(std::string_view(reference).substr(0, at));
    if (at == std::string::npos || !area) return refuse(element, "service: expected AREA#ID such as 12/0101#heating");
    Schedule schedule{{*area, reference.substr(at + 1)}};
    LINLI_CHECK(read_rules(element, schedule));
    for (const Element& child : element.children) LINLI_CHECK(read_child(child, schedule));
    if (schedule.name.empty()) return refuse(element, "<name> is missing");
    if (schedule.place.empty()) return refuse(element, "<place> is missing");
    if (schedule.telephone.empty()) return refuse(element, "<telephone> is missing");
    return schedule;
}

}  // namespace

Result<std::vector<Schedule>> read_schedules(std::string_view xml) {
    LINLI_TRY(root, xml::read_element(xml, kMostFileBytes));
    if (root.name != "schedules" || root.space != kNamespace)
        return refuse(root, base::format("the root is not <schedules xmlns=\"{}\">", kNamespace));
    std::vector<Schedule> schedules;
    for (const Element& child : root.children) {
        LINLI_TRY(schedule, read_schedule(child));
        if (std::ranges::find(schedules, schedule.service, &Schedule::service) != schedules.end())
            return refuse(child, base::format("the service {} is there twice", schedule.service.str()));
        schedules.push_back(std::move(schedule));
    }
    return schedules;
}

}  // namespace linli::platform
