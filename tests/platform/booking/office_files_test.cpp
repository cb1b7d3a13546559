// The files that an operator hands to the platform, and the sample cities' own.

#include "platform/server/office_files.h"

#include <algorithm>
#include <atomic>
#include <future>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/server/result_file.h"
#include "platform/server/tending.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono;
using namespace std::chrono_literals;
using linli::tests::Backend;
using linli::tests::StoreTest;

namespace {

const std::filesystem::path kSamples = LINLI_SOURCE_DIR "/simulator/samples";

std::string results(const std::string& children) {
    return "<results xmlns='urn:linli:results:1'>" + children + "</results>";
}

std::string result(const std::string& attributes, const std::string& children = "<name>a</name><say>b</say><telephone>c</telephone>") {
    return results("<result " + attributes + ">" + children + "</result>");
}

}  // namespace

TEST_GROUP(ResultFiles){};

TEST(ResultFiles, AreRead) {
    auto read = read_result_file(result("receipt='HW-4711' state='ready' updated='2026-11-20T10:00:00+08:00' guide='12/0101#permit'"));
    CHECK_GOOD(read);
    LONGS_EQUAL(1, read->size());
    CHECK_TEXT_EQUAL("HW-4711", read->front().receipt);
    CHECK_TEXT_EQUAL("12/0101#permit", read->front().guide);
    CHECK_TRUE(read->front().updated == sys_days(2026y / 11 / 20) + 2h);
}

