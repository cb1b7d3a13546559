#include "stb-app/screens/wish.h"

#include "stb-app/words.h"

namespace linli::app {

using Kind = platform::Change::Kind;

namespace {

std::string booking_question(const Context& context, const Wish& wish) {
    const std::string& who = wish.visit->member.masked_name;
    std::string when = words::date_and_time(context, wish.slot.start);
    const BookedService& service = wish.plan.service;
    // Translators: {0} service, {1} masked name, {2} date and time, {3} place.
    if (service.place.empty()) return context.tr("Book {0} for {1} on {2}?", service.name, who, when);
    return context.tr("Book {0} for {1} on {2}, at {3}?", service.name, who, when, service.place);
}

}  // namespace

std::string wish_question(const Context& context, const Wish& wish) {
    const std::string& who = wish.visit->member.masked_name;
    const std::string& what = wish.plan.service.name;
    const auto& start = wish.appointment.start;
    std::string when = start ? words::date_and_time(context, *start) : std::string();
    switch (wish.kind) {
        case Kind::Hold: return booking_question(context, wish);
        case Kind::Move:
            return context.tr("Move {0} of {1} from {2} to {3}?", what, who, when, words::date_and_time(context, wish.slot.start));
        case Kind::Cancel:
            if (when.empty()) return context.tr("Take {1} off the waiting list for {0}?", what, who);
            return context.tr("Cancel {0} of {1} on {2}?", what, who, when);
        case Kind::Confirm: return context.tr("Confirm {0} for {1} on {2}?", what, who, when);
        case Kind::Wait: return context.tr("Put {1} on the waiting list for {0}?", what, who);
    }
    return {};
}

std::string wish_hint(const Context& context, const Wish& wish) {
    bool is_by_hand = wish.plan.offer && wish.plan.offer->confirmation == platform::Confirmation::ByHand;
    switch (wish.kind) {
        case Kind::Hold:
            return is_by_hand ? context.tr("The office answers by hand. Until it has, the appointment is not certain.") : "";
        case Kind::Move: return context.tr("You keep the old time until the new one is certain.");
        case Kind::Cancel: return context.tr("Somebody else can then have this place.");
        case Kind::Confirm: return "";
        case Kind::Wait: return context.tr("All places are taken. When one comes free, this television tells you.");
    }
    return {};
}

}  // namespace linli::app
