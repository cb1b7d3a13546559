#include "simulator/stream/headend/channel_plan.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "simulator/stream/headend/si_carousel.h"
#include "simulator/stream/si/si_writer.h"
#include "tests/simulator/stream/dvbpsi_reader.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;
using namespace linli::tests;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr sys_days kSaturday{2026y / November / 28};

ChannelPlan sample(const char* name) {
    auto plan = ChannelPlan::read(std::string(LINLI_SOURCE_DIR "/simulator/samples/") + name);
    CHECK_GOOD(plan);
    return *plan;
}

std::string refusal(std::string_view text) {
    TemporaryFolder folder;
    auto file = folder.path() / "channels.xml";
    CHECK_GOOD(base::write_file_atomically(file, text));
    auto plan = ChannelPlan::read(file);
    CHECK_FALSE(plan.has_value());
    std::string message = plan.error().message;
    return message.substr(message.find(": ") + 2);
}

std::string channels(std::string_view inner) {
    return "<channels xmlns=\"urn:linli:channels:1\">" + std::string(inner) + "</channels>";
}

BroadcastEncoding encoding(std::string_view attributes) {
    TemporaryFolder folder;
    auto file = folder.path() / "channels.xml";
    std::string text = "<channels xmlns=\"urn:linli:channels:1\" " + std::string(attributes) +
                       "><channel service=\"101\" name=\"A\"><p at=\"00:00\" title=\"B\"/></channel></channels>";
    CHECK_GOOD(base::write_file_atomically(file, text));
    auto plan = ChannelPlan::read(file);
    CHECK_GOOD(plan);
    return plan->encoding;
}

}  // namespace

TEST_GROUP(ChannelPlan) {};

TEST(ChannelPlan, TextsAreWrittenInAnyEncodingAndMayClaimAnother) {
    CHECK_TEXT_EQUAL("UTF-8", encoding("").charset);
    CHECK_TEXT_EQUAL("ISO-8859-5", encoding("encoding='iso8859-5'").charset);
    CHECK_TEXT_EQUAL("\x01", encoding("encoding='iso8859-5'").selector);
    CHECK_TEXT_EQUAL("", encoding("encoding='big5' mark='none'").selector);
    CHECK_TEXT_EQUAL("UTF-8", encoding("encoding='utf8' mark='gb2312'").charset);
    CHECK_TEXT_EQUAL("\x13", encoding("encoding='utf8' mark='gb2312'").selector);
}

TEST(ChannelPlan, TheSamplesFillEveryMinuteOfAWeek) {
    for (const char* name : {"city-channels.xml", "english-channels.xml"}) {
        ChannelPlan plan = sample(name);
        for (const PlannedChannel& channel : plan.channels) {
            auto events = plan.events(channel, kSaturday, 7);
            CHECK_TRUE(*events.front().start <= kSaturday - plan.offset + 2h);
            for (std::size_t i = 1; i < events.size(); ++i) {
                CHECK_TRUE(*events[i - 1].start + *events[i - 1].duration == *events[i].start);
                CHECK_TRUE(events[i].id != events[i - 1].id);
            }
            CHECK_TRUE(*events.back().start + *events.back().duration == kSaturday + days(7) - plan.offset);
        }
    }
}

TEST(ChannelPlan, ADayIsTheSameWhateverIsAskedFor) {
    ChannelPlan plan = sample("city-channels.xml");
    auto week = plan.events(plan.channels.front(), kSaturday, 7);
    auto later = plan.events(plan.channels.front(), kSaturday + days(2), 1);
    auto same = std::ranges::find(week, later.front().start, &SiEvent::start);
    CHECK_TRUE(same != week.end());
    for (const SiEvent& event : later) {
        LONGS_EQUAL(event.id, same->id);
        CHECK_TEXT_EQUAL(event.title, same->title);
        ++same;
    }
}