TEST(ResultFiles, AreRefusedWithThePlace) {
    const std::string good = "receipt='HW-4711' state='ready' updated='2026-11-20T10:00:00Z'";
    const std::pair<std::string, const char*> kCases[] = {
        {"<results>", "1:10:"},
        {"<results/>", "1:1: <results>: the root is not <results xmlns=\"urn:linli:results:1\">"},
        {results("<thing/>"), "1:38: <thing>: expected <result>"},
        {result("receipt='HW-471' state='ready' updated='2026-11-20T10:00:00Z'"), "four digits among them"},
        {result("receipt='HW 4711' state='ready' updated='2026-11-20T10:00:00Z'"), "receipt: expected letters"},
        {result("receipt='HW-4711' state='done' updated='2026-11-20T10:00:00Z'"), "state: expected received, working"},
        {result("receipt='HW-4711' state='ready' updated='2026-11-20'"), "updated: expected a time with its offset"},
        {result(good + " guide='permit'"), "guide: expected AREA#ID"},
        {result(good + " name='a'"), "the attribute \"name\" is not known here"},
        {result(good, "<name>a</name><say>b</say>"), "<telephone> is missing or empty"},
        {result(good, "<name>a</name><name>b</name>"), "<name>: it is there twice"},
        {result(good, "<person>张三</person>"), "<person>: it is not known here, expected name, say or telephone"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto read = read_result_file(xml);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
}

TEST_GROUP(OfficeFiles) {
    StoreTest test{Backend::Sqlite};
    std::unique_ptr<base::Log> log = base::make_silent_log();

    std::filesystem::path file(const std::string& name, const std::string& text) {
        auto path = test.folder.path() / name;
        CHECK_GOOD(base::write_file_atomically(path, text));
        return path;
    }
    base::Result<void> import(const OfficeFiles& files) { return import_files(files, test.store(), test.now, *log); }
    void import_sample(const std::string& name) {
        auto of = [&](const char* ending) { return std::vector{kSamples / (name + ending)}; };
        CHECK_GOOD(import({of("-households.xml"), of("-schedules.xml"), of("-holidays.json"), of("-results.xml")}));
    }
    std::string reason(const OfficeFiles& files) {
        auto done = import(files);
        return done ? "" : done.error().message;
    }
};

TEST(OfficeFiles, OfTheSampleCityAreGood) {
    import_sample("city");
    std::string box = box_of_token("demo-box-1");
    auto services = GOOD(test.store().services(box, *content::AreaCode::parse("12/0101/001/002"), test.now));
    LONGS_EQUAL(10, services.size());
    for (const BookableService& service : services) CHECK_TRUE_TEXT(service.free > 0, service.ref.c_str());
    auto one = [&](const std::string& ref) { return *std::ranges::find(services, ref, &BookableService::ref); };
    LONGS_EQUAL(1, one("12/0101#housing-visit").free);
    CHECK_TRUE(one("12/0101#home-care").confirmation == Confirmation::ByHand);
    CHECK_TRUE(one("12/0101#health-check").has_waiting_list);
    auto days = GOOD(test.store().days(box, {*content::AreaCode::parse("12/0101"), "health-check"}, test.now));
    CHECK_TEXT_EQUAL("B超设备检修", std::ranges::find(days, 2026y / 12 / 1, &BookableDay::date)->closed);
    LONGS_EQUAL(2, GOOD(test.store().results(box, "4711", test.now)).size());
}

TEST(OfficeFiles, OfTheSampleCityKnowTheHolidays) {
    test.now = sys_days(2026y / 9 / 14);
    import_sample("city");
    auto days = GOOD(test.store().days(box_of_token("demo-box-1"), {*content::AreaCode::parse("12/0101"), "health-check"}, test.now));
    auto day = [&](year_month_day date) { return *std::ranges::find(days, date, &BookableDay::date); };
    CHECK_TEXT_EQUAL("国庆节", day(2026y / 10 / 1).closed);
    // A Sunday that is worked, with Monday's eight slots.
    LONGS_EQUAL(32, day(2026y / 9 / 20).places);
    LONGS_EQUAL(0, day(2026y / 9 / 27).places);
}

TEST(OfficeFiles, OfTheEnglishSampleAreGood) {
    import_sample("english");
    std::string box = box_of_token("demo-box-en");
    LONGS_EQUAL(3, GOOD(test.store().services(box, *content::AreaCode::parse("31/0001/001/001"), test.now)).size());
    LONGS_EQUAL(1, GOOD(test.store().results(box, "0386", test.now)).size());
}

TEST(OfficeFiles, TellFileAndLineOfAFault) {
    auto bad = file("bad.xml", "<schedules xmlns='urn:linli:schedules:1'>\n<plan/></schedules>");
    STRCMP_CONTAINS("/bad.xml:2:1: <plan>: expected <schedule>", reason({.schedules = {bad}}).c_str());
    STRCMP_CONTAINS("/bad.xml:1:1: <schedules>: the root is not <households", reason({.households = {bad}}).c_str());
    STRCMP_CONTAINS("/bad.xml:1:1: <schedules>: the root is not <results", reason({.results = {bad}}).c_str());
    STRCMP_CONTAINS("/bad.xml:1: the calendar of holidays is not JSON", reason({.holidays = {bad}}).c_str());
    STRCMP_CONTAINS("/none.xml", reason({.results = {test.folder.path() / "none.xml"}}).c_str());
}

TEST(OfficeFiles, WithAFaultInOneComeToNothing) {
    auto bad = file("bad.xml", "<results/>");
    CHECK_FALSE(import({.schedules = {kSamples / "city-schedules.xml"}, .results = {bad}}).has_value());
    LONGS_EQUAL(0, test.ask("SELECT COUNT(*) FROM service"));
}

TEST(OfficeFiles, OfTwoCalendarsTheLaterCounts) {
    auto first = file("1.json", R"({"days": [{"name": "休息", "date": "2026-11-24", "isOffDay": true}]})");
    auto second = file("2.json", R"({"days": [{"name": "改休", "date": "2026-11-24", "isOffDay": true}]})");
    import_sample("city");
    CHECK_GOOD(import({.holidays = {first, second}}));
    auto days = GOOD(test.store().days(box_of_token("demo-box-1"), {*content::AreaCode::parse("12/0101"), "health-check"}, test.now));
    CHECK_TEXT_EQUAL("改休", days.at(1).closed);
}

TEST(OfficeFiles, ComeAgainWithoutHarm) {
    import_sample("city");
    auto slots = test.ask("SELECT COUNT(*) FROM slot");
    import_sample("city");
    LONGS_EQUAL(slots, test.ask("SELECT COUNT(*) FROM slot"));
    LONGS_EQUAL(6, test.ask("SELECT COUNT(*) FROM result"));
}

TEST_GROUP(Tendings){};

TEST(Tendings, DoWhatTimeBringsByThemselves) {
    StoreTest test{Backend::Sqlite};
    test.put(StoreTest::schedule());
    test.add_household();
    test.hold(test.slot(2026y / 11 / 24, 9));
    /// Says when it is asked for the second time: then the first round is over.
    struct AskedClock final : base::Clock {
        sys_seconds now() const override {
            if (++asked == 2) second.set_value();
            return tests::kMonday + 10min;
        }
        base::ClockState state() const override { return base::ClockState::Good; }
        steady_clock::time_point steady() const override { return steady_clock::now(); }
        void hear(sys_seconds) override {}
        mutable std::atomic<int> asked = 0;
        mutable std::promise<void> second;
    } clock;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    Tending tending(test.store(), clock, *log, 1ms);
    clock.second.get_future().wait();
    LONGS_EQUAL(0, test.ask("SELECT COUNT(*) FROM appointment WHERE state = 'held'"));
}
