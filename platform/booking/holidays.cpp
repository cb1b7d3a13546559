#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/booking/schedule.h"

namespace linli::platform {

using base::Result;
using nlohmann::json;

namespace {

/// Walks over a text and tells how far the parser has come, for the lines of messages.
class Cursor {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Cursor() = default;
    Cursor(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
    reference operator*() const { return *at_; }
    Cursor& operator++() {
        *furthest_ = std::max(*furthest_, ++at_);
        return *this;
    }
    Cursor operator++(int) {
        Cursor before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Cursor& other) const { return at_ == other.at_; }

  private:
    const char* at_ = nullptr;
    const char** furthest_ = nullptr;
};

struct Parsed {
    json root;
    /// Of each entry of the list "days".
    std::vector<std::ptrdiff_t> lines;
};

Result<Parsed> parse(std::string_view text) {
    const char* furthest = text.data();
    auto line = [&] { return 1 + std::count(text.data(), furthest, '\n'); };
    Parsed parsed;
    std::string list;
    auto hear = [&](int depth, json::parse_event_t event, json& value) {
        using Event = json::parse_event_t;
        bool is_entry = event == Event::object_start || event == Event::array_start || event == Event::value;
        if (event == Event::key && depth == 1) list = value.get<std::string>();
        if (is_entry && depth == 2 && list == "days") parsed.lines.push_back(line());
        return true;
    };
    parsed.root = json::parse(Cursor(text.data(), &furthest), Cursor(text.data() + text.size(), &furthest), hear, false);
    if (parsed.root.is_discarded())
        return base::fail(base::format("{}: the calendar of holidays is not JSON from here on", line()));
    if (!parsed.root.is_object() || !parsed.root.contains("days") || !parsed.root["days"].is_array())
        return base::fail("1: the calendar of holidays has no list \"days\"");
    return parsed;
}

}  // namespace

Result<Holidays> read_holidays(std::string_view text) {
    LINLI_TRY(parsed, parse(text));
    Holidays holidays;
    for (std::size_t index = 0; index < parsed.root["days"].size(); ++index) {
        const json& entry = parsed.root["days"][index];
        auto refuse = [&](std::string_view what) {
            return base::fail(base::format("{}: day {} of the calendar of holidays: {}", parsed.lines.at(index), index + 1, what));
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
