// What every player keeps to, on the real GStreamer and real streams over a real socket.

#include "middleware/media/player.h"

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/log.h"
#include "middleware/net/http_server.h"
#include "tests/middleware/media/player_listener.h"
#include "tests/middleware/media/test_broadcast.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::media;
using namespace linli::tests;
using namespace std::chrono_literals;
using Heard = PlayerListener::Heard;

namespace {

constexpr graphics::Rect kArea{40, 30, 320, 192};

std::string uri_of(const std::filesystem::path& file) { return "file://" + file.string(); }

/// A server of videos, and of what is none.
class VideoServer {
  public:
    VideoServer() {
        auto video = base::read_file(LINLI_SOURCE_DIR "/simulator/samples/city/12/classes/breathing.mp4");
        CHECK_GOOD(video);
        auto answer = [](int status, std::string body, std::string media_type) {
            return [=](const net::HttpRequest&) {
                net::HttpResponse response;
                response.status = status;
                response.body = body;
                response.media_type = media_type;
                return response;
            };
        };
        net::HttpRoutes routes;
        routes.serve_folder("/folder", ColouredStreams::shared().file(1).parent_path());
        routes.handle("/gone", answer(410, "", "text/plain"));
        routes.handle("/broken", answer(500, "", "text/plain"));
        routes.handle("/forbidden", answer(403, "", "text/plain"));
        routes.handle("/page", answer(200, "<html><body>Please sign in</body></html>", "text/html"));
        routes.handle("/noise", answer(200, std::string(100'000, 'x'), "video/mp4"));
        routes.handle("/whole", answer(200, *video, "video/mp4"));
        routes.handle("/cut", [video = *video](const net::HttpRequest&) {
            net::HttpResponse response;
            response.media_type = "video/mp4";
            response.stream_length = video.size();
            response.stream = [video](const net::HttpResponse::Write& write) { write(std::string_view(video).substr(0, video.size() / 2)); };
            return response;
        });
        auto server = net::HttpServer::start({}, std::move(routes), *log_);
        CHECK_GOOD(server);
        server_ = std::move(*server);
    }

    std::string url(std::string_view path) const { return server_->url() + std::string(path); }

  private:
    std::unique_ptr<base::Log> log_ = base::make_silent_log();
    std::unique_ptr<net::HttpServer> server_;
};

}  // namespace

TEST_GROUP(Player) {
    PlayerListener listener;
    std::unique_ptr<Player> player;

    void setup() override { make({}); }
    void teardown() override { player.reset(); }

    void make(const PlayerOptions& options) {
        player.reset();
        auto loaded = load_player(LINLI_BUILD_DIR "/lib/linli_player_gstreamer.so", options, listener.events());
        CHECK_GOOD(loaded);
        player = std::move(*loaded);
        player->set_area(kArea);
    }
    std::filesystem::path red() { return ColouredStreams::shared().file(1); }

    void wait(const std::function<bool(const Heard&)>& is_so) {
        bool was_so = listener.wait_until(is_so);
        Heard heard = listener.heard();
        std::string told = heard.stops.empty() ? "it did not happen" : heard.stops.back().second.reason;
        CHECK_TRUE_TEXT(was_so, told.c_str());
    }
    void wait_for_color(char color) {
        wait([=](const Heard& heard) { return heard.color() == color; });
    }
    void wait_for_pictures(std::size_t more) {
        std::size_t before = listener.heard().pictures;
        wait([=](const Heard& heard) { return heard.pictures >= before + more; });
    }
    void wait_for_signal(PlayId id, Signal signal) {
        wait([=](const Heard& heard) { return !heard.signals.empty() && heard.signals.back() == std::pair(id, signal); });
    }
    /// A player tells nothing when it can tell where it is.
    void wait_for_progress(const std::function<bool(const Progress&)>& is_so) {
        for (int i = 0; i < 3000; ++i) {
            if (auto progress = player->progress(); progress && is_so(*progress)) return;
            std::this_thread::sleep_for(10ms);
        }
        auto last = player->progress();
        std::string where = last ? base::format("it stayed at {} of {} ms{}", last->position.count(), last->duration.value_or(0ms).count(),
                                                last->can_seek ? "" : ", where nothing can be seeked")
                                 : "it is nowhere";
        FAIL(where.c_str());
    }
};

TEST(Player, PlaysTheProgramThatIsAskedFor) {
    TestBroadcast broadcast;
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 2});
    wait_for_color('g');
    wait_for_pictures(20);
    Heard heard = listener.heard();
    LONGS_EQUAL(1, heard.first_pictures.size());
    CHECK_TRUE(heard.first_pictures[0].id == id);
    CHECK_TRUE(heard.first_pictures[0].asked <= heard.first_pictures[0].entry);
    CHECK_TRUE(heard.first_pictures[0].entry <= heard.first_pictures[0].shown);
    CHECK_TRUE(heard.picture->size == (graphics::Size{kArea.width, kArea.height}));
}

TEST(Player, PlaysTheFirstProgramWithoutAChoice) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri()});
    wait_for_color('r');
}

