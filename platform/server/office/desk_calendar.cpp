#include "platform/server/office/desk_calendar.h"

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/booking/transitions.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

/// Octets of a line without its end. @spec RFC 5545 §3.1
constexpr std::size_t kLongestLine = 75;

/// "20261127T013000Z". @spec RFC 5545 §3.3.5
std::string in_utc(sys_seconds time) {
    std::string text = base::format_instant(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// @spec RFC 5545 §3.3.11
std::string escape(std::string_view text) {
    std::string escaped;
    for (char c : text) {
        if (c == '\\' || c == ';' || c == ',') escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            escaped += c;
    }
    return escaped;
}

/// One line of content, folded, and never within a character.
void add_line(std::string& calendar, std::string_view line) {
    std::size_t room = kLongestLine;
    while (line.size() > room) {
        std::size_t size = room;
        while (size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0) == 0x80) --size;
        calendar += base::format("{}\r\n ", line.substr(0, size));
        line.remove_prefix(size);
        room = kLongestLine - 1;
    }
    calendar += base::format("{}\r\n", line);
}

/// @spec RFC 5545 §3.8.1.11
std::string_view status_of(std::string_view state) {
    auto known = parse_appointment_state(state);
    if (!known || *known == AppointmentState::Cancelled || *known == AppointmentState::Expired) return "CANCELLED";
    bool is_agreed = *known == AppointmentState::Booked || *known == AppointmentState::Fulfilled || *known == AppointmentState::Missed;
    return is_agreed ? "CONFIRMED" : "TENTATIVE";
}

void add_event(std::string& calendar, const BookingStore::DeskRow& row, sys_seconds now) {
    std::string who = row.masked_name.empty() ? "" : " " + row.masked_name;
    std::string_view status = status_of(row.state);
    add_line(calendar, "BEGIN:VEVENT");
    add_line(calendar, base::format("UID:{}@linli-platform", escape(row.number)));
    add_line(calendar, "DTSTAMP:" + in_utc(now));
    add_line(calendar, "DTSTART:" + in_utc(row.start));
    add_line(calendar, "DTEND:" + in_utc(row.start + row.length));
    add_line(calendar, "SUMMARY:" + escape(row.number + who));
    add_line(calendar, "DESCRIPTION:" + escape(row.state));
    add_line(calendar, base::format("STATUS:{}", status));
    add_line(calendar, status == "CANCELLED" ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
    add_line(calendar, "CLASS:PRIVATE");
    add_line(calendar, "END:VEVENT");
}

}  // namespace

std::string write_desk_calendar(std::span<const BookingStore::DeskRow> rows, std::string_view name, sys_seconds now) {
    std::string calendar;
    add_line(calendar, "BEGIN:VCALENDAR");
    add_line(calendar, "VERSION:2.0");
    add_line(calendar, "PRODID:-//Linli TV//linli-platform//EN");
    add_line(calendar, "CALSCALE:GREGORIAN");
    add_line(calendar, "X-WR-CALNAME:" + escape(name));
    for (const BookingStore::DeskRow& row : rows) add_event(calendar, row, now);
    add_line(calendar, "END:VCALENDAR");
    return calendar;
}

}  // namespace linli::platform
