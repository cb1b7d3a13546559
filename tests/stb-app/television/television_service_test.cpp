// The television of a box with the real player, on a stream that is sent to it over a socket.

#include "stb-app/television/television_service.h"

#include <mutex>

#include "middleware/base/file.h"
#include "tests/middleware/media/test_broadcast.h"
#include "tests/support/check.h"
#include "tests/support/recording_log.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::app;
using namespace linli::tests;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr graphics::Rect kArea{0, 0, 320, 192};
/// A class of the sample city, 48 seconds.
const std::string kVideo = "file://" LINLI_SOURCE_DIR "/simulator/samples/city/12/classes/breathing.mp4";
/// Far longer than anything takes that works.
constexpr seconds kPatience{40};

epg::ServiceId service(std::uint16_t id) { return {1, 16, id}; }

/// Stands at the beginning of the broadcast, and keeps what it is told.
class HearingClock final : public base::Clock {
  public:
    sys_seconds now() const override { return TestBroadcast::kBegin + 1min; }
    base::ClockState state() const override { return base::ClockState::Good; }
    steady_clock::time_point steady() const override { return steady_clock::now(); }
    void hear(sys_seconds time) override {
        std::lock_guard lock(mutex_);
        heard_.push_back(time);
    }
    std::vector<sys_seconds> heard() const {
        std::lock_guard lock(mutex_);
        return heard_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<sys_seconds> heard_;
};

}  // namespace

// clang-format off
TEST_GROUP(TelevisionService) {
    TemporaryFolder folder;
    RecordingLog log;
    HearingClock clock;
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    std::unique_ptr<TelevisionService> television;
    int pictures = 0, guide_changes = 0;
    bool has_picture = false;

    void teardown() override { television.reset(); }

    void make(const std::string& tuner, const std::filesystem::path& channel_file = {}) {
        television.reset();
        television = std::make_unique<TelevisionService>(
            TelevisionOptions{.tuner = tuner, .player = {}, .modules = LINLI_BUILD_DIR "/lib", .data = folder.path(), .channel_file = channel_file},
            *loop, clock, log);
    }
    /// As a box does it: the screens follow what the guide tells.
    void start(std::optional<epg::ServiceId> watched = {}) {
        television->viewing().start(watched);
        television->start({.on_guide = [this] { ++guide_changes, television->viewing().follow_guide(); },
                           .on_viewing = {},
                           .on_picture = [this](auto picture) {
                               has_picture = picture != nullptr;
                               pictures += has_picture;
                           }});
        television->follow_live_area(kArea);
    }
    void run_until(const std::function<bool()>& is_so) {
        auto end = steady_clock::now() + kPatience;
        while (!is_so() && steady_clock::now() < end) loop->run_once(100ms);
        CHECK_TRUE_TEXT(is_so(), log.lines().c_str());
    }
    Picture picture() { return television->viewing().picture(); }
    void run_until_shown() { run_until([this] { return picture() == Picture::Shown && has_picture; }); }
    /// Its name comes with another table than the programmes.
    bool is_known(std::uint16_t id) {
        const epg::Channel* channel = television->guide().channel(service(id));
        return channel != nullptr && !channel->name.empty();
    }
    Playback& video() { return television->playback(); }
    std::string title(std::uint16_t id, hours hour) {
        auto event = television->guide().event({service(id), TestBroadcast::kBegin + hour});
        return event ? event->title : std::string();
    }
};
// clang-format on

TEST(TelevisionService, ChannelsGuideAndTimeComeFromWhatIsReceived) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until([&] { return television->guide().channels().size() == 4 && is_known(1) && title(3, 5h) == "3: Programme 6" && !clock.heard().empty(); });
    // Told a little later.
    run_until([&] { return television->viewing().channel() == television->guide().channel(service(1)); });
    CHECK_TEXT_EQUAL("Channel 1", television->viewing().channel()->name);
    auto drift = abs(clock.heard().front() - TestBroadcast::kBegin);
    CHECK_TRUE(drift < 60s);
    run_until_shown();
    CHECK_TRUE(guide_changes > 0);
    CHECK_TRUE(television->reception().si.events > 0);
    CHECK_TRUE(television->reception().guide.events > 0);
    CHECK_EQUAL(0u, television->reception().si.crc_errors);
}

