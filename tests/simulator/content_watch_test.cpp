#include "simulator/serve/content_watch.h"

#include <atomic>

#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;
using namespace std::chrono_literals;

namespace {

constexpr const char* kCity =
    R"(<exchange xmlns="urn:linli:exchange:1" area="12"><area id="area"><name>海津市</name></area></exchange>)";
constexpr const char* kStreet =
    R"(<exchange xmlns="urn:linli:exchange:1" area="12/0101/001"><area id="area"><name>春柳街道</name></area></exchange>)";
constexpr const char* kDistrict =
    R"(<exchange xmlns="urn:linli:exchange:1" area="12/0101"><area id="area"><name>河湾区</name></area></exchange>)";
constexpr std::chrono::sys_seconds kMonday{std::chrono::seconds(1795395600)};

}  // namespace

TEST_GROUP(ContentWatch) {
    tests::TemporaryFolder folder;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{kMonday};

    void setup() override {
        folder.write("12/area.xml", kCity);
        folder.write("12/0101/area.xml", kDistrict);
        folder.write("12/0101/001/area.xml", kStreet);
    }
};

TEST(ContentWatch, NamesTheAreas) {
    ContentState state = read_content(folder.path(), kMonday);
    LONGS_EQUAL(3, state.areas.size());
    CHECK_TEXT_EQUAL("海津市", state.areas[0].name);
    CHECK_TEXT_EQUAL("12/0101/001", state.first_community()->str());
}

TEST(ContentWatch, PublishesWhatHasNoFaults) {
    auto platform = LocalPlatform::start(clock, *log);
    CHECK_GOOD(platform);
    ContentState good = publish_content(folder.path(), **platform, kMonday);
    CHECK_TEXT_EQUAL("", good.error);
    LONGS_EQUAL(0, good.faults.size());

    folder.write("12/area.xml", "<exchange");
    ContentState bad = publish_content(folder.path(), **platform, kMonday);
    CHECK_TRUE(bad.faults.size() > 0);
    CHECK_TEXT_EQUAL("12/area.xml", bad.faults.front().file);
}

TEST(ContentWatch, SeesThatAFileWasSaved) {
    std::atomic<int> seen = 0;
    ContentWatch watch(folder.path(), ContentWatch::look(folder.path()), [&] { ++seen; });
    folder.write("12/notices.xml", "<exchange");
    for (int i = 0; i < 100 && seen == 0; ++i) std::this_thread::sleep_for(50ms);
    LONGS_EQUAL(1, seen);
}
