#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(Merge) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};

    void hear(std::vector<GuideUpdate::Step> steps) { guide.apply({std::move(steps)}); }
};
// clang-format on

TEST(Merge, PresentFollowingBeatsTheSchedule) {
    hear({schedule({incoming(1, 0, 60, "Match"), incoming(2, 60, 60, "News"), incoming(3, 120, 60, "Film")}),
          present(incoming(1, 0, 90, "Match")), following(incoming(2, 90, 30, "News"))});
    CHECK_TEXT_EQUAL("0-90 Match | 90-120 News | 120-180 Film", shown(guide));
}

TEST(Merge, ScheduleNeverOverwritesPresentFollowing) {
    hear({present(incoming(1, 0, 90, "Match")), following(incoming(2, 90, 30, "News"))});
    hear({schedule({incoming(1, 0, 60, "Old match"), incoming(2, 60, 60, "Old news"), incoming(3, 120, 60, "Film")})});
    CHECK_TEXT_EQUAL("0-90 Match | 90-120 News | 120-180 Film", shown(guide));
}

TEST(Merge, WhatBeginsUnderAnOverrunningEventBeginsAfterIt) {
    hear({schedule({incoming(1, 0, 60, "Match"), incoming(2, 60, 60, "News")}), present(incoming(1, 0, 80, "Match"))});
    CHECK_TEXT_EQUAL("0-80 Match | 80-120 News", shown(guide));
}

TEST(Merge, TheNextStartCutsWhatOverlaps) {
    hear({schedule({incoming(1, 0, 100, "Long"), incoming(2, 60, 30, "Short")})});
    CHECK_TEXT_EQUAL("0-60 Long | 60-90 Short", shown(guide));
}

TEST(Merge, AnEventWithoutDurationLastsUntilTheNext) {
    hear({schedule({incoming(1, 0, 0, "A"), incoming(2, 45, 0, "B"), incoming(3, 600, 0, "C")})});
    // The gap before C is bounded, and so is the last.
    CHECK_TEXT_EQUAL("0-45 A | 45-225 B | 600-660 C", shown(guide));
}

TEST(Merge, TheSameEventMovedIsShownOnce) {
    hear({schedule({incoming(1, 0, 30, "A"), incoming(2, 30, 30, "Talk")}), following(incoming(2, 100, 30, "Talk"))});
    CHECK_TEXT_EQUAL("0-30 A | 100-130 Talk", shown(guide));
}

TEST(Merge, OneIdForEverythingIsNoId) {
    hear({schedule({incoming(1, 0, 30, "A"), incoming(1, 30, 30, "B"), incoming(1, 60, 30, "C")}), present(incoming(1, 0, 30, "A"))});
    CHECK_TEXT_EQUAL("0-30 A | 30-60 B | 60-90 C", shown(guide));
}

TEST(Merge, OfTwoEventsWithOneStartTheEarlierSectionCounts) {
    hear({schedule({incoming(2, 0, 30, "Second")}, 8), schedule({incoming(1, 0, 30, "First")}, 0)});
    CHECK_TEXT_EQUAL("0-30 First", shown(guide));
}

TEST(Merge, TheEitBeatsXmltvWhichFillsTheGaps) {
    hear({XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "X1"), incoming(0, 60, 60, "X2"), incoming(0, 120, 60, "X3")}},
          XmltvEnd{}, schedule({incoming(1, 60, 60, "News")})});
    CHECK_TEXT_EQUAL("0-60 X1 | 60-120 News | 120-180 X3", shown(guide));
}

TEST(Merge, XmltvFillsOnlyWhereMostOfItIsFree) {
    hear({schedule({incoming(1, 0, 55, "A"), incoming(2, 60, 60, "B")}), XmltvBegin{},
          XmltvEvents{kNews, {incoming(0, 5, 55, "A."), incoming(0, 100, 90, "C")}}, XmltvEnd{}});
    CHECK_TEXT_EQUAL("0-55 A | 60-120 B | 120-190 C", shown(guide));
}

TEST(Merge, TheOperatorMayPreferXmltv) {
    guide.set_preference(kNews, Preference::Xmltv);
    hear({schedule({incoming(1, 0, 60, "E1"), incoming(2, 60, 60, "E2")}), XmltvBegin{},
          XmltvEvents{kNews, {incoming(0, 0, 60, "X1")}}, XmltvEnd{}});
    CHECK_TEXT_EQUAL("0-60 X1 | 60-120 E2", shown(guide));
}

TEST(Merge, ThirtyDayEventsAreRefusedAndCounted) {
    hear({schedule({incoming(1, 0, 30 * 24 * 60, "Until further notice"), incoming(2, 0, 24 * 60, "All day")})});
    CHECK_TEXT_EQUAL("0-1440 All day", shown(guide));
    LONGS_EQUAL(1, guide.counters().too_long);
}

