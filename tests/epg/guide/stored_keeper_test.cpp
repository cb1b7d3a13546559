#include "epg/guide/stored_keeper.h"

#include <fstream>

#include "epg/guide/text_key.h"
#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(StoredKeeper) {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "guide.db";
    base::SettableClock clock{kEvening};
    std::unique_ptr<base::Log> log = base::make_silent_log();
    StoredKeeper* keeper = nullptr;

    std::unique_ptr<Guide> open(StoredKeeper::Limits limits = {}) {
        auto made = std::make_unique<StoredKeeper>(file, *log, limits);
        keeper = made.get();
        return std::make_unique<Guide>(clock, std::move(made));
    }
    static GuideUpdate two_events(const std::string& description = "Long words") {
        auto film = incoming(2, 30, 90, "Film");
        film.description = description;
        return {{schedule({incoming(1, 0, 30, "News"), film}), complete()}};
    }
    std::string damaged() const { return file.string() + ".damaged"; }
};
// clang-format on

TEST(StoredKeeper, AGuideIsThereAgainAfterARestart) {
    {
        auto guide = open();
        guide->set_channels({channel(kFilms, 2, "Films"), channel(kNews, 1, "News")});
        guide->apply(two_events());
    }
    auto guide = open();
    CHECK_TEXT_EQUAL("0-30 News | 30-120 Film", shown(*guide));
    CHECK_TEXT_EQUAL("Long words", guide->event({kNews, kEvening + minutes(30)})->description);
    LONGS_EQUAL(2, guide->channels().size());
    CHECK_TEXT_EQUAL("News", guide->channels()[0].name);
    CHECK_TEXT_EQUAL("", keeper->trouble());
    // What is heard now counts more than what was kept.
    guide->apply({{schedule({incoming(2, 20, 90, "Film")})}});
    CHECK_TEXT_EQUAL("0-20 News | 20-110 Film", shown(*guide));
}

TEST(StoredKeeper, WhatTheXmltvFileDoesNotSayAnyMoreStaysAwayAfterARestart) {
    auto file_of = [](std::vector<GuideUpdate::Step> steps) {
        steps.insert(steps.begin(), XmltvBegin{});
        steps.push_back(XmltvEnd{});
        return GuideUpdate{std::move(steps)};
    };
    {
        auto guide = open();
        guide->apply(two_events());
        guide->apply(file_of({XmltvEvents{kNews, {incoming(0, 120, 60, "X")}}, XmltvEvents{kFilms, {incoming(0, 0, 60, "Film")}}}));
        CHECK_TEXT_EQUAL("0-30 News | 30-120 Film | 120-180 X", shown(*guide));
    }
    // Read to its end while nobody has asked for these channels yet.
    for (int run = 0; run < 2; ++run) {
        auto guide = open();
        if (run == 0) guide->apply(file_of({XmltvEvents{{1, 16, 103}, {incoming(0, 0, 60, "Other")}}}));
        CHECK_TEXT_EQUAL("0-30 News | 30-120 Film", shown(*guide));
        CHECK_TEXT_EQUAL("", shown(*guide, kFilms));
        CHECK_TEXT_EQUAL("0-60 Other", shown(*guide, {1, 16, 103}));
    }
    // And while they are in memory.
    {
        auto guide = open();
        CHECK_TEXT_EQUAL("0-60 Other", shown(*guide, {1, 16, 103}));
        guide->apply(file_of({}));
        CHECK_TEXT_EQUAL("", shown(*guide, {1, 16, 103}));
    }
    CHECK_TEXT_EQUAL("", shown(*open(), {1, 16, 103}));
}

TEST(StoredKeeper, ADescriptionIsThereBeforeItIsWritten) {
    auto guide = open();
    guide->apply(two_events());
    CHECK_TEXT_EQUAL("Long words", guide->event({kNews, kEvening + minutes(30)})->description);
    keeper->flush();
    CHECK_TEXT_EQUAL("Long words", guide->event({kNews, kEvening + minutes(30)})->description);
}

