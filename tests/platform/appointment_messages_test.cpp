// The messages of the appointment interface: as they are written and read, against the schema, and against whoever sends
// something else.

#include <cstdlib>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/appointments/messages.h"
#include "tests/platform/signed_tree.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono_literals;
using linli::tests::kMonday;

namespace {

constexpr const char* kService = "12/0101#health-check";
constexpr auto kDay = std::chrono::year(2026) / 11 / 27;
const std::string kKey(32, 'a');

Appointment full_appointment() {
    Appointment appointment;
    appointment.number = "YY-1127-0203";
    appointment.service = kService;
    appointment.service_name = "老年人<免费>体检";
    appointment.state = AppointmentState::Cancelled;
    appointment.start = kMonday;
    appointment.duration = 30min;
    appointment.held_until = kMonday - 5min;
    appointment.cancel_until = kMonday - 24h;
    appointment.changed_from = kMonday - 48h;
    appointment.cancelled_by = "office";
    appointment.place = "中心";
    appointment.address = "康宁路88号";
    appointment.telephone = "000-8800-1101";
    appointment.bring = {"居民身份证", "医保卡"};
    appointment.note = "三楼施工 & 请走南门";
    return appointment;
}

Appointment waiting_appointment() {
    Appointment appointment;
    appointment.number = "YY-1127-0204";
    appointment.service = kService;
    appointment.service_name = "体检";
    appointment.state = AppointmentState::Waiting;
    appointment.place = "中心";
    return appointment;
}

/// One of every message, all that can be said said.
std::vector<std::string> every_message() {
    std::vector<Member> members{{"m1", "张*明"}};
    std::vector<BookableService> services{
        {kService, "体检", 37, kDay, Confirmation::ByHand, true, "Asia/Shanghai"},
        {"12#x", "没有空位", 0, std::nullopt, Confirmation::Automatic, false, "Asia/Shanghai"}};
    std::vector<BookableDay> days{{kDay, 48, 3, ""}, {std::chrono::year(2026) / 11 / 28, 0, 0, "调休"}};
    std::vector<Slot> slots{{"s81", kMonday, 30min, 4, 1}};
    std::vector<Reminder> reminders{{.number = "N1", .start = kMonday, .service_name = "体检", .place = "中心", .telephone = "000-8800-1101"},
                                    {.number = "N2", .start = kMonday, .state = AppointmentState::Offered, .held_until = kMonday},
                                    {.number = "N3", .start = kMonday, .state = AppointmentState::Cancelled}};
    std::vector<ApplicationResult> results{{"…4711", "ready", "12/0101#permit", "居住证", "已办好", "000", kMonday},
                                           {"…4711", "received", "", "证", "", "", kMonday}};
    Appointment discreet;
    discreet.number = "N1";
    discreet.start = kMonday;
    discreet.place = "中心";
    std::vector<std::string> messages{
        write_members(members),
        write_open_session("m1", "2468"),
        write_session({"b3c0", "m1", 600s}),
        write_services(services),
        write_services({}),
        write_days(kService, days),
        write_slots(kService, kDay, slots),
        write_change({"hold", kKey, "", "s81", ""}),
        write_change({"confirm", kKey, "N1", "", ""}),
        write_change({"change", kKey, "N1", "s95", ""}),
        write_change({"cancel", kKey, "N1", "", ""}),
        write_change({"wait", kKey, "", "", kService}),
        write_appointment(full_appointment()),
        write_appointment(waiting_appointment()),
        write_appointments(std::vector{full_appointment(), waiting_appointment()}),
        write_outcome({kKey, "confirm", Outcome::Result::Done, "", discreet}),
        write_outcome({kKey, "hold", Outcome::Result::Refused, "slot-taken", std::nullopt}),
        write_outcome({kKey, "", Outcome::Result::Unknown, "", std::nullopt}),
        write_reminders(reminders),
        write_results(results),
    };
    for (auto reason = 0; reason <= static_cast<int>(Refusal::Reason::Busy); ++reason)
        messages.push_back(write_refusal({static_cast<Refusal::Reason>(reason), 4, 2, 60s, "000-8800-1001"}));
    return messages;
}

bool fits_schema(const tests::TemporaryFolder& folder, const std::string& message) {
    folder.write("message.xml", message);
    std::string command = "xmllint --noout --nonet --schema " LINLI_SOURCE_DIR
                          "/platform/exchange/linli-appointments-1.xsd " +
                          (folder.path() / "message.xml").string() + " >" + (folder.path() / "said").string() + " 2>&1";
    return std::system(command.c_str()) == 0;
}

/// A message of the interface's namespace.
std::string message(std::string_view root, std::string_view attributes, std::string_view inside = "") {
    return base::format("<{0} xmlns='urn:linli:exchange:1' {1}>{2}</{0}>", root, attributes, inside);
}

/// Whether any reader at all takes it.
bool is_read(const std::string& xml) {
    bool is_change = false;
    for (const char* request : {"hold", "confirm", "change", "cancel", "wait"})
        is_change = is_change || read_change(xml, request).has_value();
    return is_change || read_members(xml) || read_open_session(xml) || read_session(xml, "m1") ||
           read_services(xml) || read_days(xml, kService) || read_slots(xml, kService, kDay) || read_appointment(xml) ||
           read_appointments(xml) || read_outcome(xml, kKey) || read_reminders(xml) || read_results(xml) ||
           read_refusal(xml);
}

}  // namespace

