#include "platform/appointments/appointment_question.h"

#include <algorithm>
#include <array>
#include <utility>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/appointments/message_parts.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr std::array<std::pair<Change::Kind, std::string_view>, 5> kKinds{{{Change::Kind::Hold, "hold"},
                                                                           {Change::Kind::Confirm, "confirm"},
                                                                           {Change::Kind::Move, "change"},
                                                                           {Change::Kind::Cancel, "cancel"},
                                                                           {Change::Kind::Wait, "wait"}}};

/// As a value of a query. @spec RFC 3986 §2.1
std::string percent_encode(std::string_view text) {
    constexpr std::string_view kPlain = "-._~/";
    std::string encoded;
    for (char c : text) {
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kPlain.contains(c);
        encoded += is_plain ? std::string(1, c) : base::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

template <typename Read>
AppointmentQuestion::Reader reads(Read read) {
    return [read = std::move(read)](std::string_view body) -> Result<AppointmentResult> {
        auto value = read(body);
        if (!value) return std::unexpected(std::move(value.error()));
        return AppointmentResult(std::move(*value));
    };
}

template <typename Read>
AppointmentQuestion make_question(std::string name, std::string path, Read read) {
    AppointmentQuestion question;
    question.name = std::move(name);
    question.path = std::move(path);
    question.read = reads(std::move(read));
    return question;
}

/// Whether an appointment can be what was asked for. Its state may have moved on since the change was done.
Result<Appointment> read_answer(std::string_view body, const Change& change) {
    LINLI_TRY(appointment, read_appointment(body));
    if (!change.number.empty() && appointment.number != change.number) return base::fail("the answer is about another appointment");
    if (change.kind == Change::Kind::Wait && appointment.service != change.service)
        return base::fail("the answer is about another service");
    return appointment;
}

}  // namespace

AppointmentQuestion::~AppointmentQuestion() {
    if (body) base::wipe(*body);
}

AppointmentQuestion question_of_members() { return make_question("members", "/members", read_members); }

AppointmentQuestion question_of_services(const content::AreaCode& area) {
    return make_question("services", "/services?area=" + percent_encode(area.str()), read_services);
}

AppointmentQuestion question_of_days(const content::ItemKey& service) {
    return make_question("days", "/days?service=" + percent_encode(service.str()),
                         [service = service.str()](std::string_view body) { return read_days(body, service); });
}

AppointmentQuestion question_of_slots(const content::ItemKey& service, std::chrono::year_month_day day) {
    return make_question(
        "slots", base::format("/slots?service={}&day={}", percent_encode(service.str()), format_date(day)),
        [service = service.str(), day](std::string_view body) { return read_slots(body, service, day); });
}

AppointmentQuestion question_of_session(const std::string& member_ref, std::string_view pin) {
    auto read = [member_ref](std::string_view body) -> Result<std::shared_ptr<const Session>> {
        LINLI_TRY(session, read_session(body, member_ref));
        return std::make_shared<const Session>(session);
    };
    AppointmentQuestion question = make_question("session", "/session", read);
    question.body = std::make_unique<std::string>(write_open_session(member_ref, pin));
    return question;
}

AppointmentQuestion question_of_mine(std::shared_ptr<const Session> session) {
    AppointmentQuestion question = make_question("mine", "/mine", read_appointments);
    question.session = std::move(session);
    return question;
}

AppointmentQuestion question_of_change(std::shared_ptr<const Session> session, const Change& change,
                                       const std::string& key) {
    std::string name(to_name(change.kind));
    AppointmentQuestion question = make_question(
        name, "/" + name, [change](std::string_view body) { return read_answer(body, change); });
    question.body =
        std::make_unique<std::string>(write_change({name, key, change.number, change.slot, change.service}));
    question.session = std::move(session);
    return question;
}

AppointmentQuestion question_of_reminders() { return make_question("reminders", "/reminders", read_reminders); }

AppointmentQuestion question_of_results(const std::string& digits) {
    return make_question("results", "/results?receipt=" + percent_encode(digits), read_results);
}

std::string_view to_name(Change::Kind kind) {
    return std::ranges::find(kKinds, kind, &std::pair<Change::Kind, std::string_view>::first)->second;
}

std::optional<Change::Kind> parse_change_kind(std::string_view name) {
    auto found = std::ranges::find(kKinds, name, &std::pair<Change::Kind, std::string_view>::second);
    if (found == kKinds.end()) return std::nullopt;
    return found->first;
}

}  // namespace linli::platform
