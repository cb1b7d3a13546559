#include "middleware/input/key_filter.h"

#include "middleware/base/format.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::input;
using namespace std::chrono_literals;
using Action = KeyFilter::Action;

namespace {

struct Event {
    int at;  // ms
    Key key;
    Action action;
    bool acts;
};

void check(KeyFilter filter, std::initializer_list<Event> events) {
    for (const Event& event : events) {
        bool acts = filter.accept(event.key, event.action,
                                  KeyFilter::Instant(std::chrono::milliseconds(event.at)));
        CHECK_TRUE_TEXT(acts == event.acts,
                        base::format("{} at {} ms", key_name(event.key), event.at).c_str());
    }
}

constexpr Action kPress = Action::Press, kRepeat = Action::Repeat, kRelease = Action::Release;

}  // namespace

// clang-format off
TEST_GROUP(KeyFilter) {};
// clang-format on

TEST(KeyFilter, ActsWhenTheKeyGoesDown) {
    check(KeyFilter(), {{10'000, Key::Ok, kPress, true}, {10'100, Key::Ok, kRelease, false}});
}

TEST(KeyFilter, TakesTheSameKeyWithinAQuarterSecondForOnePress) {
    check(KeyFilter(), {{10'000, Key::Ok, kPress, true},
                        {10'050, Key::Ok, kRelease, false},
                        {10'249, Key::Ok, kPress, false},
                        {10'250, Key::Ok, kPress, true}});
}

TEST(KeyFilter, TakesTwoKeysForTwoPresses) {
    check(KeyFilter(), {{10'000, Key::Digit1, kPress, true},
                        {10'020, Key::Digit2, kPress, true},
                        {10'040, Key::Digit1, kPress, true}});
}

TEST(KeyFilter, RepeatsAHeldArrowAfterHalfASecond) {
    check(KeyFilter(), {{10'000, Key::Down, kPress, true},
                        {10'300, Key::Down, kRepeat, false},
                        {10'499, Key::Down, kRepeat, false},
                        {10'500, Key::Down, kRepeat, true},
                        {10'530, Key::Down, kRepeat, true},
                        {10'600, Key::Down, kRelease, false}});
}

TEST(KeyFilter, NeverRepeatsAnythingElse) {
    for (Key key : {Key::Ok, Key::Back, Key::Home, Key::Digit1, Key::Red, Key::PageDown,
                    Key::ChannelUp, Key::Menu})
        check(KeyFilter(), {{10'000, key, kPress, true},
                            {10'600, key, kRepeat, false},
                            {15'000, key, kRepeat, false}});
}

TEST(KeyFilter, ActsOnAPressWithoutAReleaseBefore) {
    // Many receivers never tell of a release.
    check(KeyFilter(), {{10'000, Key::Down, kPress, true},
                        {10'400, Key::Down, kPress, true},
                        {10'800, Key::Ok, kPress, true}});
}

TEST(KeyFilter, ActsOnTheFirstKeyAtOnceHoweverEarly) {
    check(KeyFilter(), {{0, Key::Ok, kPress, true}});
}

TEST(KeyFilter, FollowsTheHandOfTheViewer) {
    check(KeyFilter({.same_key_within = 0ms, .repeat_after = 2000ms}),
          {{10'000, Key::Ok, kPress, true},
           {10'001, Key::Ok, kPress, true},
           {11'000, Key::Down, kPress, true},
           {12'999, Key::Down, kRepeat, false},
           {13'000, Key::Down, kRepeat, true}});
    check(KeyFilter({.same_key_within = 750ms, .repeat_after = 300ms}),
          {{10'000, Key::Ok, kPress, true},
           {10'749, Key::Ok, kPress, false},
           {10'750, Key::Ok, kPress, true},
           {11'000, Key::Up, kPress, true},
           {11'300, Key::Up, kRepeat, true}});
}

TEST(KeyFilter, HeldKeyThatWasSwallowedDoesNotRepeat) {
    check(KeyFilter(), {{10'000, Key::Down, kPress, true},
                        {10'100, Key::Down, kRelease, false},
                        {10'200, Key::Down, kPress, false},
                        {10'210, Key::Down, kRepeat, false}});
}