// clang-format off
TEST_GROUP(AppointmentMessages) {
    tests::TemporaryFolder folder;
};
// clang-format on

TEST(AppointmentMessages, FitTheSchemaAndAreReadAgain) {
    for (const std::string& each : every_message()) {
        CHECK_TRUE_TEXT(fits_schema(folder, each), each.c_str());
        CHECK_TRUE_TEXT(is_read(each), each.c_str());
    }
}

TEST(AppointmentMessages, OfTheManualFitTheSchema) {
    auto manual = base::read_file(LINLI_SOURCE_DIR "/docs/appointments.md");
    CHECK_GOOD(manual);
    auto begin = manual->find("```xml\n") + 7;
    std::string examples = manual->substr(begin, manual->find("```", begin) - begin);
    auto put = [&](std::string_view what, std::string_view with) {
        for (auto at = examples.find(what); at != std::string::npos; at = examples.find(what, at + with.size()))
            examples.replace(at, what.size(), with);
    };
    put("<appointment …/>", "<appointment number=\"N1\" state=\"waiting\"/>");
    for (const char* key : {"7f12…", "90ab…", "11c4…", "52de…", "66f0…"}) put(key, kKey);
    put("b3c0…", "b3c0");
    int count = 0;
    for (std::size_t at = 0; (at = examples.find("xmlns=", at)) != std::string::npos; ++count) {
        auto start = examples.rfind('<', at);
        at = examples.find("xmlns=", at + 1);
        auto end = at == std::string::npos ? examples.size() : examples.rfind('<', at);
        std::string example = examples.substr(start, end - start);
        CHECK_TRUE_TEXT(fits_schema(folder, example), example.c_str());
        CHECK_TRUE_TEXT(is_read(example) || example.contains("<slots") || example.contains("<days"), example.c_str());
        if (at == std::string::npos) at = examples.size();
    }
    LONGS_EQUAL(15, count);
}

TEST(AppointmentMessages, KeepEverythingOfAnAppointment) {
    auto read = read_appointment(write_appointment(full_appointment()));
    CHECK_GOOD(read);
    Appointment expected = full_appointment();
    CHECK_TEXT_EQUAL(write_appointment(expected), write_appointment(*read));
    CHECK_TEXT_EQUAL(expected.note, read->note);
    LONGS_EQUAL(2, read->bring.size());
    CHECK_TRUE(read->held_until == expected.held_until && read->changed_from == expected.changed_from);
    auto waiting = read_appointment(write_appointment(waiting_appointment()));
    CHECK_GOOD(waiting);
    CHECK_FALSE(waiting->start.has_value());
}

