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

constexpr int kMostTries = 100;
constexpr int kMostQuota = 1000;
constexpr int kMostSeconds = 1'000'000;
constexpr std::size_t kMostReceiptBytes = 64;
constexpr std::array<std::string_view, 6> kResultStates{"received", "working", "more-papers", "ready", "refused", "collected"};

Result<ApplicationResult> read_result(const Element& element) {
    ApplicationResult result;
    result.receipt = element.attribute("receipt");
    result.state = element.attribute("state");
    result.name = element.child_text("name");
    if (result.receipt.empty() || result.receipt.size() > kMostReceiptBytes || result.name.empty())
        return refuse_element(element, "the receipt or the name of a result is missing");
    if (!is_result_state(result.state)) return refuse_element(element, "the state of a result is not known");
    if (has_attribute(element, "guide")) {
        LINLI_TRY(guide, read_service(element, "guide"));
        result.guide = std::move(guide);
    }
    LINLI_TRY(updated, read_instant(element, "updated"));
    result.updated = updated;
    result.say = element.child_text("say");
    result.telephone = element.child_text("telephone");
    return result;
}

bool is_told(AppointmentState state) {
    return state == AppointmentState::Booked || state == AppointmentState::Offered || state == AppointmentState::Cancelled;
}

/// A number that goes with the reason: 0 where it is not there.
Result<int> read_number_if_there(const Element& element, std::string_view attribute, int most) {
    return has_attribute(element, attribute) ? read_number(element, attribute, most) : 0;
}

}  // namespace

bool is_result_state(std::string_view state) { return std::ranges::find(kResultStates, state) != kResultStates.end(); }

std::string write_reminders(std::span<const Reminder> reminders) {
    XmlWriter writer = begin_message("reminders");
    for (const Reminder& reminder : reminders) {
        writer.open("reminder").attribute("number", reminder.number);
        writer.attribute("start", base::format_instant(reminder.start)).attribute("place", reminder.place);
        writer.attribute("state", to_name(reminder.state));
        write_if(writer, "held-until", reminder.held_until);
        write_if(writer, "telephone", reminder.telephone);
        writer.text(reminder.service_name).close();
    }
    return end_message(writer);
}

std::string write_results(std::span<const ApplicationResult> results) {
    XmlWriter writer = begin_message("results");
    for (const ApplicationResult& result : results) {
        writer.open("result").attribute("receipt", result.receipt).attribute("state", result.state);
        writer.attribute("updated", base::format_instant(result.updated));
        write_if(writer, "guide", result.guide);
        writer.element("name", result.name);
        write_child_if(writer, "say", result.say);
        write_child_if(writer, "telephone", result.telephone);
        writer.close();
    }
    return end_message(writer);
}

std::string write_refusal(const Refusal& refusal) {
    XmlWriter writer = begin_message("refusal");
    writer.attribute("reason", to_name(refusal.reason));
    if (refusal.tries_left > 0) writer.attribute("tries-left", std::to_string(refusal.tries_left));
    if (refusal.limit > 0) writer.attribute("limit", std::to_string(refusal.limit));
    if (refusal.seconds.count() > 0) writer.attribute("seconds", std::to_string(refusal.seconds.count()));
    write_if(writer, "telephone", refusal.telephone);
    return end_message(writer);
}

Result<std::vector<Reminder>> read_reminders(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "reminders"));
    std::vector<Reminder> reminders;
    for (const Element& child : root.children) {
        if (child.name != "reminder") continue;
        LINLI_TRY(number, read_reference(child, "number"));
        LINLI_TRY(start, read_instant(child, "start"));
        LINLI_TRY(held_until, read_instant_if_there(child, "held-until"));
        auto state = parse_appointment_state(child.attribute("state"));
        if (!state || !is_told(*state)) return refuse_element(child, "the state of a reminder is not known");
        reminders.push_back({.number = std::move(number),
                             .start = start,
                             .service_name = child.text,
                             .place = std::string(child.attribute("place")),
                             .state = *state,
                             .held_until = held_until,
                             .telephone = std::string(child.attribute("telephone"))});
    }
    return reminders;
}

Result<std::vector<ApplicationResult>> read_results(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "results"));
    std::vector<ApplicationResult> results;
    for (const Element& child : root.children) {
        if (child.name != "result") continue;
        LINLI_TRY(result, read_result(child));
        results.push_back(std::move(result));
    }
    return results;
}

Result<Refusal> read_refusal(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "refusal"));
    auto reason = parse_refusal_reason(root.attribute("reason"));
    if (!reason) return refuse_element(root, "the reason of a refusal is not known");
    Refusal refusal{*reason};
    LINLI_TRY(tries_left, read_number_if_there(root, "tries-left", kMostTries));
    LINLI_TRY(limit, read_number_if_there(root, "limit", kMostQuota));
    LINLI_TRY(seconds, read_number_if_there(root, "seconds", kMostSeconds));
    refusal.tries_left = tries_left;
    refusal.limit = limit;
    refusal.seconds = std::chrono::seconds(seconds);
    refusal.telephone = root.attribute("telephone");
    return refusal;
}

}  // namespace linli::platform
