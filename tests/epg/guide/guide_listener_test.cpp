#include "epg/guide/guide_listener.h"

#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(GuideListener) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};
    std::vector<GuideBatch> batches;
    GuideListener listener{[this](GuideBatch batch) {
        guide.apply(batch.events);
        batches.push_back(std::move(batch));
    }};

    void hear(TableId table, std::uint8_t section, const EitEvent& event) {
        EventInformation events{.source = {.table_id = table, .section = section}, .service = kNews};
        events.events = {&event, 1};
        listener.on_events(events);
    }
};
// clang-format on

TEST(GuideListener, TablesBecomeWhatTheGuideShows) {
    EitEvent match{.id = 1, .start = kEvening, .duration = minutes(90), .title = "Match", .content = 0x43};
    EitEvent news{.id = 2, .start = kEvening + minutes(60), .duration = minutes(60), .title = "News", .summary = "s", .description = "d"};
    EitEvent nothing{.id = 3, .title = "A reference event"};
    hear(TableId::EventsScheduleActualFirst, 0, news);
    hear(TableId::EventsScheduleActualFirst, 8, nothing);
    hear(TableId::EventsPresentFollowingActual, 0, match);
    CHECK_TEXT_EQUAL("", shown(guide));
    listener.flush();
    CHECK_TEXT_EQUAL("0-90 Match | 90-120 News", shown(guide));
    // What has no start has no place, and is counted.
    LONGS_EQUAL(1, guide.counters().out_of_time);
    CHECK_TRUE(guide.now_and_next(kNews, kEvening).now->genre == Genre::Sports);
    CHECK_TEXT_EQUAL("d", guide.event({kNews, kEvening + minutes(90)})->description);
}

TEST(GuideListener, AScheduleIsCompleteWithItsLastTable) {
    CompleteTable table{.source = {.table_id = TableId::EventsScheduleOtherFirst}, .extension = 101, .stream = 16, .network = 1};
    listener.on_complete(table);
    listener.flush();
    LONGS_EQUAL(0, batches.size());
    table.is_whole_schedule = true;
    listener.on_complete(table);
    listener.flush();
    auto complete = std::get<CompleteEvents>(batches.at(0).events.steps.at(0));
    CHECK_TRUE(complete.service == kNews && complete.table == EventTable::Schedule && complete.carrier == Carrier::Other);
}

TEST(GuideListener, ServicesGoTheirOwnWay) {
    listener.on_services({});
    listener.on_network({});
    listener.on_programs({});
    listener.on_complete({.source = {.table_id = TableId::ServicesActual}});
    listener.on_restart();
    listener.flush();
    LONGS_EQUAL(4, batches.at(0).services.size());
    LONGS_EQUAL(1, batches.at(0).events.steps.size());
}

TEST(GuideListener, ManySectionsBecomeSeveralBatches) {
    for (std::size_t i = 0; i < 2 * GuideListener::kMostSteps + 1; ++i) listener.on_restart();
    LONGS_EQUAL(2, batches.size());
    listener.flush();
    LONGS_EQUAL(3, batches.size());
}