TEST(TelevisionService, ChannelsOfTheLastRunAreThereBeforeAnyPacket) {
    {
        TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
        make(broadcast.uri());
        start();
        run_until([&] { return television->guide().channels().size() == 4 && is_known(2) && title(2, 5h) == "2: Programme 6"; });
    }
    make("udp://127.0.0.1:9");
    CHECK_EQUAL(4u, television->guide().channels().size());
    CHECK_TEXT_EQUAL("2: Programme 6", title(2, 5h));
    start(service(2));
    CHECK_TEXT_EQUAL("Channel 2", television->viewing().channel()->name);
}

TEST(TelevisionService, AStreamThatStopsIsSaidAndComesBackByItself) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until_shown();
    broadcast.set_fault(TestBroadcast::Fault::Silence);
    run_until([&] { return picture() == Picture::NoSignal && !has_picture; });
    broadcast.set_fault(TestBroadcast::Fault::None);
    run_until_shown();
}

TEST(TelevisionService, GarbageAtTheBeginningIsCountedAndPassedOver) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    broadcast.set_fault(TestBroadcast::Fault::Garbage);
    make(broadcast.uri());
    start();
    auto enough = steady_clock::now() + 1s;
    run_until([&] { return steady_clock::now() > enough; });
    broadcast.set_fault(TestBroadcast::Fault::None);
    run_until([&] { return television->guide().channels().size() == 4; });
    run_until_shown();
}

TEST(TelevisionService, FollowsStreamsThatChangeTheirPids) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until_shown();
    broadcast.move_pids(1);
    // More than the player can have kept of what came before.
    int before = pictures;
    run_until([&] { return pictures > before + 100; });
    CHECK_TRUE(picture() == Picture::Shown);
}

TEST(TelevisionService, AnotherVersionOfTheGuideTakesThePlaceOfTheFirst) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until([&] { return title(1, 0h) == "1: Programme 1" && title(4, 5h) == "4: Programme 6"; });
    broadcast.change_events();
    run_until([&] { return title(1, 0h) == "1: Another programme 1" && title(4, 5h) == "4: Another programme 6"; });
}

TEST(TelevisionService, AMarkedProgrammeFollowsItsNewTitleAndIsKept) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until([&] { return title(2, 3h) == "2: Programme 4"; });
    auto event = television->guide().event({service(2), TestBroadcast::kBegin + 3h});
    television->reminders().set(*event, epg::ReminderMode::Switch);
    television->save_reminders();
    broadcast.change_events();
    auto marked = [&] { return television->reminders().find({service(2), TestBroadcast::kBegin + 3h}); };
    run_until([&] { return marked() != nullptr && marked()->title == "2: Another programme 4"; });
    make("udp://127.0.0.1:9");
    CHECK_TRUE(marked() != nullptr);
    CHECK_TRUE(marked()->mode == epg::ReminderMode::Switch);
}

TEST(TelevisionService, SaysThatAChannelIsEncryptedAndShowsItWhenItIsNoMore) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until_shown();
    broadcast.set_fault(TestBroadcast::Fault::Scrambled);
    run_until([&] { return picture() == Picture::Scrambled && !has_picture; });
    broadcast.set_fault(TestBroadcast::Fault::None);
    run_until_shown();
}

TEST(TelevisionService, OffersTheSoundsOfAChannel) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    // From the SDT: the PAT alone does not know the network.
    run_until([&] { return television->guide().channel(service(TestBroadcast::kWithTracks)) != nullptr; });
    CHECK_TRUE(television->viewing().watch(service(TestBroadcast::kWithTracks)));
    run_until([&] { return television->viewing().tracks().sounds.size() == 2 && picture() == Picture::Shown; });
    run_until([&] { return !television->viewing().tracks().sounds[1].language.empty(); });
    CHECK_TEXT_EQUAL("zh", television->viewing().tracks().sounds[0].language.substr(0, 2));
    CHECK_TEXT_EQUAL("en", television->viewing().tracks().sounds[1].language.substr(0, 2));
    CHECK_EQUAL(-1, television->viewing().tracks().subtitle);
    television->viewing().choose_sound(1);
    int before = pictures;
    run_until([&] { return pictures > before + 25 && television->viewing().tracks().sound == 1; });
}

