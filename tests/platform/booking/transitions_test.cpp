#include "platform/booking/transitions.h"

#include <map>
#include <string>
#include <utility>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::platform;
using State = AppointmentState;
using Event = AppointmentEvent;

namespace {

constexpr State kStates[] = {State::Held,      State::Pending, State::Booked,    State::Waiting, State::Offered,
                             State::Fulfilled, State::Missed,  State::Cancelled, State::Expired};
constexpr Event kEvents[] = {Event::Confirm, Event::Change,     Event::Cancel, Event::Agree, Event::CallOff,
                             Event::PlaceCameFree, Event::TimeRanOut, Event::Attend, Event::Miss};

/// The table of docs/appointments.md; what is not in it is refused.
const std::map<std::pair<State, Event>, State> kTable = {
    {{State::Held, Event::Confirm}, State::Booked},      {{State::Held, Event::TimeRanOut}, State::Expired},
    {{State::Held, Event::Cancel}, State::Cancelled},    {{State::Offered, Event::Confirm}, State::Booked},
    {{State::Offered, Event::TimeRanOut}, State::Expired}, {{State::Offered, Event::Cancel}, State::Cancelled},
    {{State::Pending, Event::Cancel}, State::Cancelled}, {{State::Pending, Event::Change}, State::Pending},
    {{State::Pending, Event::Agree}, State::Booked},     {{State::Pending, Event::CallOff}, State::Cancelled},
    {{State::Booked, Event::Cancel}, State::Cancelled},  {{State::Booked, Event::Change}, State::Booked},
    {{State::Booked, Event::CallOff}, State::Cancelled}, {{State::Booked, Event::Attend}, State::Fulfilled},
    {{State::Booked, Event::Miss}, State::Missed},       {{State::Waiting, Event::Cancel}, State::Cancelled},
    {{State::Waiting, Event::PlaceCameFree}, State::Offered},
};

}  // namespace

TEST_GROUP(Transitions){};

TEST(Transitions, EveryStateAndEventIsAsTheManualSays) {
    for (State state : kStates) {
        for (Event event : kEvents) {
            auto found = kTable.find({state, event});
            auto to = after(state, event, Confirmation::Automatic);
            LONGS_EQUAL(found != kTable.end(), to.has_value());
            if (to) CHECK_TEXT_EQUAL(to_name(found->second), to_name(*to));
        }
    }
}

TEST(Transitions, AnOfficeThatConfirmsByHandMakesAConfirmedOnePending) {
    CHECK_TRUE(after(State::Held, Event::Confirm, Confirmation::ByHand) == State::Pending);
    CHECK_TRUE(after(State::Offered, Event::Confirm, Confirmation::ByHand) == State::Pending);
    CHECK_FALSE(after(State::Booked, Event::Confirm, Confirmation::ByHand).has_value());
    CHECK_TRUE(after(State::Pending, Event::Agree, Confirmation::ByHand) == State::Booked);
}

TEST(Transitions, OnlyOpenOnesWithATimeHoldAPlace) {
    std::string holding;
    for (State state : kStates)
        if (holds_place(state)) holding += std::string(to_name(state)) + " ";
    CHECK_TEXT_EQUAL("held pending booked offered ", holding);
}

TEST(Transitions, NamesAreReadBack) {
    for (State state : kStates) CHECK_TRUE(parse_appointment_state(to_name(state)) == state);
    CHECK_FALSE(parse_appointment_state("lost").has_value());
    for (auto confirmation : {Confirmation::Automatic, Confirmation::ByHand})
        CHECK_TRUE(parse_confirmation(to_name(confirmation)) == confirmation);
    CHECK_FALSE(parse_confirmation("maybe").has_value());
}