TEST(AppointmentMessages, ThatAreCutShortAnywhereAreRefused) {
    for (const std::string& each : every_message())
        for (std::size_t length = 0; length < each.rfind('>'); length += 3)
            CHECK_FALSE_TEXT(is_read(each.substr(0, length)), each.c_str());
}

TEST(AppointmentMessages, WithAByteOfChanceAreRefusedOrCanBeWrittenAgain) {
    std::uint32_t chance = 1;
    for (const std::string& each : every_message())
        for (int i = 0; i < 40; ++i) {
            std::string damaged = each;
            chance = chance * 1664525u + 1013904223u;
            damaged[(chance >> 8) % damaged.size()] = static_cast<char>(chance >> 24);
            is_read(damaged);
            if (auto read = read_appointments(damaged)) CHECK_GOOD(read_appointments(write_appointments(*read)));
        }
}

TEST(AppointmentMessages, WithAQuestionThatIsNotAsTheSchemaSaysAreRefused) {
    const std::string pin = "<pin>2468</pin>";
    const std::string key = "key='" + kKey + "'";
    CHECK_TRUE(is_read(message("open-session", "member='m1'", pin)));
    CHECK_TRUE(is_read(message("hold", key + " slot='s1'")));
    const std::string kBad[] = {
        message("open-session", "", pin),
        message("open-session", "member=''", pin),
        message("open-session", "member='m 1'", pin),
        message("open-session", "member='" + std::string(65, 'm') + "'", pin),
        message("open-session", "member='m1' more='1'", pin),
        message("open-session", "member='m1'", pin + pin),
        message("open-session", "member='m1'", pin + "<more/>"),
        message("open-session", "member='m1'", "<pin>246</pin>"),
        message("open-session", "member='m1'", "<pin>24 68</pin>"),
        message("open-session", "member='m1'", "<pin>246８</pin>"),
        message("open-session", "member='m1'", "<pin x='1'>2468</pin>"),
        message("open-session", "member='m1'", "<pin xmlns=''>2468</pin>"),
        message("hold", "slot='s1'"),
        message("hold", "key='" + std::string(31, 'a') + "' slot='s1'"),
        message("hold", "key='" + std::string(65, 'a') + "' slot='s1'"),
        message("hold", "key='" + std::string(32, 'g') + "' slot='s1'"),
        message("hold", key),
        message("hold", key + " slot='s1' number='N1'"),
        message("hold", key + " slot='s1'", "<slot/>"),
        message("confirm", key),
        message("change", key + " number='N1'"),
        message("change", key + " slot='s1'"),
        message("cancel", key + " number='../N1'"),
        message("wait", key + " service='health-check'"),
        message("wait", key + " service='12/0101#'"),
        message("wait", key + " service='12/0101#\"; DROP'"),
        "<hold " + key + " slot='s1'/>",
        "<hold xmlns='urn:linli:exchange:2' " + key + " slot='s1'/>",
        "<!DOCTYPE hold [<!ENTITY a 's1'>]>" + message("hold", key + " slot='&a;'"),
        message("hold", key + " slot='s1'") + std::string(kMostMessageBytes, ' '),
    };
    for (const std::string& each : kBad) CHECK_FALSE_TEXT(is_read(each), each.c_str());
    CHECK_FALSE(read_change(message("hold", key + " slot='s1'"), "cancel").has_value());
    CHECK_FALSE(read_change(message("members", key), "members").has_value());
}

