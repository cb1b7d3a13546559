#include "tests/epg/guide/guide_samples.h"

#include <algorithm>
#include <random>

#include "epg/guide/schedule.h"
#include "epg/guide/schedule_book.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(Guide) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};

    void hear(std::vector<GuideUpdate::Step> steps) { guide.apply({std::move(steps)}); }
    std::string now_and_next(int minute) {
        auto both = guide.now_and_next(kNews, kEvening + minutes(minute));
        return (both.now ? text_of(*both.now) : "-") + " then " + (both.next ? text_of(*both.next) : "-");
    }
};
// clang-format on

TEST(Guide, ChannelsComeByNumberTheCommunitysFirst) {
    Channel community = channel({1, 16, 109}, 99, "Community");
    community.is_community = true;
    guide.set_channels({channel({1, 16, 103}, 0, "No number"), channel(kFilms, 7, "Films"), community, channel(kNews, 1, "News")});
    std::string names;
    for (const Channel& one : guide.channels()) names += one.name + " ";
    CHECK_TEXT_EQUAL("Community News Films No number ", names);
    CHECK_TEXT_EQUAL("Films", guide.channel_of_number(7)->name);
    CHECK_TEXT_EQUAL("News", guide.channel(kNews)->name);
    POINTERS_EQUAL(nullptr, guide.channel_of_number(0));
    POINTERS_EQUAL(nullptr, guide.channel({2, 2, 2}));
}

TEST(Guide, NowAndNextKnowGaps) {
    hear({schedule({incoming(1, 0, 30, "A"), incoming(2, 40, 20, "B")})});
    CHECK_TEXT_EQUAL("- then 0-30 A", now_and_next(-10));
    CHECK_TEXT_EQUAL("0-30 A then 40-60 B", now_and_next(0));
    CHECK_TEXT_EQUAL("- then 40-60 B", now_and_next(30));
    CHECK_TEXT_EQUAL("40-60 B then -", now_and_next(59));
    CHECK_TEXT_EQUAL("- then -", now_and_next(60));
}

TEST(Guide, APresentEventThatRunsOnIsStillNow) {
    IncomingEvent match = incoming(1, 0, 60, "Match");
    match.running = Running::Yes;
    hear({present(match), following(incoming(2, 60, 30, "News"))});
    CHECK_TEXT_EQUAL("0-60 Match then 60-90 News", now_and_next(65));
    CHECK_TEXT_EQUAL("- then -", now_and_next(95));
    match.running = Running::OffAir;
    hear({present(match, 1)});
    CHECK_TEXT_EQUAL("60-90 News then -", now_and_next(65));
}

TEST(Guide, AnEventIsFoundByItsKeyWithItsDescription) {
    IncomingEvent news = incoming(1, 0, 30, "News");
    news.summary = "Of the city";
    news.description = "What the council decided.";
    news.genre = Genre::News;
    news.minimum_age = 6;
    hear({schedule({news})});
    auto event = guide.event({kNews, kEvening});
    CHECK_TRUE(event.has_value());
    CHECK_TEXT_EQUAL("Of the city", event->summary);
    CHECK_TEXT_EQUAL("What the council decided.", event->description);
    CHECK_TRUE(event->genre == Genre::News);
    LONGS_EQUAL(6, event->minimum_age);
    CHECK_TEXT_EQUAL("", guide.events(kNews, kEvening, kEvening + hours(1)).front().description);
    CHECK_FALSE(guide.event({kNews, kEvening + minutes(1)}).has_value());
    CHECK_FALSE(guide.event({kFilms, kEvening}).has_value());
}

