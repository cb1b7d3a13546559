#include "epg/xmltv/xmltv_fetch.h"

#include "middleware/net/http_server.h"
#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;

// clang-format off
TEST_GROUP(XmltvFetch) {
    net::HttpLibrary library;
    net::HttpClient client{{.user_agent = "tests"}};
    std::unique_ptr<base::Log> log = base::make_silent_log();
    std::unique_ptr<net::HttpServer> server;
    base::SettableClock clock{kEvening};
    Guide guide{clock};
    XmltvImport import{XmltvMapping(std::vector{channel(kNews, 1, "News")}, {}), {}, [this](GuideUpdate update) { guide.apply(update); }};

    std::string serve(const std::string& xml) {
        server = std::move(*net::HttpServer::start({}, std::move(net::HttpRoutes().serve_bytes("/guide.xml", "application/xml", xml)), *log));
        return server->url();
    }
};
// clang-format on

TEST(XmltvFetch, AFileComesIntoTheGuideAsItIsFetched) {
    std::string url = serve("<tv><programme start='20261123200000' stop='20261123210000' channel='1.16.101'><title>A</title></programme></tv>");
    auto answer = fetch_xmltv(client, url + "/guide.xml", "", import);
    CHECK_GOOD(answer);
    LONGS_EQUAL(1, answer->counts.programmes);
    CHECK_TEXT_EQUAL("0-60 A", shown(guide));
}

TEST(XmltvFetch, WhatIsNotThereIsTold) {
    std::string url = serve("<tv/>");
    auto answer = fetch_xmltv(client, url + "/other.xml", "", import);
    CHECK_GOOD(answer);
    STRCMP_CONTAINS("answered 404", answer->refusal.c_str());
}

TEST(XmltvFetch, WhatIsNoXmltvEndsTheTransfer) {
    std::string url = serve("<html/>");
    auto answer = fetch_xmltv(client, url + "/guide.xml", "", import);
    CHECK_FALSE(answer.has_value());
    STRCMP_CONTAINS("it is not XMLTV", answer.error().message.c_str());
}