TEST(AppointmentMessages, WithAnAnswerThatMakesNoSenseAreRefused) {
    const std::string place = "<name>体检</name><place>中心</place>";
    const std::string start = "start='2026-11-27T09:30:00+08:00'";
    CHECK_TRUE(is_read(message("appointment", "number='N1' state='booked' minutes='30' " + start, place)));
    const std::string key = "key='" + kKey + "'";
    const std::string kBad[] = {
        message("appointment", "number='N1' state='booked' " + start, place),
        message("appointment", "number='N1' state='booked' minutes='30'", place),
        message("appointment", "number='N1' state='booked'", place),
        message("appointment", "number='N1' state='gone' minutes='30' " + start, place),
        message("appointment", "number='' state='booked' minutes='30' " + start, place),
        message("appointment", "number='N1' state='booked' minutes='-1' " + start, place),
        message("appointment", "number='N1' state='booked' minutes='99999' " + start, place),
        message("appointment", "number='N1' state='booked' minutes='30' start='2026-11-27T09:30:00'", place),
        message("appointment", "number='N1' state='booked' minutes='30' held-until='soon' " + start, place),
        message("appointment", "number='N1' state='cancelled' by='nobody' minutes='30' " + start, place),
        message("appointment", "number='N1' state='booked' minutes='30' " + start, "<name>体检</name>"),
        message("members", "", "<member ref='m1'>张明</member>"),
        message("members", "", "<member ref='m1'>张*明</member><member ref='m1'>张*明</member>"),
        message("session", "ref='b3' member='m2' seconds='600'"),
        message("session", "ref='b3' member='m1' seconds='0'"),
        message("services", "", "<service ref='12#x' free='1' confirm='automatic' waiting='true'>x</service>"),
        message("services", "zone='Asia/Shanghai'", "<service ref='x' free='1' confirm='automatic' waiting='true'>x</service>"),
        message("services", "zone='Asia/Shanghai'", "<service ref='12#x' free='1' confirm='maybe' waiting='true'>x</service>"),
        message("days", "service='12/0101#other'", ""),
        message("days", "service='12/0101#health-check'", "<day date='2026-11-27' places='1' free='2'/>"),
        message("days", "service='12/0101#health-check'", "<day date='2026-02-30' places='2' free='2'/>"),
        message("days", "service='12/0101#health-check'",
                "<day date='2026-11-27' places='2' free='2'/><day date='2026-11-27' places='2' free='2'/>"),
        message("slots", "service='12/0101#health-check' day='2026-11-28'"),
        message("outcome", "key='" + std::string(32, 'b') + "' result='unknown'"),
        message("outcome", key + " result='done' request='hold'"),
        message("outcome", key + " result='refused' request='hold'"),
        message("outcome", key + " result='refused' request='hold' reason='because'"),
        message("outcome", key + " result='unknown' request='hold'"),
        message("outcome", key + " result='perhaps'"),
        message("reminders", "", "<reminder number='N1' start='' place=''/>"),
        message("results", "", "<result receipt='…4711' state='lost' updated='2026-11-20T10:00:00Z'><name>x</name></result>"),
        message("refusal", "reason='because'"),
        message("refusal", "reason='locked' seconds='99999999999'"),
    };
    for (const std::string& each : kBad) CHECK_FALSE_TEXT(is_read(each), each.c_str());
}

TEST(AppointmentMessages, PassOverWhatALaterAnswerAdds) {
    CHECK_TRUE(is_read(message("members", "since='2'", "<guest/><member ref='m1' age='80'>张*明</member>")));
    CHECK_TRUE(is_read(message("refusal", "reason='busy' more='1'", "<more/>")));
}

TEST(AppointmentMessages, SayNothingOfWhatTheyHeldWhenTheyAreRefused) {
    for (const char* bad : {"<pin>secret</pin>", "<secret>1</secret>"}) {
        auto read = read_open_session(message("open-session", "member='m1'", bad));
        CHECK_FALSE(read.has_value());
        CHECK_FALSE(read.error().message.contains("secret"));
    }
    auto change = read_change(message("hold", "key='secret' slot='s1'"), "hold");
    CHECK_FALSE(change.error().message.contains("secret"));
}