TEST(ChannelPlan, PartsAreCountedAndDaysChosen) {
    ChannelPlan plan = sample("english-channels.xml");
    auto first = plan.events(plan.channels.front(), kSaturday, 2);
    auto is_school = [](const SiEvent& event) { return event.title.starts_with("The Lighthouse School"); };
    auto one = std::ranges::find_if(first, is_school), two = std::find_if(std::next(one), first.end(), is_school);
    CHECK_TRUE(one->title != two->title);
    CHECK_TRUE(one->title.find('{') == std::string::npos);
}

TEST(ChannelPlan, MistakesAreNamedWithTheirPlace) {
    CHECK_TEXT_EQUAL("line 1, column 1: <list>: expected <channels xmlns=\"urn:linli:channels:1\">", refusal("<list/>"));
    CHECK_TEXT_EQUAL("line 1, column 1: <channels>: expected at least one <channel>", refusal(channels("")));
    CHECK_TEXT_EQUAL("line 1, column 40: <channel>: expected service, a number from 1 to 65535", refusal(channels("<channel/>")));
    CHECK_TEXT_EQUAL("line 1, column 61: <p>: expected at=\"19:30\"",
                     refusal(channels("<channel service=\"1\"><p at=\"25:00\" title=\"x\"/></channel>")));
    CHECK_TEXT_EQUAL("line 1, column 61: <p>: expected days such as \"mon tue\"",
                     refusal(channels("<channel service=\"1\"><p at=\"20:00\" days=\"someday\" title=\"x\"/></channel>")));
}

TEST_GROUP(SiCarousel) {
    ChannelPlan plan = sample("english-channels.xml");

    /// What is sent on a PID in the first seconds, as libdvbpsi reads it.
    std::string read(std::uint16_t pid, sys_seconds begin, seconds length = 10s) {
        std::vector<Multiplexer::Program> programs;
        for (const SiService& service : plan.multiplex().services) programs.push_back({service, {}});
        Multiplexer multiplexer(programs, 2'000'000);
        SiCarousel carousel(plan, begin);
        Bytes packets;
        while (multiplexer.now() < length) {
            carousel.feed(multiplexer);
            Bytes packet = multiplexer.next();
            unsigned at = (std::to_integer<unsigned>(packet[1]) << 8 | std::to_integer<unsigned>(packet[2])) & 0x1FFF;
            if (at == pid) packets.insert(packets.end(), packet.begin(), packet.end());
        }
        return read_with_dvbpsi(packets, pid);
    }
};

TEST(SiCarousel, TellsWhatIsOnNow) {
    std::string text = read(si_pid::kEit, sys_seconds(kSaturday) + 12h + 10min);
    CHECK_TRUE(text.find("EIT 4e 31.1.11 to 4e\n") != text.npos);
    CHECK_TRUE(text.find("running 4 eng \x15Midday News/") != text.npos);
    CHECK_TRUE(text.find("EIT 50 31.1.14 to 51\n") != text.npos);
}

TEST(SiCarousel, WhatIsOnGoesWithTheClock) {
    std::string text = read(si_pid::kEit, sys_seconds(kSaturday) + 12h + 29min + 55s);
    CHECK_TRUE(text.find("running 4 eng \x15Midday News/") != text.npos);
    CHECK_TRUE(text.find("running 4 eng \x15One-Pot Kitchen/") != text.npos);
}

TEST(SiCarousel, TellsServicesNetworkAndTime) {
    sys_seconds begin = sys_seconds(kSaturday) + 12h;
    CHECK_TRUE(read(si_pid::kSdt, begin).find("SDT 42 31.1\n 11 p/f schedule running 4 service 1 ") != std::string::npos);
    CHECK_TRUE(read(si_pid::kNit, begin).find("NIT 31 name \x15Millbrook Cable\n") != std::string::npos);
    CHECK_TRUE(read(si_pid::kTime, begin).find("TOT 73 efbc1200") != std::string::npos);
}
