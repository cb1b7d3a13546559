#include "stb-app/screens/booking_troubles.h"

#include <algorithm>

namespace linli::app {

using platform::AppointmentFailure;
using platform::Refusal;

namespace {

std::int64_t whole_minutes(std::chrono::seconds time) {
    return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::minutes>(time).count());
}

std::string lock_sentence(const Context& context, std::chrono::seconds time) {
    if (time > std::chrono::hours(2))
        return context.tr_n("Too many wrong PINs. Please try again in {} hour, or call.",
                            "Too many wrong PINs. Please try again in {} hours, or call.",
                            std::chrono::ceil<std::chrono::hours>(time).count());
    return context.tr_n("Too many wrong PINs. Please try again in {} minute, or call.",
                        "Too many wrong PINs. Please try again in {} minutes, or call.", whole_minutes(time));
}

std::string symbol_of(const AppointmentFailure& failure) {
    switch (failure.reason) {
        case AppointmentFailure::Reason::Unreachable: return "lan-disconnect";
        case AppointmentFailure::Reason::Unsettled: return "timer-sand";
        case AppointmentFailure::Reason::Refused: break;
    }
    switch (failure.refusal.reason) {
        case Refusal::Reason::Locked:
        case Refusal::Reason::UnknownBox:
        case Refusal::Reason::NoSession:
        case Refusal::Reason::WrongPin: return "lock";
        case Refusal::Reason::Busy:
        case Refusal::Reason::TooMany: return "timer-sand";
        default: return "information";
    }
}

std::string failure_sentence(const Context& context, const AppointmentFailure& failure) {
    switch (failure.reason) {
        case AppointmentFailure::Reason::Unreachable:
            return context.tr("The appointment service cannot be reached just now.");
        case AppointmentFailure::Reason::Unsettled: return context.tr("We do not know yet whether it went through.");
        case AppointmentFailure::Reason::Refused: return refusal_sentence(context, failure.refusal);
    }
    return {};
}

std::string failure_hint(const Context& context, const AppointmentFailure& failure) {
    switch (failure.reason) {
        case AppointmentFailure::Reason::Unreachable: return context.tr("Please try again later, or call.");
        case AppointmentFailure::Reason::Unsettled:
            return context.tr("This television tells you as soon as it knows. Please do not book again.");
        case AppointmentFailure::Reason::Refused: break;
    }
    return {};
}

}  // namespace

std::vector<Element> help_number(const Context& context, const std::vector<content::Telephone>& telephones) {
    if (!telephones.empty()) {
        const content::Telephone& first = telephones.front();
        return {NumberElement{first.label.empty() ? context.tr("Telephone") : first.label, first.number}};
    }
    for (auto code = context.chain.rbegin(); code != context.chain.rend(); ++code) {
        auto area = context.content.area(*code);
        if (!area || !*area || !(*area)->office || (*area)->office->telephones.empty()) continue;
        return {NumberElement{(*area)->office->name, (*area)->office->telephones.front().number}};
    }
    return {};
}

std::vector<Element> help_number(const Context& context, const platform::Appointment& appointment) {
    if (appointment.telephone.empty()) return help_number(context);
    return {NumberElement{appointment.place.empty() ? context.tr("Telephone") : appointment.place, appointment.telephone}};
}

std::string refusal_sentence(const Context& context, const Refusal& refusal) {
    using Reason = Refusal::Reason;
    switch (refusal.reason) {
        case Reason::Malformed:
        case Reason::KeyReused: return context.tr("The platform did not understand this television. Please call.");
        case Reason::UnknownBox:
            return context.tr("This box is not registered for appointments yet. Please call your community office.");
        case Reason::NoSession: return context.tr("Some time has passed. Please type the PIN again.");
        case Reason::WrongPin:
            return context.tr_n("That PIN is not right. {} try is left.", "That PIN is not right. {} tries are left.",
                                std::max(0, refusal.tries_left));
        case Reason::UnknownMember:
            return context.tr("This person is no longer registered for this household. Please call your community office.");
        case Reason::UnknownService: return context.tr("This cannot be booked on television. Please call.");
        case Reason::UnknownSlot: return context.tr("This time is no longer offered. Please choose another one.");
        case Reason::UnknownNumber: return context.tr("This appointment is no longer there. Please look at your appointments again.");
        case Reason::SlotTaken: return context.tr("Somebody was quicker. Please choose another time.");
        case Reason::WrongState:
            return context.tr("This appointment has changed meanwhile. Please look at your appointments again.");
        case Reason::AlreadyBooked:
            return context.tr("You already have an appointment at this time. Please look at your appointments.");
        case Reason::TooLate: return context.tr("It is too late to do this on television. Please call.");
        case Reason::TooEarly: return context.tr("This day cannot be booked yet. Please choose an earlier one.");
        case Reason::Quota:
            return context.tr_n("You may have {} appointment of this service at a time. Cancel it first, or call.",
                                "You may have {} appointments of this service at a time. Cancel one first, or call.",
                                std::max(1, refusal.limit));
        case Reason::NoWaiting: return context.tr("There is no waiting list now. Please look whether places are free, or call.");
        case Reason::Locked: return lock_sentence(context, refusal.seconds);
        case Reason::TooMany:
            return context.tr_n("That was asked too often. Please try again in {} minute.",
                                "That was asked too often. Please try again in {} minutes.", whole_minutes(refusal.seconds));
        case Reason::Busy: return context.tr("The platform is busy. Please try again in a few minutes, or call.");
    }
    return {};
}

std::vector<Element> failure_elements(const Context& context, const AppointmentFailure& failure,
                                      const std::vector<Element>& number) {
    std::vector<Element> elements{StateElement{symbol_of(failure), failure_sentence(context, failure), failure_hint(context, failure)}};
    bool names_office = failure.reason == AppointmentFailure::Reason::Refused && !failure.refusal.telephone.empty();
    if (names_office) elements.push_back(NumberElement{context.tr("This office helps you"), failure.refusal.telephone});
    else elements.insert(elements.end(), number.begin(), number.end());
    return elements;
}

AppointmentFailure no_client() {
    return {.reason = AppointmentFailure::Reason::Unreachable, .refusal = {}, .detail = "no network has been started"};
}

bool is_refused(const AppointmentFailure& failure, Refusal::Reason reason) {
    return failure.reason == AppointmentFailure::Reason::Refused && failure.refusal.reason == reason;
}

}  // namespace linli::app