TEST(TelevisionService, TheOperatorsFileNamesChannelsAndSaysHowTextsAreWritten) {
    auto file = folder.path() / "channels.xml";
    CHECK_GOOD(base::write_file_atomically(file, std::string_view(
        "<channels xmlns='urn:linli:channels:1'><channel service='1.16.3' number='1' name='Neighbours' community='yes'/>"
        "<text network='1' service='2' encoding='UCS-2'/></channels>")));
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri(), file);
    start();
    run_until([&] { return television->guide().channels().size() == 4 && is_known(3) && is_known(2) && is_known(1); });
    CHECK_TEXT_EQUAL("Neighbours", television->guide().channels().front().name);
    CHECK_TRUE(television->guide().channels().front().is_community);
    CHECK_TEXT_EQUAL("Channel 1", television->guide().channel(service(1))->name);
    // "Channel 2" taken two bytes at a time.
    std::string other = television->guide().channel(service(2))->name;
    CHECK_TRUE_TEXT(!other.contains("Channel"), other.c_str());
}

TEST(TelevisionService, AFileOfChannelsThatIsWrongIsToldAndDoneWithout) {
    auto file = folder.path() / "channels.xml";
    CHECK_GOOD(base::write_file_atomically(file, std::string_view("<channels>")));
    make("udp://127.0.0.1:9", file);
    CHECK_TRUE_TEXT(log.lines().contains("channels.xml"), log.lines().c_str());
}

TEST(TelevisionService, WhatCannotBePlayedIsSaidAndTriedAgain) {
    auto file = folder.path() / "later.ts";
    make("file://" + file.string());
    start();
    run_until([&] { return picture() == Picture::Unplayable; });
    TestBroadcast::write(file, 3s);
    run_until_shown();
}

TEST(TelevisionService, AVideoTakesTheChannelsPlaceAndGivesItBack) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until_shown();
    video().play({.uri = kVideo, .subtitle_uri = "", .from = 0s});
    run_until([this] { return video().state() == Playback::State::Playing && video().length() && has_picture; });
    CHECK_TRUE(video().can_seek());
    CHECK_TRUE(*video().length() > 40s);
    video().seek_by(30s);
    run_until([this] { return video().position() >= 30s; });
    video().toggle_pause();
    CHECK_TRUE(video().state() == Playback::State::Paused);
    video().stop();
    CHECK_FALSE(has_picture);
    int before = pictures;
    run_until([&] { return pictures > before + 5; });
    CHECK_TRUE(picture() == Picture::Shown);
}

TEST(TelevisionService, AVideoGoesOnWhereItWasLeftAndEnds) {
    make("udp://127.0.0.1:9");
    start();
    video().play({.uri = kVideo, .subtitle_uri = "", .from = 44s});
    run_until([this] { return video().state() == Playback::State::Playing; });
    CHECK_TRUE(video().position() >= 43s);
    run_until([this] { return video().state() == Playback::State::Ended; });
}

TEST(TelevisionService, AVideoThatCannotBePlayedSaysWhyAndTheChannelComesBack) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Udp, TestBroadcast::Tables::Guide);
    make(broadcast.uri());
    start();
    run_until_shown();
    video().play({.uri = "file:///no/such/film.mp4", .subtitle_uri = "", .from = 20s});
    run_until([this] { return video().state() == Playback::State::Missing; });
    video().play({.uri = "http://127.0.0.1:1/film.mp4", .subtitle_uri = "", .from = 0s});
    run_until([this] { return video().state() == Playback::State::Unreachable; });
    auto text = folder.write("list.txt", "milk and bread\n");
    video().play({.uri = "file://" + text.string(), .subtitle_uri = "", .from = 0s});
    run_until([this] { return video().state() == Playback::State::Unplayable; });
    video().stop();
    int before = pictures;
    run_until([&] { return pictures > before; });
    CHECK_TRUE(picture() == Picture::Shown);
}

/// Its tables name channels that nobody receives.
TEST(TelevisionService, AVideoInATransportStreamAddsNoChannels) {
    auto file = folder.path() / "class.ts";
    TestBroadcast::write(file, 3s);
    make("udp://127.0.0.1:9");
    start();
    video().play({.uri = "file://" + file.string(), .subtitle_uri = "", .from = 0s});
    run_until([this] { return video().state() == Playback::State::Ended; });
    CHECK_EQUAL(0u, television->guide().channels().size());
    CHECK_EQUAL(0u, television->reception().si.sections);
    CHECK_TRUE(clock.heard().empty());
}

TEST(TelevisionService, WithoutItsModuleTheBoxComesUpAllTheSame) {
    television = std::make_unique<TelevisionService>(
        TelevisionOptions{.tuner = "udp://127.0.0.1:9", .player = {}, .modules = folder.path(), .data = folder.path(), .channel_file = {}}, *loop,
        clock, log);
    start();
    CHECK_TRUE(picture() == Picture::Unplayable);
    CHECK_TRUE_TEXT(log.lines().contains("television: "), log.lines().c_str());
}
