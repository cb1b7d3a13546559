#include <algorithm>
#include <array>

#include "middleware/base/local_time.h"
#include "platform/appointments/message_parts.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;
using xml::XmlWriter;

namespace {

constexpr int kMostMinutes = 65535;

/// What each change says besides its key.
struct ChangeForm {
    std::string_view request;
    bool has_number, has_slot, has_service;
};
constexpr std::array<ChangeForm, 5> kForms{{{"hold", false, true, false},
                                            {"confirm", true, false, false},
                                            {"change", true, true, false},
                                            {"cancel", true, false, false},
                                            {"wait", false, false, true}}};

const ChangeForm* find_form(std::string_view request) {
    auto found = std::ranges::find(kForms, request, &ChangeForm::request);
    return found == kForms.end() ? nullptr : &*found;
}

void write_one(XmlWriter& writer, const Appointment& appointment) {
    writer.attribute("number", appointment.number).attribute("state", to_name(appointment.state));
    write_if(writer, "service", appointment.service);
    write_if(writer, "start", appointment.start);
    if (appointment.start) writer.attribute("minutes", std::to_string(appointment.duration.count()));
    write_if(writer, "held-until", appointment.held_until);
    write_if(writer, "cancel-until", appointment.cancel_until);
    write_if(writer, "changed-from", appointment.changed_from);
    write_if(writer, "by", appointment.cancelled_by);
    if (appointment.is_discreet) writer.attribute("discreet", "true");
    write_child_if(writer, "name", appointment.service_name);
    write_child_if(writer, "place", appointment.place);
    write_child_if(writer, "address", appointment.address);
    write_child_if(writer, "telephone", appointment.telephone);
    for (const std::string& thing : appointment.bring) write_child_if(writer, "bring", thing);
    write_child_if(writer, "note", appointment.note);
}

/// When it is, in either or none of its attributes (app-2), and none only while it waits or waited (app-3).
Result<void> read_time(const Element& element, Appointment& appointment) {
    LINLI_TRY(start, read_instant_if_there(element, "start"));
    LINLI_TRY(held_until, read_instant_if_there(element, "held-until"));
    LINLI_TRY(cancel_until, read_instant_if_there(element, "cancel-until"));
    LINLI_TRY(changed_from, read_instant_if_there(element, "changed-from"));
    if (start.has_value() != has_attribute(element, "minutes"))
        return refuse_element(element, "an appointment has both start and minutes, or neither");
    bool may_have_none =
        appointment.state == AppointmentState::Waiting || appointment.state == AppointmentState::Cancelled;
    if (!start && !may_have_none) return refuse_element(element, "an appointment has no start");
    if (start) {
        LINLI_TRY(minutes, read_number(element, "minutes", kMostMinutes));
        appointment.duration = std::chrono::minutes(minutes);
    }
    appointment.start = start;
    appointment.held_until = held_until;
    appointment.cancel_until = cancel_until;
    appointment.changed_from = changed_from;
    return {};
}

Result<Appointment> read_one(const Element& element) {
    Appointment appointment;
    LINLI_TRY(number, read_reference(element, "number"));
    appointment.number = std::move(number);
    auto state = parse_appointment_state(element.attribute("state"));
    if (!state) return refuse_element(element, "the state of an appointment is not known");
    appointment.state = *state;
    LINLI_CHECK(read_time(element, appointment));
    if (has_attribute(element, "service")) {
        LINLI_TRY(service, read_service(element, "service"));
        appointment.service = std::move(service);
    }
    appointment.cancelled_by = element.attribute("by");
    if (!appointment.cancelled_by.empty() && appointment.cancelled_by != "resident" && appointment.cancelled_by != "office")
        return refuse_element(element, "expected by=\"resident\" or \"office\"");
    if (!appointment.cancelled_by.empty() && appointment.state != AppointmentState::Cancelled)
        return refuse_element(element, "only what is cancelled was cancelled by somebody");
    appointment.is_discreet = element.attribute("discreet") == "true";
    appointment.service_name = element.child_text("name");
    appointment.place = element.child_text("place");
    appointment.address = element.child_text("address");
    appointment.telephone = element.child_text("telephone");
    appointment.note = element.child_text("note");
    for (const Element& child : element.children)
        if (child.name == "bring" && !child.text.empty()) appointment.bring.push_back(child.text);
    return appointment;
}

/// As the member himself sees it, by its name.
Result<Appointment> read_named(const Element& element) {
    LINLI_TRY(appointment, read_one(element));
    if (appointment.service_name.empty() || appointment.place.empty())
        return refuse_element(element, "the name or the place of an appointment is missing");
    return appointment;
}

std::string_view to_name(Outcome::Result result) {
    switch (result) {
        case Outcome::Result::Done: return "done";
        case Outcome::Result::Refused: return "refused";
        case Outcome::Result::Unknown: break;
    }
    return "unknown";
}

/// A change that was done has an appointment, one that was refused a reason, and one that is unknown neither.
Result<void> check(const Element& element, const Outcome& outcome) {
    bool is_done = outcome.result == Outcome::Result::Done;
    bool is_refused = outcome.result == Outcome::Result::Refused;
    if (is_done != outcome.appointment.has_value() || is_refused == outcome.reason.empty())
        return refuse_element(element, "an appointment or a reason does not go with the result");
    if (is_refused && !parse_refusal_reason(outcome.reason))
        return refuse_element(element, "the reason of a refusal is not known");
    bool is_known = outcome.result != Outcome::Result::Unknown;
    if (is_known != (find_form(outcome.request) != nullptr))
        return refuse_element(element, "the request does not go with the result");
    return {};
}

}  // namespace

