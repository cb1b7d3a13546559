#include "stb-app/appointment_calendar.h"

#include <algorithm>

#include "middleware/base/local_time.h"
#include "middleware/text/utf8.h"

namespace linli::app {

namespace {

/// A code of version 12 (65 modules) holds 367 bytes.
constexpr std::size_t kMostBytes = 360;
constexpr std::size_t kMostNameBytes = 90;
constexpr std::size_t kMostPlaceBytes = 90;
constexpr std::size_t kMostOfNumber = 64;

/// As much of a text as there is room for, ended by "…" where something is left out.
std::string cut(std::string_view text, std::size_t most) {
    constexpr std::string_view kEllipsis = "…";
    if (text.size() <= most) return std::string(text);
    std::string_view rest = text;
    std::size_t kept = 0;
    while (!rest.empty()) {
        text::take_character(rest);
        if (text.size() - rest.size() + kEllipsis.size() > most) break;
        kept = text.size() - rest.size();
    }
    return std::string(text.substr(0, kept)) + std::string(kEllipsis);
}

/// @spec RFC 5545 §3.3.11
std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n') out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out;
}

/// "20261127T013000Z"
std::string instant(std::chrono::sys_seconds time) {
    std::string text = base::format_instant(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string event(const platform::Appointment& appointment, const std::string& where) {
    std::string out = "BEGIN:VEVENT\r\n";
    auto line = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out += std::string(name) + ":" + value + "\r\n";
    };
    line("UID", escaped(cut(appointment.number, kMostOfNumber)));
    line("DTSTART", instant(*appointment.start));
    if (appointment.duration.count() > 0) line("DTEND", instant(*appointment.start + appointment.duration));
    line("SUMMARY", escaped(cut(appointment.service_name, kMostNameBytes)));
    line("LOCATION", escaped(where));
    std::string said = cut(appointment.number, kMostOfNumber);
    if (!appointment.telephone.empty()) said += (said.empty() ? "" : " ") + ("\u260E " + cut(appointment.telephone, kMostOfNumber));
    line("DESCRIPTION", escaped(said));
    return out + "END:VEVENT\r\n";
}

}  // namespace

std::string appointment_qr_text(const platform::Appointment& appointment) {
    if (!appointment.start) return {};
    std::string place = appointment.place;
    if (!place.empty() && !appointment.address.empty()) place += ", ";
    std::string text = event(appointment, place + appointment.address);
    if (text.size() > kMostBytes) text = event(appointment, cut(appointment.place, kMostPlaceBytes));
    // What is left to cut are names that no office gives: without the place it fits in any case but that.
    if (text.size() > kMostBytes) text = event(appointment, "");
    return text;
}

}  // namespace linli::app