TEST(Player, JoinsAMulticastGroup) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Multicast);
    player->play({.uri = broadcast.uri(), .service_id = 2});
    wait_for_color('g');
    wait_for_pictures(20);
}

TEST(Player, TakesRtp) {
    TestBroadcast broadcast(TestBroadcast::Wrapping::Rtp);
    player->play({.uri = broadcast.uri(), .service_id = 3});
    wait_for_color('b');
    wait_for_pictures(20);
}

TEST(Player, PlaysAVideoOverHttp) {
    VideoServer server;
    player->play({.uri = server.url("/folder/1.ts")});
    wait_for_color('r');
    wait([](const Heard& heard) { return !heard.ends.empty(); });
    CHECK_TRUE(listener.heard().stops.empty());
}

TEST(Player, SaysWhyAVideoDoesNotComeOverHttp) {
    VideoServer server;
    using Kind = Failure::Kind;
    const std::pair<std::string, Kind> failures[] = {
        {server.url("/folder/99.ts"), Kind::Missing},      {server.url("/gone"), Kind::Missing},
        {server.url("/broken"), Kind::Unreachable},        {server.url("/forbidden"), Kind::Unreachable},
        {"http://127.0.0.1:1/film.mp4", Kind::Unreachable}, {server.url("/page"), Kind::Unplayable},
        {server.url("/noise"), Kind::Unplayable},
    };
    for (const auto& [uri, kind] : failures) {
        PlayId id = player->play({.uri = uri});
        wait([=](const Heard& heard) { return !heard.stops.empty() && heard.stops.back().first == id; });
        for (const auto& [stopped, failure] : listener.heard().stops)
            if (stopped == id) CHECK_TRUE_TEXT(failure.kind == kind, (uri + ": " + failure.reason).c_str());
    }
}

/// The server closes the connection in the middle, each time it is asked.
TEST(Player, AVideoThatIsCutShortSaysSo) {
    VideoServer server;
    PlayId id = player->play({.uri = server.url("/cut")});
    wait([=](const Heard& heard) { return !heard.stops.empty() || !heard.ends.empty(); });
    Heard heard = listener.heard();
    CHECK_TRUE(heard.ends.empty());
    CHECK_TRUE(heard.stops[0].first == id);
    CHECK_TRUE_TEXT(heard.stops[0].second.kind == Failure::Kind::Unreachable, heard.stops[0].second.reason.c_str());
}

TEST(Player, BeginsAtTheBeginningWhereAServerGivesNoParts) {
    VideoServer server;
    player->play({.uri = server.url("/whole"), .begin = 20s});
    wait_for_progress([](const Progress& progress) { return progress.position > 100ms && progress.position < 19s; });
    CHECK_FALSE(player->progress()->can_seek);
    player->seek_by(10s);
    wait_for_pictures(10);
    CHECK_TRUE(listener.heard().stops.empty());
}

TEST(Player, AnotherProgramOfTheSameStreamLeavesTheSourceAlone) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_color('r');
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 3});
    wait([=](const Heard& heard) { return heard.has_first_picture(id); });
    wait_for_color('b');
    wait_for_pictures(10);
    CHECK_TRUE(listener.heard().picture_of == id);
    LONGS_EQUAL(0, listener.heard().gaps);
}

TEST(Player, HandsOverThePacketsOfAllPrograms) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait([](const Heard& heard) { return heard.packets > 1000; });
    LONGS_EQUAL(0, listener.heard().gaps);
}