std::string write_change(const ChangeQuestion& question) {
    XmlWriter writer = begin_message(question.request);
    writer.attribute("key", question.key);
    write_if(writer, "number", question.number);
    write_if(writer, "slot", question.slot);
    write_if(writer, "service", question.service);
    return end_message(writer);
}

std::string write_appointment(const Appointment& appointment) {
    XmlWriter writer = begin_message("appointment");
    write_one(writer, appointment);
    return end_message(writer);
}

std::string write_appointments(std::span<const Appointment> appointments) {
    XmlWriter writer = begin_message("appointments");
    for (const Appointment& appointment : appointments) {
        writer.open("appointment");
        write_one(writer, appointment);
        writer.close();
    }
    return end_message(writer);
}

std::string write_outcome(const Outcome& outcome) {
    XmlWriter writer = begin_message("outcome");
    writer.attribute("key", outcome.key);
    write_if(writer, "request", outcome.request);
    writer.attribute("result", to_name(outcome.result));
    write_if(writer, "reason", outcome.reason);
    if (outcome.appointment) {
        writer.open("appointment");
        write_one(writer, *outcome.appointment);
        writer.close();
    }
    return end_message(writer);
}

Result<ChangeQuestion> read_change(std::string_view xml, std::string_view request) {
    const ChangeForm* form = find_form(request);
    if (!form) return base::fail("this is no change");
    LINLI_TRY(root, read_message(xml, request));
    LINLI_CHECK(expect_only(root, {"key", form->has_number ? "number" : "key", form->has_slot ? "slot" : "key",
                                   form->has_service ? "service" : "key"}));
    LINLI_TRY(key, read_key(root, "key"));
    ChangeQuestion question{std::string(request), std::move(key), {}, {}, {}};
    if (form->has_number) {
        LINLI_TRY(number, read_reference(root, "number"));
        question.number = std::move(number);
    }
    if (form->has_slot) {
        LINLI_TRY(slot, read_reference(root, "slot"));
        question.slot = std::move(slot);
    }
    if (form->has_service) {
        LINLI_TRY(service, read_service(root, "service"));
        question.service = std::move(service);
    }
    return question;
}

Result<Appointment> read_appointment(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "appointment"));
    return read_named(root);
}

Result<std::vector<Appointment>> read_appointments(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "appointments"));
    std::vector<Appointment> appointments;
    for (const Element& child : root.children) {
        if (child.name != "appointment") continue;
        LINLI_TRY(appointment, read_named(child));
        appointments.push_back(std::move(appointment));
    }
    return appointments;
}

Result<Outcome> read_outcome(std::string_view xml, std::string_view key) {
    LINLI_TRY(root, read_message(xml, "outcome"));
    Outcome outcome;
    outcome.key = root.attribute("key");
    if (outcome.key != key) return refuse_element(root, "the answer is about another change");
    outcome.request = root.attribute("request");
    outcome.reason = root.attribute("reason");
    using enum Outcome::Result;
    std::string_view name = root.attribute("result");
    if (name != to_name(Done) && name != to_name(Refused) && name != to_name(Unknown))
        return refuse_element(root, "expected result=\"done\", \"refused\" or \"unknown\"");
    outcome.result = name == to_name(Done) ? Done : name == to_name(Refused) ? Refused : Unknown;
    if (const Element* child = root.child("appointment")) {
        LINLI_TRY(appointment, read_one(*child));
        outcome.appointment = std::move(appointment);
    }
    LINLI_CHECK(check(root, outcome));
    return outcome;
}

}  // namespace linli::platform
