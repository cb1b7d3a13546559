// What happens at the platform while somebody sits before the television, on the platform's real bookings.

#include "simulator/script/elsewhere.h"

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/appointments/messages.h"
#include "simulator/script/script.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

namespace {

constexpr const char* kSchedules = R"(<schedules xmlns="urn:linli:schedules:1">
  <schedule service="12/0101#check" minutes="30" places="2" horizon="3" book-until="0" cancel-until="0" confirm="by-hand">
    <name>老年人免费体检</name><place>服务中心</place><telephone>000-8800-1101</telephone>
    <open days="mon tue wed" from="10:00" until="11:00"/>
  </schedule>
</schedules>)";
constexpr const char* kHouseholds = R"(<households xmlns="urn:linli:households:1">
  <household token="demo-box-1"><member ref="m1" name="张*明" pin="2468"/><member ref="m2" name="李*兰" pin="2468"/></household>
</households>)";

}  // namespace

/// Monday morning; the service has two slots of two places on Monday, Tuesday and Wednesday.
TEST_GROUP(Elsewhere) {
    tests::TemporaryFolder folder;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{std::chrono::sys_seconds(std::chrono::seconds(1795395600))};
    content::ItemKey service = *platform::parse_service("12/0101#check");
    std::string box = platform::box_of_token("demo-box-1");
    std::unique_ptr<LocalPlatform> local;
    std::unique_ptr<Elsewhere> elsewhere;

    void setup() override {
        auto started = LocalPlatform::start(clock, *log);
        CHECK_GOOD(started);
        local = std::move(*started);
        platform::OfficeFiles files;
        files.households = {folder.write("households.xml", kHouseholds)};
        files.schedules = {folder.write("schedules.xml", kSchedules)};
        CHECK_GOOD(local->import(files));
        elsewhere = std::make_unique<Elsewhere>(*local, files, clock, "demo-box-1", "Asia/Shanghai");
    }
    void teardown() override {
        elsewhere.reset();
        local.reset();
    }
    std::string act(const std::string& step) {
        auto steps = parse_script(step);
        CHECK_GOOD(steps);
        auto done = elsewhere->act(std::get<PlatformStep>(steps->at(0).step));
        return done ? "" : done.error().message;
    }
    /// Free places by day: "2/4 4/4 4/4".
    std::string free_places() {
        auto days = local->bookings().days(box, service, clock.now());
        CHECK_GOOD(days);
        std::string text;
        for (const auto& day : std::get<std::vector<platform::BookableDay>>(*days))
            text += base::format("{}/{} ", day.free, day.places);
        return text;
    }
    /// The member's appointment on a slot of Monday, and what has become of it.
    std::string book() {
        auto& bookings = local->bookings();
        auto session = std::get<platform::Session>(*bookings.open_session(box, "m1", "2468", clock.now()));
        auto slots = std::get<std::vector<platform::Slot>>(
            *bookings.slots(box, service, std::chrono::year(2026) / 11 / 23, clock.now()));
        auto held = bookings.hold({box, session.ref}, base::random_hex(32), slots.at(0).ref, clock.now());
        auto number = std::get<platform::Appointment>(*held).number;
        CHECK_GOOD(bookings.confirm({box, session.ref}, base::random_hex(32), number, clock.now()));
        return session.ref;
    }
    std::string state(const std::string& session) {
        auto mine = local->bookings().mine({box, session}, clock.now());
        CHECK_GOOD(mine);
        const auto& appointment = std::get<std::vector<platform::Appointment>>(*mine).at(0);
        return base::format("{} {}", to_name(appointment.state), appointment.note);
    }
};

TEST(Elsewhere, ARivalTakesTheFirstSlotADayOrAll) {
    CHECK_TEXT_EQUAL("", act("rival takes \"12/0101#check\" first"));
    CHECK_TEXT_EQUAL("2/4 4/4 4/4 ", free_places());
    CHECK_TEXT_EQUAL("", act("rival takes \"12/0101#check\" first"));
    CHECK_TEXT_EQUAL("0/4 4/4 4/4 ", free_places());
    CHECK_TEXT_EQUAL("", act("rival takes \"12/0101#check\" 2026-11-25"));
    CHECK_TEXT_EQUAL("0/4 4/4 0/4 ", free_places());
    CHECK_TEXT_EQUAL("", act("rival takes \"12/0101#check\" all"));
    CHECK_TEXT_EQUAL("0/4 0/4 0/4 ", free_places());
    CHECK_TEXT_EQUAL("", act("rival gives-up \"12/0101#check\""));
    CHECK_TEXT_EQUAL("1/4 0/4 0/4 ", free_places());
    CHECK_TEXT_EQUAL("", act("rival takes \"12/0101#check\" all"));
    STRCMP_CONTAINS("no free place", act("rival takes \"12/0101#check\" first").c_str());
    STRCMP_CONTAINS("unknown-service", act("rival takes \"12/0101#nothing\" first").c_str());
}

TEST(Elsewhere, AnOfficeAgreesAndCallsOff) {
    STRCMP_CONTAINS("no rival", act("rival gives-up \"12/0101#check\"").c_str());
    STRCMP_CONTAINS("nobody waits", act("office agrees \"12/0101#check\"").c_str());
    std::string session = book();
    CHECK_TEXT_EQUAL("pending ", state(session));
    CHECK_TEXT_EQUAL("", act("office agrees \"12/0101#check\""));
    CHECK_TEXT_EQUAL("booked ", state(session));
    STRCMP_CONTAINS("nobody has", act("office calls-off \"12/0101#check\" 2026-11-24 \"停电\"").c_str());
    CHECK_TEXT_EQUAL("", act("office calls-off \"12/0101#check\" 2026-11-23 \"停电\""));
    CHECK_TEXT_EQUAL("cancelled 停电", state(session));
}

TEST(Elsewhere, AnOfficeThatClosesKeepsWhatIsBooked) {
    std::string session = book();
    CHECK_TEXT_EQUAL("", act("office closes \"12/0101#check\""));
    CHECK_TEXT_EQUAL("pending ", state(session));
    auto slots = local->bookings().slots(box, service, std::chrono::year(2026) / 11 / 23, clock.now());
    CHECK_GOOD(slots);
    CHECK_TRUE(std::get<std::vector<platform::Slot>>(*slots).empty());
    STRCMP_CONTAINS("no schedule", act("office closes \"12/0101#nothing\"").c_str());
}

TEST(Elsewhere, AMemberLeavesTheHousehold) {
    std::string session = book();
    CHECK_TEXT_EQUAL("", act("office removes m1"));
    auto members = local->bookings().members(box);
    CHECK_GOOD(members);
    LONGS_EQUAL(1, std::get<std::vector<platform::Member>>(*members).size());
    auto mine = local->bookings().mine({box, session}, clock.now());
    CHECK_GOOD(mine);
    CHECK_TRUE(std::get<platform::Refusal>(*mine).reason == platform::Refusal::Reason::NoSession);
    STRCMP_CONTAINS("no member m9", act("office removes m9").c_str());
}