TEST(Player, AnotherSizeDoesNotRestart) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_color('r');
    for (graphics::Pixels width : {640, 200, 1280}) {
        player->set_area({0, 0, width, 120});
        wait([=](const Heard& heard) { return heard.picture->size == (graphics::Size{width, 120}); });
    }
    LONGS_EQUAL(1, listener.heard().first_pictures.size());
    LONGS_EQUAL(0, listener.heard().gaps);
}

TEST(Player, WhatNobodyLooksAtIsNotHandedOver) {
    player->set_visible(false);
    PlayId id = player->play({.uri = uri_of(red())});
    wait([=](const Heard& heard) { return !heard.ends.empty() && heard.ends.back() == id; });
    LONGS_EQUAL(0, listener.heard().pictures);
}

TEST(Player, IsSilentAfterStop) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_pictures(5);
    player->stop();
    std::size_t before = listener.heard().pictures;
    PlayId id = player->play({.uri = "file:///nowhere.ts"});
    wait([=](const Heard& heard) { return !heard.stops.empty() && heard.stops.back().first == id; });
    CHECK_TRUE(listener.heard().pictures <= before + 1);
}

TEST(Player, ASourceThatFallsSilentIsLostAndComesBack) {
    TestBroadcast broadcast;
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_pictures(5);
    broadcast.set_fault(TestBroadcast::Fault::Silence);
    wait_for_signal(id, Signal::Lost);
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait_for_signal(id, Signal::Good);
    wait_for_pictures(20);
    CHECK_TRUE(listener.heard().stops.empty());
}

TEST(Player, ASourceThatIsSilentFromTheBeginningIsLost) {
    TestBroadcast broadcast;
    broadcast.set_fault(TestBroadcast::Fault::Silence);
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_signal(id, Signal::Lost);
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait_for_color('r');
}

TEST(Player, PlaysOnAfterBitErrors) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_pictures(5);
    broadcast.set_fault(TestBroadcast::Fault::BitErrors);
    std::size_t packets = listener.heard().packets;
    wait([=](const Heard& heard) { return heard.packets > packets + 3000; });
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait_for_pictures(50);
}

/// As when its pipeline has come to wait for something that never comes.
TEST(Player, AProgramWhosePicturesStopIsBegunAnew) {
    TestBroadcast broadcast;
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_pictures(10);
    broadcast.set_fault(TestBroadcast::Fault::NoPictures);
    std::this_thread::sleep_for(6s);
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait([=](const Heard& heard) { return heard.first_pictures.size() == 2 && heard.first_pictures[1].id == id; });
    wait_for_pictures(10);
}

TEST(Player, PlaysOnAfterGarbage) {
    TestBroadcast broadcast;
    broadcast.set_fault(TestBroadcast::Fault::Garbage);
    player->play({.uri = broadcast.uri(), .service_id = 2});
    // Bytes come, packets do not.
    std::this_thread::sleep_for(50ms);
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait_for_color('g');
}

TEST(Player, AMissingProgramIsToldAndPlayedWhenAnotherIsAskedFor) {
    TestBroadcast broadcast;
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 99});
    wait_for_signal(id, Signal::NoSuchProgram);
    player->play({.uri = broadcast.uri(), .service_id = 3});
    wait_for_color('b');
}

TEST(Player, FollowsStreamsToOtherPids) {
    TestBroadcast broadcast;
    PlayId id = player->play({.uri = broadcast.uri(), .service_id = 2});
    wait_for_pictures(5);
    broadcast.move_pids(2);
    // The first picture of the second decoding.
    wait([=](const Heard& heard) { return heard.first_pictures.size() >= 2 && heard.first_pictures.back().id == id; });
    wait_for_pictures(20);
}

TEST(Player, ASoundThatNeverComesDoesNotKeepPicturesBack) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = TestBroadcast::kWithoutSound});
    wait_for_color('r');
    wait_for_pictures(20);
}

TEST(Player, OfManyChangesTheLastOneCounts) {
    TestBroadcast broadcast;
    PlayId id = 0;
    for (std::uint16_t i = 0; i < 40; ++i) id = player->play({.uri = broadcast.uri(), .service_id = static_cast<std::uint16_t>(i % 3 + 1)});
    wait([=](const Heard& heard) { return heard.has_first_picture(id); });
    wait_for_color('r');
    wait_for_pictures(10);
    for (const auto& first : listener.heard().first_pictures) CHECK_TRUE(first.id <= id);
}