TEST(Merge, EventsWithoutTitleAreRefusedAndCounted) {
    hear({schedule({incoming(1, 0, 30, " "), incoming(2, 30, 30, "B")})});
    CHECK_TEXT_EQUAL("30-60 B", shown(guide));
    LONGS_EQUAL(1, guide.counters().without_title);
}

TEST(Merge, WhatIsOverOrTooFarAheadIsRefused) {
    hear({schedule({incoming(1, -300, 30, "Over"), incoming(2, -60, 30, "Just over"), incoming(3, 70 * 24 * 60, 30, "In spring")})});
    CHECK_TEXT_EQUAL("-60--30 Just over", shown(guide));
    LONGS_EQUAL(2, guide.counters().out_of_time);
}

TEST(Merge, OnAnUnknownClockNothingIsOver) {
    clock.set_state(base::ClockState::Unknown);
    clock.set(sys_seconds(seconds(0)));
    hear({schedule({incoming(1, -300, 30, "Early"), incoming(2, 0, 30, "Now")})});
    CHECK_TEXT_EQUAL("-300--270 Early | 0-30 Now", shown(guide));
}

TEST(Merge, AVersionInMidTableLosesNothingThatIsShown) {
    hear({schedule({incoming(1, 0, 60, "A"), incoming(2, 60, 60, "B")}, 0, 1), schedule({incoming(3, 180, 60, "C")}, 8, 1), complete()});
    // The first section of the next version moves B there, where the second one is not here yet.
    hear({schedule({incoming(1, 0, 70, "A")}, 0, 2)});
    CHECK_TEXT_EQUAL("0-70 A | 70-120 B | 180-240 C", shown(guide));
    hear({schedule({incoming(2, 120, 60, "B"), incoming(3, 180, 60, "C")}, 8, 2), complete()});
    CHECK_TEXT_EQUAL("0-70 A | 120-180 B | 180-240 C", shown(guide));
}

TEST(Merge, WhatTheNewVersionLacksGoesWhenItIsComplete) {
    hear({schedule({incoming(1, 0, 60, "A"), incoming(2, 60, 60, "B")}, 0, 1), complete()});
    hear({schedule({incoming(1, 0, 60, "A")}, 0, 2)});
    CHECK_TEXT_EQUAL("0-60 A | 60-120 B", shown(guide));
    hear({complete()});
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(Merge, OfTwoCarriersInOneStreamActualIsBelieved) {
    EventSection other = schedule({incoming(1, 0, 60, "Old")}, 0, 9);
    other.carrier = Carrier::Other;
    hear({other});
    CHECK_TEXT_EQUAL("0-60 Old", shown(guide));
    hear({schedule({incoming(1, 0, 50, "New")}, 0, 3), complete()});
    hear({other});
    CHECK_TEXT_EQUAL("0-50 New", shown(guide));
    // Another stream is tuned to, where the service is the other one.
    hear({InputRestart{}, other, CompleteEvents{kNews, EventTable::Schedule, Carrier::Other}});
    CHECK_TEXT_EQUAL("0-60 Old", shown(guide));
}

TEST(Merge, AnXmltvFileThatBreaksOffLosesNothing) {
    hear({XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "A"), incoming(0, 60, 60, "B")}}, XmltvEnd{}});
    hear({XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "A2")}}});
    CHECK_TEXT_EQUAL("0-60 A2 | 60-120 B", shown(guide));
    hear({XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "A3")}}, XmltvEnd{}});
    CHECK_TEXT_EQUAL("0-60 A3", shown(guide));
}

TEST(Merge, AChannelThatTheXmltvFileLacksLosesWhatOnlyItSaid) {
    hear({XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "A")}}, XmltvEvents{kFilms, {incoming(0, 0, 60, "Film")}}, XmltvEnd{},
          schedule({incoming(1, 60, 60, "From the EIT")})});
    // The file breaks off; then the film channel's programme is another channel's, as the operator says.
    hear({XmltvBegin{}, XmltvEvents{kFilms, {incoming(0, 0, 60, "Film")}}});
    CHECK_TEXT_EQUAL("0-60 A | 60-120 From the EIT", shown(guide));
    auto version = guide.version();
    hear({XmltvBegin{}, XmltvEvents{{1, 16, 103}, {incoming(0, 0, 60, "Film")}}});
    hear({XmltvEnd{}});
    CHECK_TEXT_EQUAL("60-120 From the EIT", shown(guide));
    CHECK_TEXT_EQUAL("", shown(guide, kFilms));
    CHECK_TEXT_EQUAL("0-60 Film", shown(guide, {1, 16, 103}));
    CHECK_TRUE(guide.version() > version);
}
