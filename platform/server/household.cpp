#include "platform/server/household.h"

#include <algorithm>
#include <charconv>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/element.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;

namespace {

constexpr std::string_view kHouseholdsNamespace = "urn:linli:households:1";
constexpr std::size_t kMostFileBytes = 64u << 20;
constexpr std::size_t kShortestToken = 8;
constexpr int kMostMinutes = 24 * 60;
/// Those that need nothing but a start: what is held, offered or expired is the platform's own doing, and who waits has no start.
constexpr AppointmentState kStates[] = {AppointmentState::Booked, AppointmentState::Pending, AppointmentState::Fulfilled,
                                        AppointmentState::Missed, AppointmentState::Cancelled};

std::unexpected<base::Error> refuse(const Element& element, std::string_view what) {
    return base::fail(base::format("{}:{}: <{}>: {}", element.place.line, element.place.column, element.name, what));
}

bool is_pin(std::string_view text) {
    return text.size() == 4 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::chrono::minutes> read_minutes(const Element& element) {
    std::string_view text = element.attribute("minutes");
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > kMostMinutes)
        return refuse(element, base::format("minutes=\"{}\": expected a number from 1 to {}", text, kMostMinutes));
    return std::chrono::minutes(number);
}

Result<std::string> read_service(const Element& element) {
    const Element* service = element.child("service");
    std::string_view ref = service ? service->attribute("ref") : "";
    if (!ref.empty() && !parse_service(ref))
        return refuse(*service, base::format("ref=\"{}\": expected AREA#ID such as 12/0101#health-check", ref));
    return std::string(ref);
}

Result<Appointment> read_appointment(const Element& element) {
    Appointment appointment;
    appointment.number = element.attribute("number");
    if (!is_reference(appointment.number))
        return refuse(element, "the number is not letters, digits, - and _, 64 at most");
    if (appointment.number.starts_with(kNumberPrefix))
        return refuse(element, base::format("numbers that begin with {} are the platform's own; this one needs another beginning",
                                            kNumberPrefix));
    auto state = parse_appointment_state(element.attribute("state"));
    if (!state || std::ranges::find(kStates, *state) == std::end(kStates))
        return refuse(element, "the state is not booked, pending, fulfilled, missed or cancelled");
    auto start = base::parse_instant(element.attribute("start"));
    if (!start) return refuse(element, "the start is not a time with its offset");
    appointment.state = *state;
    appointment.start = *start;
    LINLI_TRY(minutes, read_minutes(element));
    appointment.duration = minutes;
    LINLI_TRY(service, read_service(element));
    appointment.service = std::move(service);
    appointment.service_name = element.child_text("service");
    appointment.place = element.child_text("place");
    if (appointment.service_name.empty() || appointment.place.empty())
        return refuse(element, "service or place is missing");
    appointment.address = element.child_text("address");
    appointment.telephone = element.child_text("telephone");
    for (const Element& child : element.children) {
        if (child.name == "bring") appointment.bring.push_back(child.text);
    }
    return appointment;
}

Result<Household::Person> read_person(const Element& element) {
    Household::Person person;
    person.member = {std::string(element.attribute("ref")), std::string(element.attribute("name"))};
    person.pin = element.attribute("pin");
    if (!is_reference(person.member.ref)) return refuse(element, "the ref is not letters, digits, - and _, 64 at most");
    if (!person.member.masked_name.contains('*')) return refuse(element, "the name is not masked with *");
    if (!is_pin(person.pin)) return refuse(element, "the pin is not four digits");
    for (const Element& child : element.children) {
        LINLI_TRY(appointment, read_appointment(child));
        person.appointments.push_back(std::move(appointment));
    }
    return person;
}

Result<Household> read_household(const Element& element) {
    Household household;
    household.box_token = element.attribute("token");
    household.certificate = element.attribute("certificate");
    household.telephone = element.attribute("telephone");
    if (!household.certificate.empty() && !base::Sha256::is_hash(household.certificate))
        return refuse(element, "the certificate is not the SHA-256 of one, 64 small hex digits");
    bool has_token = !household.box_token.empty() || household.certificate.empty();
    if (has_token && household.box_token.size() < kShortestToken)
        return refuse(element, "the token is shorter than 8 characters");
    for (const Element& child : element.children) {
        LINLI_TRY(person, read_person(child));
        auto is_same = [&](const Household::Person& other) { return other.member.ref == person.member.ref; };
        if (std::ranges::any_of(household.people, is_same)) return refuse(child, "the ref is taken");
        household.people.push_back(std::move(person));
    }
    return household;
}

}  // namespace

Result<std::vector<Household>> read_households(std::string_view xml) {
    LINLI_TRY(root, xml::read_element(xml, kMostFileBytes));
    if (root.name != "households" || root.space != kHouseholdsNamespace)
        return refuse(root, base::format("the root is not <households xmlns=\"{}\">", kHouseholdsNamespace));
    std::vector<Household> households;
    for (const Element& child : root.children) {
        LINLI_TRY(household, read_household(child));
        households.push_back(std::move(household));
    }
    return households;
}

}  // namespace linli::platform