TEST(Player, AFileThatIsNotThereSaysSo) {
    PlayId id = player->play({.uri = "file:///no/such/film.ts"});
    wait([](const Heard& heard) { return !heard.stops.empty(); });
    CHECK_TRUE(listener.heard().stops[0].first == id);
    CHECK_TRUE(listener.heard().stops[0].second.kind == Failure::Kind::Missing);
    std::string reason = listener.heard().stops[0].second.reason;
    CHECK_TRUE_TEXT(reason.find("film.ts") != reason.npos && reason.find('\n') == reason.npos, reason.c_str());
}

TEST(Player, AFileThatIsNoFilmSaysSo) {
    TemporaryFolder folder;
    player->play({.uri = uri_of(folder.write("list.txt", "milk and bread\n"))});
    wait([](const Heard& heard) { return !heard.stops.empty(); });
    CHECK_TRUE(listener.heard().stops[0].second.kind == Failure::Kind::Unplayable);
}

TEST(Player, AnAddressThatCannotBeSaysSo) {
    player->play({.uri = "udp://nowhere.invalid:99999"});
    wait([](const Heard& heard) { return !heard.stops.empty(); });
    player->play({.uri = "dvb://?no-such-setting=1"});
    wait([](const Heard& heard) { return heard.stops.size() > 1; });
    CHECK_TEXT_EQUAL("dvb://?no-such-setting=1: there is no setting \"no-such-setting\"", listener.heard().stops.back().second.reason);
}

TEST(Player, ATunerThatIsNotThereSaysSo) {
    player->play({.uri = "dvb://?adapter=9&delsys=dvb-c-a&frequency=474000000&symbol-rate=6875&modulation=qam-64"});
    wait([](const Heard& heard) { return !heard.stops.empty(); });
    Failure failure = listener.heard().stops[0].second;
    CHECK_TRUE_TEXT(failure.kind == Failure::Kind::Unreachable, failure.reason.c_str());
    CHECK_TRUE_TEXT(failure.reason.find("/dev/dvb/adapter9/") != failure.reason.npos, failure.reason.c_str());
}

TEST(Player, AFileEndsAndSaysSo) {
    PlayId id = player->play({.uri = uri_of(red())});
    wait([=](const Heard& heard) { return !heard.ends.empty(); });
    CHECK_TRUE(listener.heard().ends[0] == id);
    CHECK_TRUE(listener.heard().color() == 'r');
}

TEST(Player, AFileRepeatsWhereItShall) {
    player->play({.uri = uri_of(red()), .at_end = AtEnd::Repeat});
    // Twice as many pictures as it has.
    wait([](const Heard& heard) { return heard.pictures > 120; });
    CHECK_TRUE(listener.heard().ends.empty());
}

TEST(Player, PicksAProgramOfAFile) {
    TemporaryFolder folder;
    auto file = folder.path() / "programs.ts";
    TestBroadcast::write(file, 3s);
    player->play({.uri = uri_of(file), .service_id = 2});
    wait_for_color('g');
    wait([](const Heard& heard) { return heard.packets > 100; });
}

TEST(Player, PausesAndSeeks) {
    TemporaryFolder folder;
    auto file = folder.path() / "programs.ts";
    TestBroadcast::write(file, 30s);
    PlayId id = player->play({.uri = uri_of(file), .service_id = 1});
    wait_for_progress([](const Progress& progress) { return progress.can_seek && progress.duration && progress.position > 100ms; });
    CHECK_TRUE(*player->progress()->duration > 28s);
    CHECK_TRUE(*player->progress()->duration < 32s);
    player->pause();
    player->seek_by(10s);
    player->seek_by(10s);
    wait_for_progress([](const Progress& progress) { return progress.position > 19s && progress.position < 25s; });
    std::size_t before = listener.heard().pictures;
    player->set_area({0, 0, 300, 180});
    wait([=](const Heard& heard) { return heard.pictures > before && heard.picture->size.width == 300; });
    player->seek_by(-60s);
    wait_for_progress([](const Progress& progress) { return progress.position < 2s; });
    player->seek_by(600s);
    player->resume();
    wait([=](const Heard& heard) { return !heard.ends.empty() && heard.ends.back() == id; });
}

