#include "simulator/stream/si/si_writer.h"

#include <string>

#include "simulator/stream/si/descriptors.h"
#include "tests/simulator/stream/dvbpsi_reader.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::simulator;
using namespace linli::tests;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

/// Texts without a selector, so that they can be compared as they are.
const BroadcastEncoding kPlain{"UTF-8", ""};
constexpr sys_seconds kNow = sys_days(2026y / November / 28) + 9h + 30min;

SiMultiplex two_services() {
    SiMultiplex multiplex{.network = 1, .stream = 16};
    multiplex.services.push_back({.id = 1,
                                  .name = "Harbour News",
                                  .provider = "Harbour",
                                  .number = 2,
                                  .pmt_pid = 0x101,
                                  .pcr_pid = 0x111,
                                  .streams = {{StreamType::H264, 0x111, "", {}}, {StreamType::Mpeg1Audio, 0x112, "chi", {}}}});
    multiplex.services.push_back({.id = 2,
                                  .type = ServiceType::Radio,
                                  .name = "Radio",
                                  .number = 201,
                                  .is_scrambled = true,
                                  .has_schedule = false,
                                  .pmt_pid = 0x102});
    return multiplex;
}

SiEvent event(std::uint16_t id, sys_seconds start) {
    return {.id = id, .start = start, .duration = 45min, .title = "News", .summary = "Of the day", .language = "eng"};
}

std::string read(std::uint16_t pid, std::vector<Section> sections) {
    SectionPacketizer packetizer(pid);
    return read_with_dvbpsi(packetizer.packets(sections), pid);
}

/// libdvbpsi hands an EIT over when it comes a second time.
std::vector<Section> twice(std::vector<Section> sections) {
    auto count = sections.size();
    for (std::size_t i = 0; i < count; ++i) sections.push_back(sections[i]);
    return sections;
}

}  // namespace

TEST_GROUP(SiWriter) {};

TEST(SiWriter, DvbpsiReadsThePat) {
    CHECK_TEXT_EQUAL("PAT 16\n 0 at 16\n 1 at 257\n 2 at 258\n", read(si_pid::kPat, write_pat(two_services())));
}

TEST(SiWriter, DvbpsiReadsThePmt) {
    CHECK_TEXT_EQUAL("PMT 1 version 5 clock 273\n 1b at 273\n 03 at 274 0a[4]\n", read(0x101, {write_pmt(two_services().services[0], 5)}));
}

TEST(SiWriter, DvbpsiReadsTheSdt) {
    CHECK_TEXT_EQUAL(
        "SDT 42 1.16\n"
        " 1 p/f schedule running 4 service 1 Harbour/Harbour News\n"
        " 2 p/f scrambled running 4 service 2 /Radio\n",
        read(si_pid::kSdt, write_sdt(two_services(), Of::Actual, kPlain)));
    CHECK_TEXT_EQUAL("SDT 46", read(si_pid::kSdt, write_sdt(two_services(), Of::Other, kPlain)).substr(0, 6));
}

TEST(SiWriter, DvbpsiReadsTheNit) {
    std::vector<SiMultiplex> multiplexes{two_services()};
    CHECK_TEXT_EQUAL("NIT 1 name Harbour\n 1.16 cable 4740000 68750 3 41[6] 5f[4] 1=2 2=201\n",
                     read(si_pid::kNit, write_nit("Harbour", multiplexes, kPlain)));
}

TEST(SiWriter, DvbpsiReadsPresentAndFollowing) {
    SiEvent now = event(7, kNow), next = event(8, kNow + 45min);
    now.running = RunningStatus::Running;
    now.description = std::string(300, 'x');
    now.content = 0x20;
    now.minimum_age = 12;
    EitOptions options{.stream = 16, .service = 1, .encoding = kPlain};
    CHECK_TEXT_EQUAL("EIT 4e 1.16.1 to 4e\n 7 efbc093000 004500 running 4 eng News/Of the day 0of1 " + std::string(249, 'x') +
                         " 1of1 " + std::string(51, 'x') + " 54[2] 55[4]\n 8 efbc101500 004500 running 0 eng News/Of the day\n",
                     read(si_pid::kEit, twice(write_eit_present_following(options, &now, &next))));
}

TEST(SiWriter, DvbpsiReadsAWeekOfSchedule) {
    std::vector<SiEvent> events;
    std::string expected;
    for (std::uint16_t i = 0; i < 7 * 24; ++i) events.push_back(event(i, floor<days>(kNow) + hours(i)));
    EitOptions options{.stream = 16, .service = 1, .encoding = kPlain};
    auto sections = write_eit_schedule(options, events, kNow);
    LONGS_EQUAL(32 + 24, sections.size());
    std::string text = read(si_pid::kEit, twice(sections));
    std::size_t found = 0;
    for (std::size_t i = 0; i < 7 * 24; ++i) found += text.find("\n " + std::to_string(i) + " ef") != text.npos;
    LONGS_EQUAL(7 * 24, found);
    CHECK_TRUE(text.find("EIT 51 1.16.1 to 51") != text.npos);
}

TEST(SiWriter, LongTextsTakeMoreSectionsOfASegment) {
    std::vector<SiEvent> events;
    for (std::uint16_t i = 0; i < 6; ++i) {
        events.push_back(event(i, floor<days>(kNow) + i * 10min));
        events.back().description = std::string(2000, 'x');
    }
    auto sections = write_eit_schedule({.service = 1, .encoding = kPlain}, events, kNow);
    LONGS_EQUAL(6, sections.size());
    for (const Section& section : sections) CHECK_TRUE(section.size() <= 4096);
    LONGS_EQUAL(5, static_cast<int>(sections[0][12]));  // segment_last_section_number
}

TEST(SiWriter, DvbpsiReadsTheTime) {
    CHECK_TEXT_EQUAL("TOT 73 efbc093000 58[13]\n", read(si_pid::kTime, {write_tot(kNow, "CHN", 8h)}));
    CHECK_TEXT_EQUAL("TOT 70 efbc093000\n", read(si_pid::kTime, {write_tdt(kNow)}));
}

TEST(SiWriter, JulianDaysBeginAgainIn2038) {
    ByteWriter writer;
    put_time(writer, sys_days(2038y / April / 23));
    CHECK_TRUE(writer.bytes() == Bytes(5, std::byte{0}));
}

TEST(SiWriter, UndefinedTimesAreAllOnes) {
    SiEvent event{.id = 1};
    auto sections = write_eit_present_following({.service = 1}, &event, nullptr);
    for (std::size_t i = 16; i < 24; ++i) LONGS_EQUAL(0xFF, static_cast<int>(sections[0][i]));
}
