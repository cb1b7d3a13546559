// The operator's page and table, and who may see them.

#include <sys/stat.h>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "middleware/net/http_client.h"
#include "platform/server/operator_page.h"
#include "platform/server/operator_routes.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::StoreTest;

namespace {

constexpr year_month_day kTuesday = 2026y / 11 / 24;
constexpr const char* kToken = "operator-token-0001";

}  // namespace

// clang-format off
TEST_GROUP(Operator) {
    StoreTest test{tests::Backend::Sqlite};
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{tests::kMonday};
    net::HttpClient http{{.user_agent = "tests"}};
    std::unique_ptr<net::HttpServer> server;

    void setup() override {
        auto schedule = StoreTest::schedule();
        schedule.name = "体检 <b>";
        test.put(schedule);
        test.add_household(2);
        test.book(test.slot(kTuesday, 9), 1);
        auto taken = test.store().hold(test.caller(2), StoreTest::new_key(), test.slot(kTuesday, 9), test.now);
        CHECK_TEXT_EQUAL("slot-taken", tests::refusal_of(taken));
        serve({});
    }
    void serve(const OperatorAccess& access) {
        net::HttpRoutes routes;
        add_operator_routes(routes, access, test.store(), clock, *log);
        auto started = net::HttpServer::start({}, std::move(routes), *log);
        CHECK_GOOD(started);
        server = std::move(*started);
    }
    net::HttpAnswer get(const std::string& what, std::vector<std::string> headers = {}) {
        auto answer = http.get({.url = server->url() + what, .headers = std::move(headers)}, {});
        CHECK_GOOD(answer);
        return std::move(*answer);
    }
    std::string fault_of(const std::filesystem::path& file) {
        auto access = read_operator_access(file);
        return access ? "" : access.error().message;
    }
};
// clang-format on

TEST(Operator, SeesCountsByServiceAndDayAndWhyWasRefused) {
    std::string page = get("/operator").body;
    for (const char* part : {"<html lang=\"zh-CN\">", "<h1>预约情况</h1>", "体检 &lt;b&gt;", "<td>2026-11-23</td><td>1</td>",
                             "号源刚被别人约走</td><td>1</td>", "value=\"2026-11-10\"", "value=\"2026-11-23\""})
        STRCMP_CONTAINS(part, page.c_str());
    CHECK_FALSE(page.contains("张"));
    CHECK_FALSE(page.contains("<script"));
}

TEST(Operator, SeesRefusalsByDayServiceAndReason) {
    for (int time = 0; time < 2; ++time) test.store().count_refusal(Refusal::Reason::WrongPin, test.now + 24h);
    STRCMP_CONTAINS("<tr><td>2026-11-23</td><td>体检 &lt;b&gt;</td><td>号源刚被别人约走</td><td>1</td></tr>"
                    "<tr><td>2026-11-24</td><td>不属于某项服务</td><td>密码不对</td><td>2</td></tr>",
                    get("/operator?from=2026-11-23&until=2026-11-24").body.c_str());
    STRCMP_CONTAINS("<td>2026-11-24</td><td>(no service)</td><td>Wrong PIN</td><td>2</td>",
                    get("/operator?from=2026-11-23&until=2026-11-24&language=en").body.c_str());
    STRCMP_CONTAINS("2026-11-24,,\"\",refused:wrong-pin,2\r\n", get("/operator.csv?from=2026-11-24&until=2026-11-24").body.c_str());
}

TEST(Operator, ReadsTheLanguageOfTheBrowserOrTheOneAskedFor) {
    STRCMP_CONTAINS("<h1>Appointments</h1>", get("/operator", {"Accept-Language: en-GB,en;q=0.9,zh;q=0.1"}).body.c_str());
    STRCMP_CONTAINS("<h1>预约情况</h1>", get("/operator", {"Accept-Language: zh-CN,en;q=0.5"}).body.c_str());
    STRCMP_CONTAINS("<h1>预约情况</h1>", get("/operator", {"Accept-Language: fr"}).body.c_str());
    STRCMP_CONTAINS("Somebody was quicker", get("/operator?language=en").body.c_str());
}

TEST(Operator, AsksForASpanOfDays) {
    STRCMP_CONTAINS("这些天没有预约", get("/operator?from=2026-11-01&until=2026-11-22").body.c_str());
    STRCMP_CONTAINS("<td>2026-11-23</td>", get("/operator?from=2026-11-23&until=2026-11-23&language=zh").body.c_str());
    for (const char* bad : {"?from=yesterday", "?from=2026-11-24&until=2026-11-23", "?from=2024-01-01&until=2026-01-01",
                            "?language=fr", "?x=1", "?from"})
        LONGS_EQUAL_TEXT(400, get(std::string("/operator") + bad).status, bad);
    LONGS_EQUAL(200, get("/operator?from=2025-11-23&until=2026-11-23").status);
    LONGS_EQUAL(400, get("/operator?from=2025-11-22&until=2026-11-23").status);
    LONGS_EQUAL(404, get("/operator/x").status);
}

TEST(Operator, TakesTheTableAlong) {
    CHECK_TEXT_EQUAL("\xEF\xBB\xBF" "day,service,name,what,count\r\n"
                     "2026-11-23,12/0101#check,\"体检 <b>\",booked,1\r\n"
                     "2026-11-23,12/0101#check,\"体检 <b>\",refused:slot-taken,1\r\n",
                     get("/operator.csv").body);
}

TEST(Operator, IsAnsweredOnThisMachineAloneWithoutAToken) {
    LONGS_EQUAL(200, get("/operator").status);
    LONGS_EQUAL(403, get("/operator", {"X-Forwarded-For: 192.0.2.7"}).status);
    LONGS_EQUAL(403, get("/operator.csv", {"Forwarded: for=192.0.2.7"}).status);
}

TEST(Operator, ShowsTheTokenWhereThereIsOne) {
    serve({base::Sha256::of(kToken)});
    LONGS_EQUAL(401, get("/operator").status);
    LONGS_EQUAL(401, get("/operator.csv", {"Authorization: Bearer wrong"}).status);
    // "x:" and the token, and the token without a name, in Base64.
    LONGS_EQUAL(200, get("/operator", {"Authorization: Basic eDpvcGVyYXRvci10b2tlbi0wMDAx"}).status);
    LONGS_EQUAL(401, get("/operator", {"Authorization: Basic b3BlcmF0b3ItdG9rZW4tMDAwMQ=="}).status);
    LONGS_EQUAL(401, get("/operator", {"Authorization: Basic %%%"}).status);
    LONGS_EQUAL(200, get("/operator", {std::string("Authorization: Bearer ") + kToken, "X-Forwarded-For: 192.0.2.7"}).status);
}

TEST(Operator, KeepsTheTokenInAFileOfTheOwners) {
    auto file = test.folder.write("token", std::string(kToken) + "\n");
    ::chmod(file.c_str(), 0644);
    STRCMP_CONTAINS("others can read it; expected mode 0600", fault_of(file).c_str());
    ::chmod(file.c_str(), 0600);
    CHECK_TEXT_EQUAL("", fault_of(file));
    CHECK_TEXT_EQUAL(base::Sha256::of(kToken), read_operator_access(file)->token_hash);
    test.folder.write("token", "short");
    STRCMP_CONTAINS("shorter than 16 characters", fault_of(file).c_str());
    STRCMP_CONTAINS("none", fault_of(test.folder.path() / "none").c_str());
}
