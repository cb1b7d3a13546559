// The second source of the guide as the box loads it: real files, a real server, the box's event loop.
#include "stb-app/television/xmltv_source.h"

#include <atomic>
#include <fstream>

#include "epg/guide/guide.h"
#include "middleware/net/http_server.h"
#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::app;
using namespace linli::tests;
using namespace std::chrono;
using State = XmltvStatus::State;

// clang-format off
TEST_GROUP(XmltvSource) {
    TemporaryFolder folder;
    base::SettableClock clock{kEvening};
    std::unique_ptr<base::Log> log = base::make_silent_log();
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    epg::Guide guide{clock};
    XmltvStatus status;
    std::unique_ptr<XmltvSource> source;
    /// Nothing is read again by itself within a test.
    platform::SyncBounds bounds{.least = seconds(0), .most = hours(1)};
    minutes untold_zone{0};

    void start(const std::string& address, std::vector<epg::Channel> channels) {
        XmltvSourceOptions options{.address = address, .untold_zone = untold_zone, .bounds = bounds, .settles = milliseconds(0)};
        auto loaded = load_xmltv_source(LINLI_BUILD_DIR "/lib/linli_xmltv_source.so", options, *loop, clock, *log,
                                        {.on_events = [this](const epg::GuideUpdate& update) { guide.apply(update); },
                                         .on_status = [this](const XmltvStatus& told) { status = told; }});
        CHECK_GOOD(loaded);
        source = std::move(*loaded);
        source->set_channels(std::move(channels));
        source->start();
    }
    template <typename Until>
    void wait_until(Until until) {
        auto end = steady_clock::now() + seconds(30);
        while (!until() && steady_clock::now() < end) loop->run_once(milliseconds(100));
        CHECK_TRUE(until());
    }
    void wait_for(State state) { wait_until([&] { return status.state == state; }); }
    static std::string tv(const std::string& title, const std::string& id = "1.16.101") {
        return "<tv><programme start='20261123200000' stop='20261123210000' channel='" + id + "'><title>" + title + "</title></programme></tv>";
    }
    std::vector<epg::Channel> news{channel(kNews, 1, "News")};
};
// clang-format on

TEST(XmltvSource, AFileComesIntoTheGuide) {
    start(folder.write("guide.xml", tv("A")), news);
    wait_for(State::Fresh);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
    LONGS_EQUAL(1, status.counts.programmes);
    LONGS_EQUAL(0, status.failures);
    CHECK_TRUE(status.last_success == kEvening);
    CHECK_TRUE(status.next_attempt > kEvening + minutes(50));
}

TEST(XmltvSource, TimesWithoutAZoneAreThoseThatWereSaid) {
    untold_zone = hours(8);
    start(folder.write("guide.xml", "<tv><programme start='20261124040000' stop='20261124050000' channel='1.16.101'><title>A</title></programme></tv>"), news);
    wait_for(State::Fresh);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvSource, AFileMayBeNamedAsAUri) {
    start("file://" + folder.write("guide.xml", tv("A")).string(), news);
    wait_for(State::Fresh);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvSource, AFailureIsCountedAndTriedAgainAndLosesNothing) {
    auto file = folder.write("guide.xml", tv("A"));
    start(file, news);
    wait_for(State::Fresh);
    source.reset();
    folder.write("guide.xml", "<tv><programme");
    status = {};
    start(file, news);
    wait_for(State::Failed);
    LONGS_EQUAL(1, status.failures);
    STRCMP_CONTAINS("line 1, column", status.last_error.c_str());
    CHECK_TRUE(status.next_attempt <= kEvening + seconds(6));
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvSource, WithoutChannelsNothingIsReadAndWithNewOnesItIsReadAgain) {
    start(folder.write("guide.xml", tv("A")), {});
    wait_until([&] { return status.channels_seen == 1; });
    CHECK_TRUE(status.state == State::Never);
    source->set_channels(news);
    wait_until([&] { return status.channels_seen == 2; });
    CHECK_TRUE(status.state == State::Fresh);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
    // What a file is not asked for does not make it worth reading.
    news[0].is_scrambled = true;
    folder.write("guide.xml", tv("B"));
    source->set_channels(news);
    wait_until([&] { return status.channels_seen == 3; });
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvSource, AServerIsAskedForWhatIsNew) {
    std::atomic<int> whole = 0, unchanged = 0;
    net::HttpRoutes routes;
    routes.serve_bytes("/guide.xml", "application/xml", tv("A"));
    routes.around([&](const net::HttpRequest& request, const net::HttpHandler& handler) {
        net::HttpResponse response = handler(request);
        (response.status == 304 ? unchanged : whole) += 1;
        return response;
    });
    auto server = std::move(*net::HttpServer::start({}, std::move(routes), *log));
    bounds.most = seconds(0);
    start(server->url() + "/guide.xml", news);
    wait_until([&] { return unchanged >= 2; });
    source.reset();
    LONGS_EQUAL(1, whole);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
    LONGS_EQUAL(1, status.counts.programmes);
}

TEST(XmltvSource, AServerThatHasNothingIsAFailure) {
    auto server = std::move(*net::HttpServer::start({}, net::HttpRoutes(), *log));
    start(server->url() + "/guide.xml", news);
    wait_for(State::Failed);
    STRCMP_CONTAINS("answered 404", status.last_error.c_str());
}

TEST(XmltvSource, WithoutANetworkItFailsAndComesBack) {
    net::HttpRoutes routes;
    routes.serve_bytes("/guide.xml", "application/xml", tv("A"));
    auto server = std::move(*net::HttpServer::start({}, std::move(routes), *log));
    start(server->url() + "/guide.xml", {});
    source->set_network(false);
    source->set_channels(news);
    wait_for(State::Failed);
    source->set_network(true);
    source->set_channels({channel(kNews, 2, "News")});
    wait_for(State::Fresh);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvSource, EndsInTheMiddleOfAFile) {
    auto file = folder.path() / "guide.xml";
    std::ofstream out(file);
    out << "<tv>";
    for (int i = 0; i < 100'000; ++i) out << "<programme start='20261123200000' channel='1.16.101'><title>A</title></programme>\n";
    out.close();
    start(file, news);
    // Some has come; nobody takes the rest, and the thread waits for room.
    wait_until([&] { return !shown(guide).empty(); });
    source.reset();
    CHECK_TRUE(status.state == State::Running);
}
