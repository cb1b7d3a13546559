#include "platform/booking/transitions.h"

#include <algorithm>
#include <utility>

namespace linli::platform {

namespace {

using State = AppointmentState;
using Event = AppointmentEvent;

struct Transition {
    State from;
    Event event;
    State to;
};

constexpr Transition kTransitions[] = {
    {State::Held, Event::Confirm, State::Booked},
    {State::Offered, Event::Confirm, State::Booked},

    {State::Held, Event::TimeRanOut, State::Expired},
    {State::Offered, Event::TimeRanOut, State::Expired},

    {State::Held, Event::Cancel, State::Cancelled},
    {State::Offered, Event::Cancel, State::Cancelled},
    {State::Pending, Event::Cancel, State::Cancelled},
    {State::Booked, Event::Cancel, State::Cancelled},
    {State::Waiting, Event::Cancel, State::Cancelled},

    {State::Pending, Event::Change, State::Pending},
    {State::Booked, Event::Change, State::Booked},

    {State::Pending, Event::Agree, State::Booked},
    {State::Pending, Event::CallOff, State::Cancelled},
    {State::Booked, Event::CallOff, State::Cancelled},

    {State::Waiting, Event::PlaceCameFree, State::Offered},

    {State::Booked, Event::Attend, State::Fulfilled},
    {State::Booked, Event::Miss, State::Missed},
};

constexpr std::pair<State, std::string_view> kNames[] = {
    {State::Held, "held"},           {State::Pending, "pending"},     {State::Booked, "booked"},
    {State::Waiting, "waiting"},     {State::Offered, "offered"},     {State::Fulfilled, "fulfilled"},
    {State::Missed, "missed"},       {State::Cancelled, "cancelled"}, {State::Expired, "expired"},
};

}  // namespace

std::optional<State> after(State state, Event event, Confirmation confirmation) {
    auto found = std::ranges::find_if(
        kTransitions, [&](const Transition& entry) { return entry.from == state && entry.event == event; });
    if (found == std::end(kTransitions)) return std::nullopt;
    if (event == Event::Confirm && confirmation == Confirmation::ByHand) return State::Pending;
    return found->to;
}

bool holds_place(State state) {
    return state == State::Held || state == State::Pending || state == State::Booked || state == State::Offered;
}

std::string_view to_name(State state) {
    return std::ranges::find(kNames, state, &std::pair<State, std::string_view>::first)->second;
}

std::optional<State> parse_appointment_state(std::string_view name) {
    auto found = std::ranges::find(kNames, name, &std::pair<State, std::string_view>::second);
    if (found == std::end(kNames)) return std::nullopt;
    return found->first;
}

std::string_view to_name(Confirmation confirmation) {
    return confirmation == Confirmation::ByHand ? "by-hand" : "automatic";
}

std::optional<Confirmation> parse_confirmation(std::string_view name) {
    if (name == "automatic") return Confirmation::Automatic;
    if (name == "by-hand") return Confirmation::ByHand;
    return std::nullopt;
}

}  // namespace linli::platform