TEST(StoredKeeper, ADamagedFileIsMovedAsideBegunAnewAndTold) {
    std::ofstream(file) << std::string(20'000, 'x');
    {
        auto guide = open();
        CHECK_TRUE(std::filesystem::exists(damaged()));
        STRCMP_CONTAINS("was damaged", keeper->trouble().c_str());
        guide->apply(two_events());
    }
    CHECK_TEXT_EQUAL("0-30 News | 30-120 Film", shown(*open()));
}

TEST(StoredKeeper, DamageInsideTheFileCostsAtMostTheGuide) {
    {
        auto guide = open();
        guide->set_channels({channel(kNews, 1, "News")});
        guide->apply(two_events(std::string(50'000, 'd')));
    }
    auto size = std::filesystem::file_size(file);
    for (std::uintmax_t at = 0; at < size; at += 4096) {
        std::filesystem::copy_file(file, folder.path() / "copy.db");
        {
            std::fstream bytes(folder.path() / "copy.db", std::ios::in | std::ios::out | std::ios::binary);
            bytes.seekp(static_cast<std::streamoff>(at));
            bytes << std::string(4096, '\xA5');
        }
        {
            auto made = std::make_unique<StoredKeeper>(folder.path() / "copy.db", *log);
            StoredKeeper& its = *made;
            Guide guide(clock, std::move(made));
            guide.apply({{schedule({incoming(1, 0, 30, "Again")}), complete()}});
            guide.event({kNews, kEvening});
            its.flush();
            CHECK_TEXT_EQUAL("0-30 Again", shown(guide));
        }
        for (const char* suffix : {"", "-wal", "-shm", ".damaged"}) std::filesystem::remove(folder.path() / (std::string("copy.db") + suffix));
    }
}

TEST(StoredKeeper, WithoutADiskTheGuideWorksInMemory) {
    std::ofstream(folder.path() / "plain") << "no folder";
    file = folder.path() / "plain" / "guide.db";
    auto guide = open();
    guide->apply(two_events());
    keeper->flush();
    CHECK_TEXT_EQUAL("0-30 News | 30-120 Film", shown(*guide));
    STRCMP_CONTAINS("the guide is not kept", keeper->trouble().c_str());
}

TEST(StoredKeeper, AFullDiskIsToldAndTheGuideWorksOn) {
    auto guide = open();
    guide->apply(two_events());
    keeper->flush();
    {
        FullDisk full(64 * 1024);
        guide->apply({{schedule({incoming(1, 0, 40, "Now")}, 8), complete()}});
        auto long_one = incoming(3, 300, 30, "Long");
        GuideUpdate update{{schedule({}, 16)}};
        for (int i = 0; i < 40; ++i) {
            long_one.description = std::string(15'000, static_cast<char>('a' + i % 26)) + std::to_string(i);
            std::get<EventSection>(update.steps[0]).events.push_back(long_one);
        }
        guide->apply(update);
        keeper->flush();
        STRCMP_CONTAINS("the guide is not kept", keeper->trouble().c_str());
    }
    STRCMP_CONTAINS("Long", shown(*guide).c_str());
    guide->apply({{schedule({incoming(4, 400, 30, "After")}, 24), complete()}});
    keeper->flush();
    STRCMP_CONTAINS("After", shown(*open()).c_str());
}

TEST(StoredKeeper, AFileOfAnotherVersionIsBegunAnew) {
    open()->apply(two_events());
    {
        auto database = storage::Database::open(file, storage::OpenMode::ReadWrite);
        CHECK_GOOD(database);
        CHECK_GOOD(database->run("PRAGMA user_version = 99; CREATE TABLE later(a)"));
    }
    auto guide = open();
    CHECK_TEXT_EQUAL("", shown(*guide));
    guide->apply(two_events());
    keeper->flush();
    CHECK_TEXT_EQUAL("", keeper->trouble());
}

TEST(StoredKeeper, DescriptionsThatNoScheduleHasAreSwept) {
    auto store = GuideStore::open(file);
    CHECK_GOOD(store);
    GuideChanges changes;
    changes.descriptions = {{text_key("used"), "used"}, {text_key("unused"), "unused"}};
    changes.schedules[kNews] = Schedule::make({{.start = 1000, .duration = 60, .description = text_key("used"), .title = "T"}}, Preference::Eit);
    CHECK_GOOD(store->write(changes));
    changes.descriptions = {{text_key("coming"), "coming"}};
    CHECK_GOOD(store->write(changes));
    changes.schedules[kFilms] = Schedule::make({{.start = 1000, .duration = 60, .description = text_key("coming"), .title = "T"}}, Preference::Eit);
    CHECK_GOOD(store->sweep(changes));
    CHECK_TEXT_EQUAL("used", *store->description(text_key("used")));
    CHECK_TEXT_EQUAL("coming", *store->description(text_key("coming")));
    CHECK_TEXT_EQUAL("", *store->description(text_key("unused")));
}

TEST(StoredKeeper, TheSweepComesAgain) {
    auto guide = open({.swept_every = seconds(0)});
    for (const char* words : {"First", "Second", "Third"}) {
        guide->apply(two_events(words));
        keeper->flush();
    }
    // Once more, after the third has taken the second one's place.
    keeper->keep_channels({});
    keeper->flush();
    auto store = GuideStore::open(file);
    CHECK_GOOD(store);
    CHECK_TEXT_EQUAL("", *store->description(text_key("First")));
    CHECK_TEXT_EQUAL("", *store->description(text_key("Second")));
    CHECK_TEXT_EQUAL("Third", *store->description(text_key("Third")));
}

TEST(StoredKeeper, AFullFileIsSweptAndWrittenAgain) {
    // A guide that changes its words all the time, in a file that holds them three times.
    auto guide = open({.pages = 100});
    for (char words = 'a'; words < 'e'; ++words) {
        std::vector<IncomingEvent> events;
        for (int i = 0; i < 8; ++i) {
            events.push_back(incoming(static_cast<std::uint16_t>(i), i * 30, 30, std::string(1, words)));
            events.back().description = std::string(15'000, words) + std::to_string(i);
        }
        guide->apply({{schedule(events, 0, static_cast<std::uint8_t>(words - 'a')), complete()}});
        keeper->flush();
        CHECK_TEXT_EQUAL("", keeper->trouble());
    }
    guide = open();
    CHECK_TEXT_EQUAL("d", guide->event({kNews, kEvening})->title);
    CHECK_TEXT_EQUAL(std::string(15'000, 'd') + "0", guide->event({kNews, kEvening})->description);
}

TEST(StoredKeeper, DescriptionsThatADiskCannotKeepUpWithAreCounted) {
    auto guide = open({.waiting_text = 4});
    keeper->keep_description(1, "Words");
    keeper->keep_description(2, "More");
    STRCMP_CONTAINS("1 descriptions were not kept", keeper->trouble().c_str());
    keeper->flush();
    CHECK_TEXT_EQUAL("Words", keeper->description(1));
    CHECK_TEXT_EQUAL("", keeper->description(2));
}
