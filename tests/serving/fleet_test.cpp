#include "tests/serving/fleet.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <thread>

#include "middleware/base/file.h"
#include "tests/content/sample_items.h"
#include "tests/platform/signed_tree.h"
#include "tests/serving/calendar.h"
#include "tests/serving/raw_request.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using content::Part;
using linli::tests::kMonday;
namespace fs = std::filesystem;
using Due = linli::tests::Fleet::Due;

namespace {

constexpr int kBoxes = 40;
constexpr int kAreas = 4;

std::vector<content::Item> notices(int count, const std::string& title) {
    std::vector<content::Item> items;
    for (int i = 0; i < count; ++i) items.push_back(tests::make_notice("n" + std::to_string(i), title + std::to_string(i)));
    return items;
}

}  // namespace

// clang-format off
/// Real boxes at a real nginx, over TLS, with the configuration that is delivered.
TEST_GROUP(Fleet) {
    tests::TemporaryFolder folder;
    tests::TestAuthority authority;
    tests::SignedTree tree{folder.path() / "tree"};
    content::AreaCode district = tests::area("12/0101");
    std::vector<content::AreaCode> homes = {tests::area("12/0101/001/001"), tests::area("12/0101/001/002")};
    std::unique_ptr<tests::Nginx> nginx;
    std::unique_ptr<tests::Fleet> fleet;
    std::size_t log_seen = 0;

    void setup() override {
        for (const char* area : {"12", "12/0101", "12/0101/001", "12/0101/001/001", "12/0101/001/002"})
            tree.publish(tests::area(area), notices(20, "旧"));
        tree.publish(district, std::vector<content::Item>{}, kMonday, Part::Alerts);
        nginx = std::make_unique<tests::Nginx>(tree.folder(), authority,
            "include " LINLI_SOURCE_DIR "/packaging/nginx/linli-publication.conf; ssl_protocols TLSv1.2 TLSv1.3;");
        fleet = make_fleet(kBoxes, nginx->url());
        auto first = fleet->sync(Due::Everything);
        CHECK_TEXT_EQUAL("", first.error);
        LONGS_EQUAL(kBoxes * kAreas, first.areas_changed - kBoxes);
        answers();
    }
    /// Publishes an hour later, and waits until nginx has noticed.
    void publish(const content::AreaCode& area, const std::vector<content::Item>& items, Part part = Part::Content) {
        auto head = tree.publish(area, items, kMonday + 1h, part);
        std::string path = platform::head_path(area, part);
        std::string file = base::read_file(tree.folder() / path).value_or("");
        fs::last_write_time(tree.folder() / path, std::chrono::file_clock::from_sys(kMonday + 1h));
        while (tests::ask({nginx->url() + "/" + path, authority.ca()}).body != file) std::this_thread::sleep_for(10ms);
        answers();
    }
    std::unique_ptr<tests::Fleet> make_fleet(int boxes, const std::string& url) {
        return std::make_unique<tests::Fleet>(tests::FleetOptions{.url = url, .root_file = tree.root_file(),
            .ca_file = authority.ca(), .areas = homes, .boxes = boxes, .folder = folder.path() / url.substr(url.rfind(':') + 1)});
    }
    /// The requests since the last time. nginx answers first and logs afterwards, all in one process: a last request is asked
    /// and its line awaited, so that those before it are there.
    std::vector<std::string> answers() {
        std::string last = "/last-" + std::to_string(log_seen);
        tests::ask({nginx->url() + last, authority.ca()});
        std::string log;
        do log = nginx->log();
        while (!log.contains(last + " ") || !log.ends_with('\n'));
        std::istringstream lines(log.substr(std::exchange(log_seen, log.size())));
        std::vector<std::string> all;
        for (std::string line; std::getline(lines, line);)
            if (!line.contains(last)) all.push_back(line);
        return all;
    }
    static long count(const std::vector<std::string>& lines, std::string_view part) {
        return std::ranges::count_if(lines, [&](auto& line) { return line.contains(part); });
    }
};
// clang-format on

TEST(Fleet, AnUnchangedPollIsOneConditionalRequestForEachHead) {
    auto round = fleet->sync(Due::Everything);
    CHECK_TEXT_EQUAL("", round.error);
    auto lines = answers();
    LONGS_EQUAL(kBoxes * (kAreas + 1), lines.size());
    LONGS_EQUAL(lines.size(), count(lines, " 304 /areas/"));
}

TEST(Fleet, ADayOfNoChangesCostsAHeadLessThanHalfAKilobyteAPoll) {
    auto round = fleet->sync(Due::Everything);
    CHECK_TRUE(round.received / static_cast<std::uint64_t>(round.asked) < 500);
}

TEST(Fleet, AChangeCostsEachBoxAHeadAndADelta) {
    auto items = notices(20, "旧");
    items[3] = tests::make_notice("n3", "新");
    publish(district, items);
    auto round = fleet->sync(Due::Everything);
    CHECK_TEXT_EQUAL("", round.error);
    LONGS_EQUAL(kBoxes, round.areas_changed);
    auto lines = answers();
    LONGS_EQUAL(kBoxes * (kAreas + 2), lines.size());
    LONGS_EQUAL(kBoxes, count(lines, " 200 /areas/12/0101/head.signed"));
    LONGS_EQUAL(kBoxes, count(lines, " 200 /objects/"));
}

TEST(Fleet, AnAlertIsFetchedWithoutAskingForAnythingElse) {
    publish(district, notices(1, "台风"), Part::Alerts);
    auto round = fleet->sync(Due::Alerts);
    CHECK_TEXT_EQUAL("", round.error);
    LONGS_EQUAL(kBoxes, round.areas_changed);
    auto lines = answers();
    LONGS_EQUAL(2 * kBoxes, lines.size());
    LONGS_EQUAL(kBoxes, count(lines, " 200 /areas/12/0101/alerts.signed"));
}

TEST_GROUP(FleetCalendar) {
    tests::Calendar calendar{.boxes = 2000, .bounds = {.start_spread = 300s}};

    /// The busiest second between two, as a multiple of the average there.
    static double peak(const std::vector<std::uint32_t>& attempts, std::size_t from, std::size_t until) {
        auto begin = attempts.begin() + static_cast<std::ptrdiff_t>(from);
        auto end = attempts.begin() + static_cast<std::ptrdiff_t>(until);
        double average = std::accumulate(begin, end, 0.0) / static_cast<double>(until - from);
        return *std::max_element(begin, end) / average;
    }
};

TEST(FleetCalendar, BoxesThatAreSwitchedOnTogetherComeOneAfterTheOther) {
    auto attempts = tests::attempts_by_second(calendar);
    CHECK_TRUE(peak(attempts, 0, 300) < 3.0);
}

TEST(FleetCalendar, BoxesStaySpreadAllDay) {
    calendar.length = 24h;
    auto attempts = tests::attempts_by_second(calendar);
    CHECK_TRUE(peak(attempts, 3600, 24 * 3600) < 4.0);
}

TEST(FleetCalendar, AnOutageIsFollowedByNoRush) {
    calendar.outage_begins = 1000s;
    calendar.outage = 600s;
    auto attempts = tests::attempts_by_second(calendar);
    CHECK_TRUE(peak(attempts, 1600, 3600) < 4.0);
}