TEST(Player, BeginsWhereItWasLeft) {
    TemporaryFolder folder;
    auto file = folder.path() / "programs.ts";
    TestBroadcast::write(file, 30s);
    player->play({.uri = uri_of(file), .service_id = 1, .begin = 15s});
    wait_for_progress([](const Progress& progress) { return progress.position > 14s; });
    CHECK_TRUE(player->progress()->position < 29s);
}

TEST(Player, ListsTracksWithTheirLanguage) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait_for_pictures(3);
    wait([this](const Heard&) {
        Tracks tracks = player->tracks();
        return tracks.has_video && tracks.audio.size() == 1 && !tracks.audio[0].language.empty();
    });
    CHECK_TEXT_EQUAL("zh", player->tracks().audio[0].language.substr(0, 2));
    LONGS_EQUAL(0, *player->tracks().audio_chosen);
    CHECK_FALSE(player->tracks().subtitles_chosen.has_value());
    CHECK_FALSE(player->progress().has_value());
}

TEST(Player, ChoosesAnotherSoundAndSubtitles) {
    TestBroadcast broadcast;
    player->play({.uri = broadcast.uri(), .service_id = TestBroadcast::kWithTracks});
    wait([this](const Heard&) {
        Tracks tracks = player->tracks();
        return tracks.audio.size() == 2 && !tracks.audio[1].language.empty() && tracks.subtitles.size() == 1;
    });
    CHECK_TEXT_EQUAL("en", player->tracks().audio[1].language.substr(0, 2));
    player->choose_audio(1);
    wait([this](const Heard&) { return player->tracks().audio_chosen == 1u; });
    player->choose_subtitles(0);
    wait([this](const Heard&) { return player->tracks().subtitles_chosen == 0u; });
    wait_for_pictures(50);
    player->choose_subtitles(std::nullopt);
    wait([this](const Heard&) { return !player->tracks().subtitles_chosen.has_value(); });
    wait_for_pictures(50);
    CHECK_TRUE(listener.heard().stops.empty());
}

TEST(Player, SaysThatPicturesAreScrambledAndShowsThemWhenTheyAreNoMore) {
    TestBroadcast broadcast;
    broadcast.set_fault(TestBroadcast::Fault::Scrambled);
    player->play({.uri = broadcast.uri(), .service_id = 1});
    wait([](const Heard& heard) { return !heard.signals.empty() && heard.signals.back().second == Signal::Scrambled; });
    CHECK_TRUE(listener.heard().pictures == 0);
    broadcast.set_fault(TestBroadcast::Fault::None);
    wait_for_color('r');
    wait([](const Heard& heard) { return heard.signals.back().second == Signal::Good; });
}

TEST(Player, VolumeAndMuteAreTakenAtAnyTime) {
    player->set_volume(30);
    player->set_mute(true);
    player->play({.uri = uri_of(red())});
    wait_for_pictures(3);
    player->set_volume(250);
    player->set_mute(false);
    player->choose_audio(7);
    player->choose_subtitles(3);
    wait([](const Heard& heard) { return !heard.ends.empty(); });
}

TEST(Player, SoundThatCannotBePlayedDoesNotKeepPicturesBack) {
    // One that cannot be opened, and one that does not exist.
    for (const char* sink : {"filesink location=/no/such/folder/sound", "nosuchsink"}) {
        std::size_t ends = listener.heard().ends.size(), warnings = listener.heard().warnings.size();
        make({.audio_sink = sink});
        player->play({.uri = uri_of(red())});
        wait_for_color('r');
        wait([=](const Heard& heard) { return heard.ends.size() > ends; });
        LONGS_EQUAL(warnings + 1, listener.heard().warnings.size());
        CHECK_TRUE(listener.heard().stops.empty());
    }
}

TEST(Player, AVideoPlaneIsUsedWhereThereIsOne) {
    make({.video_sink = "fakesink sync=true"});
    PlayId id = player->play({.uri = uri_of(red())});
    wait([=](const Heard& heard) { return heard.has_first_picture(id) && !heard.ends.empty(); });
    LONGS_EQUAL(0, listener.heard().pictures);
}

TEST(Player, ASinkThatDoesNotExistIsNamed) {
    make({.video_sink = "nosuchsink"});
    player->play({.uri = uri_of(red())});
    wait([](const Heard& heard) { return !heard.stops.empty(); });
    std::string reason = listener.heard().stops[0].second.reason;
    CHECK_TRUE_TEXT(reason.find("nosuchsink") != reason.npos, reason.c_str());
}
