#include "platform/appointments/messages.h"

#include <algorithm>
#include <charconv>

#include "content/exchange_reader.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/element.h"
#include "middleware/xml/xml_writer.h"

namespace linli::platform {

using base::Result;
using xml::Element;
using xml::XmlWriter;

namespace {

constexpr int kMostMinutes = 65535;
constexpr int kMostSeconds = 1'000'000;

/// A number from 0 to `most`, or nothing.
std::optional<int> parse_number(std::string_view text, int most) {
    int value = 0;
    auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || value < 0 || value > most) return std::nullopt;
    return value;
}

XmlWriter begin(std::string_view root) {
    XmlWriter writer;
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open(root).attribute("xmlns", content::kExchangeNamespace);
    return writer;
}

std::string end(XmlWriter& writer) { return writer.close().raw("\n").str(); }

Result<Element> read_message(std::string_view xml, std::string_view root) {
    LINLI_TRY(element, xml::read_element(xml, kMostMessageBytes));
    if (element.name != root || element.space != content::kExchangeNamespace)
        return base::fail(base::format("the message is <{}>, not <{}>", element.name, root));
    return element;
}

Result<Appointment> read_appointment(const Element& element) {
    Appointment appointment;
    appointment.number = element.attribute("number");
    auto state = parse_appointment_state(element.attribute("state"));
    auto start = base::parse_instant(element.attribute("start"));
    auto minutes = parse_number(element.attribute("minutes"), kMostMinutes);
    if (appointment.number.empty() || !state || !start || !minutes)
        return base::fail(base::format("{}:{}: number, state, start or minutes of an appointment is wrong",
                                       element.place.line, element.place.column));
    appointment.state = *state;
    appointment.start = *start;
    appointment.duration = std::chrono::minutes(*minutes);
    appointment.service_name = element.child_text("service");
    appointment.place = element.child_text("place");
    appointment.address = element.child_text("address");
    appointment.telephone = element.child_text("telephone");
    for (const Element& child : element.children) {
        if (child.name == "bring") appointment.bring.push_back(child.text);
    }
    return appointment;
}

}  // namespace

std::string write_members(std::span<const Member> members) {
    XmlWriter writer = begin("members");
    for (const Member& member : members)
        writer.open("member").attribute("ref", member.ref).text(member.masked_name).close();
    return end(writer);
}

std::string write_look_up(std::string_view member_ref, std::string_view pin) {
    XmlWriter writer = begin("look-up");
    writer.attribute("member", member_ref).open("pin").text("").close();
    std::string message = end(writer);
    if (!std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; })) return message;
    message.reserve(message.size() + pin.size());
    message.insert(message.find("</pin>"), pin);
    return message;
}

std::string write_appointments(std::string_view member_ref, std::span<const Appointment> appointments) {
    XmlWriter writer = begin("appointments");
    writer.attribute("member", member_ref);
    for (const Appointment& appointment : appointments) {
        writer.open("appointment").attribute("number", appointment.number);
        writer.attribute("state", to_name(appointment.state));
        if (appointment.start) writer.attribute("start", base::format_instant(*appointment.start));
        writer.attribute("minutes", std::to_string(appointment.duration.count()));
        writer.element("service", appointment.service_name).element("place", appointment.place);
        if (!appointment.address.empty()) writer.element("address", appointment.address);
        if (!appointment.telephone.empty()) writer.element("telephone", appointment.telephone);
        for (const std::string& thing : appointment.bring) writer.element("bring", thing);
        writer.close();
    }
    return end(writer);
}

std::string write_refusal(const Refusal& refusal) {
    XmlWriter writer = begin("refusal");
    writer.attribute("reason", to_name(refusal.reason));
    if (refusal.reason == Refusal::Reason::WrongPin) writer.attribute("tries-left", std::to_string(refusal.tries_left));
    if (refusal.reason == Refusal::Reason::Locked)
        writer.attribute("seconds", std::to_string(refusal.seconds.count()));
    return end(writer);
}

Result<std::vector<Member>> read_members(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "members"));
    std::vector<Member> members;
    for (const Element& child : root.children) {
        if (child.name == "member") members.push_back({std::string(child.attribute("ref")), child.text});
    }
    return members;
}

Result<LookUp> read_look_up(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "look-up"));
    LookUp look_up{std::string(root.attribute("member")), std::string(root.child_text("pin"))};
    if (look_up.member_ref.empty() || look_up.pin.empty()) return base::fail("the member or the PIN is missing");
    return look_up;
}

Result<std::vector<Appointment>> read_appointments(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "appointments"));
    std::vector<Appointment> appointments;
    for (const Element& child : root.children) {
        if (child.name != "appointment") continue;
        LINLI_TRY(appointment, read_appointment(child));
        appointments.push_back(std::move(appointment));
    }
    return appointments;
}

Result<Refusal> read_refusal(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "refusal"));
    auto reason = parse_refusal_reason(root.attribute("reason"));
    if (!reason) return base::fail("the reason of a refusal is not known");
    Refusal refusal{*reason};
    refusal.tries_left = parse_number(root.attribute("tries-left"), 100).value_or(0);
    refusal.seconds = std::chrono::seconds(parse_number(root.attribute("seconds"), kMostSeconds).value_or(0));
    return refusal;
}

}  // namespace linli::platform