TEST(Guide, ListsGoOverAllChannels) {
    guide.set_channels({channel(kNews, 1, "News"), channel(kFilms, 2, "Films")});
    Event film{.channel = kFilms, .start = kEvening, .duration = hours(2), .title = "A film", .genre = Genre::Film};
    Event later = film;
    later.start += hours(2);
    later.title = "Another";
    Event news{.channel = kNews, .start = kEvening, .duration = hours(1), .title = "News", .genre = Genre::News};
    guide.apply(GuideUpdate::of_events({film, later, news}));
    CHECK_TEXT_EQUAL("0-60 News | 0-120 A film", text_of(guide.on_air_at(kEvening + minutes(30))));
    CHECK_TEXT_EQUAL("0-120 A film | 120-240 Another", text_of(guide.of_genre(Genre::Film, kEvening, kEvening + hours(9), 10)));
    CHECK_TEXT_EQUAL("0-120 A film", text_of(guide.of_genre(Genre::Film, kEvening, kEvening + hours(9), 1)));
    CHECK_TRUE(guide.known_until(kFilms) == kEvening + hours(4));
    CHECK_FALSE(guide.known_until({9, 9, 9}).has_value());
}

TEST(Guide, TheVersionCountsWhatAReaderCouldSee) {
    auto section = schedule({incoming(1, 0, 30, "A")});
    hear({section});
    auto version = guide.version();
    hear({section, complete()});
    section.version = 5;
    hear({section, complete()});
    LONGS_EQUAL(version, guide.version());
    section.events[0].title = "B";
    hear({section});
    CHECK_TRUE(guide.version() > version);
}

TEST(Guide, WhatIsOverIsForgotten) {
    hear({schedule({incoming(1, 0, 30, "A"), incoming(2, 30, 600, "B")})});
    clock.set(kEvening + hours(6));
    guide.prune();
    CHECK_TEXT_EQUAL("30-630 B", shown(guide));
}

TEST(Guide, AnEventThatMovedIsFoundByItsId) {
    hear({schedule({incoming(7, 0, 30, "A"), incoming(8, 30, 30, "B"), incoming(7, 24 * 60, 30, "A again")})});
    CHECK_TEXT_EQUAL("0-30 A", text_of(*guide.event_of_id(kNews, 7, kEvening + hours(2), hours(24))));
    CHECK_FALSE(guide.event_of_id(kNews, 7, kEvening + hours(2), hours(1)).has_value());
}

TEST(Guide, MoreChannelsAndEventsThanAreKeptAreCounted) {
    EventSection section = schedule({});
    for (int i = 0; i < 5000; ++i) section.events.push_back(incoming(static_cast<std::uint16_t>(i), i * 10, 10, "E"));
    hear({section});
    LONGS_EQUAL(5000 - Schedule::kMostClaims, guide.counters().past_limits);
    CHECK_TRUE(guide.known_until(kNews) == kEvening + minutes(40960));
}

TEST(Guide, AThousandServicesAreShown) {
    std::vector<Channel> channels;
    for (std::uint16_t i = 1; i <= 1000; ++i) channels.push_back(channel({1, static_cast<std::uint16_t>(i % 40), i}, i, "Channel"));
    guide.set_channels(channels);
    for (const Channel& one : channels) {
        EventSection section = schedule({incoming(1, 0, 30, "News"), incoming(2, 30, 90, "Film")});
        section.service = one.id;
        hear({section, CompleteEvents{one.id}});
    }
    LONGS_EQUAL(0, guide.counters().past_limits);
    LONGS_EQUAL(1000, guide.on_air_at(kEvening).size());
    for (const Channel& one : channels) CHECK_TEXT_EQUAL("0-30 News | 30-120 Film", shown(guide, one.id));
    LONGS_EQUAL(1000, guide.channel_of_number(1000)->number);
}

TEST(Guide, ServicesPastTheLimitHaveNoProgrammeAndAreCounted) {
    for (std::uint16_t i = 0; i < ScheduleBook::kMostServices + 5; ++i) {
        EventSection section = schedule({incoming(1, 0, 30, "News")});
        section.service = {1, 16, i};
        hear({section});
    }
    LONGS_EQUAL(5, guide.counters().past_limits);
    CHECK_TEXT_EQUAL("0-30 News", shown(guide, {1, 16, ScheduleBook::kMostServices - 1}));
    CHECK_TEXT_EQUAL("", shown(guide, {1, 16, ScheduleBook::kMostServices}));
}

