#include "epg/guide/guide_receiver.h"

#include <thread>

#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;

// clang-format off
TEST_GROUP(GuideReceiver) {
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    base::SettableClock clock{kEvening};
    Guide guide{clock};
};
// clang-format on

TEST(GuideReceiver, WhatWorkersHearIsInTheGuide) {
    auto file = ChannelFile::read("<channels xmlns='urn:linli:channels:1'><channel service='1.16.101' number='8' guide='xmltv'/></channels>");
    CHECK_GOOD(file);
    guide.set_channels({channel(kNews, 1, "Of before")});
    GuideReceiver receiver(*loop, guide, *file);
    LONGS_EQUAL(8, guide.channels().at(0).number);
    std::thread worker([&, sink = receiver.sink(), events = receiver.event_sink()] {
        GuideListener listener(sink);
        listener.on_services({.source = {.table_id = TableId::ServicesActual}, .stream = 16, .network = 1, .services = {{.id = kNews, .type = 1, .name = "News"}}});
        EitEvent event{.id = 1, .start = kEvening, .duration = std::chrono::minutes(90), .title = "From the EIT"};
        listener.on_events({.source = {.table_id = TableId::EventsScheduleActualFirst}, .service = kNews, .events = {&event, 1}});
        listener.flush();
        events({{XmltvBegin{}, XmltvEvents{kNews, {incoming(0, 0, 60, "From XMLTV")}}, XmltvEnd{}}});
        loop->post([&] { loop->quit(); });
    });
    loop->run();
    worker.join();
    CHECK_TEXT_EQUAL("News", guide.channel_of_number(8)->name);
    CHECK_TEXT_EQUAL("0-60 From XMLTV", shown(guide));
}

TEST(GuideReceiver, ChannelsPastTheLimitAreCountedWithTheGuides) {
    GuideReceiver receiver(*loop, guide, {});
    ServiceDescriptions table{.source = {.table_id = TableId::ServicesActual}, .stream = 16, .network = 1};
    for (std::uint16_t i = 0; i < ChannelList::kMostServices + 3; ++i) table.services.push_back({.id = {1, 16, i}, .type = 1, .name = "S"});
    receiver.sink()({.events = {}, .services = {table}});
    loop->post([&] { loop->quit(); });
    loop->run();
    LONGS_EQUAL(ChannelList::kMostServices, guide.channels().size());
    LONGS_EQUAL(3, receiver.counters().past_limits);
}