TEST(Guide, MoreThanFitsInMemoryIsRefusedAndCounted) {
    // Of 32 channels each a megabyte and two thirds of summaries, of which all differ.
    std::vector<IncomingEvent> events;
    for (int i = 0; i < 850; ++i) {
        events.push_back(incoming(static_cast<std::uint16_t>(i), i * 30, 30, "E"));
        events.back().summary = std::to_string(i) + std::string(2000, 's');
    }
    std::uint16_t heard = 0, kept = 0;
    for (; heard < 32; ++heard) {
        EventSection section = schedule(events);
        section.service = {1, 16, heard};
        hear({section});
    }
    for (std::uint16_t i = 0; i < heard; ++i) kept += !guide.events({1, 16, i}, kEvening, kEvening + hours(1)).empty();
    CHECK_TRUE(kept > 16 && kept < heard);
    LONGS_EQUAL(heard - kept, guide.counters().past_limits);
    CHECK_TRUE(kept * 850u * 2000 < ScheduleBook::kMostBytes);
    // What is there may still become less, and then there is room again.
    EventSection less = schedule({incoming(1, 0, 30, "Less")});
    less.service = {1, 16, 0};
    EventSection more = schedule(events);
    more.service = {1, 16, static_cast<std::uint16_t>(heard - 1)};
    more.version = 1;
    hear({less, CompleteEvents{less.service}});
    hear({more});
    CHECK_TEXT_EQUAL("0-30 Less", shown(guide, less.service));
    CHECK_FALSE(shown(guide, more.service).empty());
}

TEST(Guide, AStoredScheduleIsCheckedAsAWhole) {
    std::vector<Claim> claims;
    for (std::uint32_t i = 0; i < 20; ++i)
        claims.push_back({.id = 3, .start = 1000 + i * 60, .duration = 60, .title = i % 2 ? "News" : "Film", .summary = "s"});
    auto made = Schedule::make(claims, Preference::Eit);
    std::string bytes(made->bytes());
    auto read = Schedule::read(bytes);
    CHECK_GOOD(read);
    CHECK_TRUE((*read)->shows_the_same_as(*made));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] ^= 0x10;
        CHECK_FALSE(Schedule::read(damaged).has_value());
        CHECK_FALSE(Schedule::read(bytes.substr(0, i)).has_value());
    }
}

/// A property: what is shown depends on the set of sections alone.
TEST(Guide, AnyOrderAndAnyRepetitionOfTheSameSectionsGivesTheSameGuide) {
    std::mt19937 random(20261123);
    auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int round = 0; round < 60; ++round) {
        std::vector<EventSection> sections;
        int at = 0;
        for (int s = 0; s < 12; ++s) {
            std::vector<IncomingEvent> events;
            for (int i = number(6); i > 0; --i) {
                // Overlaps, repetitions, gaps and events without duration or title.
                events.push_back(incoming(static_cast<std::uint16_t>(number(40)), at + number(40) - 20, number(50), number(9) ? "T" + std::to_string(number(12)) : ""));
                at += number(45);
            }
            auto section = schedule(events, static_cast<std::uint8_t>(s % 6 * 8), 4);
            section.table_index = static_cast<std::uint8_t>(s / 6);
            sections.push_back(section);
        }
        sections.push_back(present(incoming(static_cast<std::uint16_t>(number(40)), -number(30), 20 + number(90), "Now"), 2));
        sections.push_back(following(incoming(static_cast<std::uint16_t>(number(40)), 60 + number(60), 60, "Next"), 2));
        std::string expected;
        for (int order = 0; order < 8; ++order) {
            Guide other(clock);
            std::vector<EventSection> sent = sections;
            for (int i = number(20); i > 0; --i) sent.push_back(sections[static_cast<std::size_t>(number(static_cast<int>(sections.size())))]);
            std::ranges::shuffle(sent, random);
            // In batches of any size.
            GuideUpdate update;
            for (EventSection& section : sent) {
                update.steps.push_back(std::move(section));
                if (number(3) == 0) other.apply(std::exchange(update, {}));
            }
            other.apply(update);
            if (order == 0) expected = shown(other);
            CHECK_TEXT_EQUAL(expected, shown(other));
        }
    }
}
