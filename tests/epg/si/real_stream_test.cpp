// Real captures that nobody of this project made, where LINLI_REAL_FILES names a folder of them.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "epg/si/si_collector.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/epg/support/si_recorder.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using linli::tests::RecordedEvent;
using linli::tests::SiRecorder;

namespace {

std::optional<std::filesystem::path> real_folder(const char* test) {
    const char* folder = std::getenv("LINLI_REAL_FILES");
    if (folder == nullptr) {
        std::printf("\nskipped RealStreams.%s: LINLI_REAL_FILES does not name a folder of real files\n", test);
        return std::nullopt;
    }
    return std::filesystem::path(folder) / "si";
}

std::string read(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

Bytes bytes_of(const std::string& text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

/// Without a difference that only a line break makes; spaces that hold words together are spaces.
std::string in_one_line(std::string text) {
    for (std::size_t at; (at = text.find("\xC2\xA0")) != text.npos;) text.replace(at, 2, " ");
    std::string line;
    for (char c : text) {
        bool is_space = c == ' ' || c == '\n';
        if (is_space && (line.empty() || line.back() == ' ')) continue;
        line += is_space ? ' ' : c;
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

struct Capture {
    SiRecorder heard;
    SiCollector collector{{}, heard};
    explicit Capture(const std::filesystem::path& file) {
        std::string stream = read(file);
        collector.push(bytes_of(stream));
        collector.finish();
    }
};

/// "1. TF1|2019/01/22|12:00:00|12:55:00|0x3840|title|summary|description", as the listing has them.
std::set<std::string> events_of_listing(const std::string& listing) {
    std::set<std::string> events;
    std::string service, date, head, field, texts[3], line;
    auto end_event = [&] {
        if (!head.empty())
            events.insert(service + "|" + date + "|" + head + "|" + in_one_line(texts[0]) + "|" + in_one_line(texts[1]) +
                          "|" + in_one_line(texts[2]));
        head.clear();
        for (std::string& text : texts) text.clear();
    };
    std::istringstream lines(listing);
    std::string* text = nullptr;
    while (std::getline(lines, line)) {
        if (line.empty() || line.starts_with("---")) continue;
        if (line.starts_with("    ")) {
            line.erase(0, 4);
            constexpr std::string_view kFields[] = {"Title:", "Description:", "Extended description:"};
            for (std::size_t i = 0; i < 3; ++i) {
                if (!line.starts_with(kFields[i])) continue;
                text = &texts[i];
                line.erase(0, kFields[i].size());
                break;
            }
            if (text != nullptr) *text += line + " ";
            continue;
        }
        end_event();
        if (line.starts_with("  "))
            head = line.substr(2, 8) + "|" + line.substr(14, 8) + "|" + line.substr(line.find("0x"), 6);
        else if (line.size() == 10 && line[4] == '/')
            date = line;
        else
            service = line;
    }
    end_event();
    return events;
}

std::string number_and_name(const Capture& capture, const ServiceId& id) {
    int number = 0;
    for (const NetworkInformation& network : capture.heard.networks)
        for (const NetworkInformation::Stream& stream : network.streams)
            for (const LogicalChannel& channel : stream.channels)
                if (stream.stream == id.stream && channel.service == id.service) number = channel.number;
    for (const ServiceDescriptions& table : capture.heard.services)
        for (const ServiceDescriptions::Service& service : table.services)
            if (service.id == id) return std::to_string(number) + ". " + service.name;
    return std::to_string(number) + ". ";
}

std::string listed(const Capture& capture, const RecordedEvent& event) {
    auto day = [](auto time) {
        std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
        return base::format("{:04}/{:02}/{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    };
    auto clock = [](auto time) {
        std::chrono::hh_mm_ss hms(time - std::chrono::floor<std::chrono::days>(time));
        return base::format("{:02}:{:02}:{:02}", hms.hours().count(), hms.minutes().count(), hms.seconds().count());
    };
    auto start = event.event.start.value_or(std::chrono::sys_seconds{});
    auto end = start + event.event.duration.value_or(std::chrono::seconds(0));
    return number_and_name(capture, event.service) + "|" + day(start) + "|" + clock(start) + "|" + clock(end) +
           base::format("|0x{:04X}|", event.event.id) + in_one_line(event.title) + "|" + in_one_line(event.summary) + "|" +
           in_one_line(event.description);
}

/// Both have every programme; the message is what one of them lacks.
void check_same(const std::set<std::string>& expected, const std::set<std::string>& ours) {
    std::string missing, surplus;
    for (const std::string& event : expected)
        if (!ours.contains(event)) missing += event + "\n";
    for (const std::string& event : ours)
        if (!expected.contains(event)) surplus += event + "\n";
    CHECK_TRUE(expected.size() > 300);
    CHECK_TEXT_EQUAL(missing, surplus);
    CHECK_TEXT_EQUAL("", missing);
}

}  // namespace

// clang-format off
TEST_GROUP(RealStreams){};
// clang-format on

TEST(RealStreams, EverySectionButTheBrokenOneIsGood) {
    auto folder = real_folder("EverySectionButTheBrokenOneIsGood");
    if (!folder) return;
    // Every section is counted: nothing is known from the turn before.
    struct Count final : SectionSink {
        std::map<unsigned, int> good;
        int bad = 0;
        void on_section(std::uint16_t pid, Bytes section) override {
            bool has_crc = section[0] != 0x70;
            bool is_good = !has_crc || crc32_by_tables(section) == 0;
            bad += pid == pid::kEvents && !is_good;
            good[section[0]] += is_good;
        }
    } count;
    SiCounters counters;
    PacketReader packets(counters);
    SectionAssembler assemblers[] = {{pid::kNetwork, count, counters},
                                     {pid::kServicesAndBouquets, count, counters},
                                     {pid::kEvents, count, counters},
                                     {pid::kTime, count, counters}};
    std::string stream = read(*folder / "test-184.ts");
    auto take = [&](TsPacket packet) {
        if (packet.pid() >= 0x10 && packet.pid() <= 0x14 && packet.pid() != 0x13)
            assemblers[packet.pid() == 0x14 ? 3 : packet.pid() - 0x10].push(packet);
    };
    packets.push(bytes_of(stream), take);
    packets.finish(take);
    LONGS_EQUAL(597, count.good[0x4E]);
    LONGS_EQUAL(636, count.good[0x4F]);
    LONGS_EQUAL(205, count.good[0x50]);
    LONGS_EQUAL(62, count.good[0x42]);
    LONGS_EQUAL(8, count.good[0x46]);
    LONGS_EQUAL(30, count.good[0x40]);
    LONGS_EQUAL(4, count.good[0x70]);
    LONGS_EQUAL(30, count.good[0x73]);
    LONGS_EQUAL(1, count.bad);
}

TEST(RealStreams, TheFrenchGuideIsWhatItsListingSays) {
    auto folder = real_folder("TheFrenchGuideIsWhatItsListingSays");
    if (!folder) return;
    Capture capture(*folder / "test-184.ts");
    std::set<std::string> expected = events_of_listing(read(*folder / "test-184.reference/test-184.2.txt"));
    std::set<std::string> ours;
    for (const RecordedEvent& event : capture.heard.events) ours.insert(listed(capture, event));
    check_same(expected, ours);
    LONGS_EQUAL(0, capture.collector.counters().replaced_characters);
    LONGS_EQUAL(0, capture.collector.counters().unmarked_chinese);
    LONGS_EQUAL(0, capture.collector.counters().bad_times);
}

/// "  12:55, 100 mn, Cruelles amitiés", a line each programme, below its channel and day.
TEST(RealStreams, TheFrenchGuideLastsAsItsOtherListingSays) {
    auto folder = real_folder("TheFrenchGuideLastsAsItsOtherListingSays");
    if (!folder) return;
    Capture capture(*folder / "test-184.ts");
    std::set<std::string> expected, ours;
    std::string service, date, line, programme;
    std::istringstream lines(read(*folder / "test-184.reference/test-184.3.txt"));
    auto end_programme = [&] {
        if (!programme.empty()) expected.insert(service + "|" + date + "|" + in_one_line(programme));
        programme.clear();
    };
    while (std::getline(lines, line)) {
        bool goes_on = line.starts_with("  ") && line.find(" mn, ") == line.npos;  // a title of two lines
        if (goes_on) programme += line;
        if (goes_on) continue;
        end_programme();
        if (line.empty() || line.starts_with("---")) continue;
        if (line.starts_with("  ")) programme = line;
        else (line.size() == 10 && line[4] == '/' ? date : service) = line;
    }
    end_programme();
    for (const RecordedEvent& event : capture.heard.events) {
        std::string all = listed(capture, event);  // "1. TF1|2019/01/22|12:00:00|…"
        auto minutes = std::chrono::floor<std::chrono::minutes>(event.event.duration.value_or(std::chrono::seconds(0)));
        std::size_t clock = all.find('|', all.find('|') + 1) + 1;
        ours.insert(in_one_line(base::format("{}{}, {} mn, {}", all.substr(0, clock), all.substr(clock, 5), minutes.count(), event.title)));
    }
    check_same(expected, ours);
}

/// "Oth  0x0001  0x0101            yes     no           0", a line each service; at the end how many days ahead the
/// schedule reaches, whole ones from the last time of day.
TEST(RealStreams, WhichServicesHaveWhatIsWhatTheSummarySays) {
    auto folder = real_folder("WhichServicesHaveWhatIsWhatTheSummarySays");
    if (!folder) return;
    Capture capture(*folder / "test-184.ts");
    std::chrono::sys_seconds now = capture.heard.times.back().time;
    CHECK_TRUE(now == std::chrono::sys_days(std::chrono::year(2019) / 1 / 22) + std::chrono::seconds(12 * 3600 + 52 * 60 + 9));
    struct Found {
        bool is_actual = false, has_now = false, has_schedule = false;
        std::int64_t days = 0;
    };
    std::map<ServiceId, Found> services;
    for (const CompleteTable& table : capture.heard.complete) {
        TableId id = table.source.table_id;
        if (!is_events(id)) continue;
        Found& found = services[table.service()];
        found.is_actual = is_of_this_stream(id);
        (is_schedule(id) ? found.has_schedule : found.has_now) = true;
    }
    for (const RecordedEvent& event : capture.heard.events)
        if (event.kind == EventInformation::Kind::Schedule && event.event.start)
            services[event.service].days = std::max<std::int64_t>(services[event.service].days, std::chrono::floor<std::chrono::days>(*event.event.start - now).count());
    std::string expected, ours, line;
    for (const auto& [id, found] : services) {
        std::string name = number_and_name(capture, id);
        name.erase(0, name.find(' ') + 1);
        ours += in_one_line(base::format("{} 0x{:04X} 0x{:04X} {} {} {} {}", found.is_actual ? "Act" : "Oth", id.stream, id.service, found.is_actual ? name : "",
                                         found.has_now ? "yes" : "no", found.has_schedule ? "yes" : "no", found.days)) + "\n";
    }
    std::istringstream lines(read(*folder / "test-184.reference/test-184.1.txt"));
    while (std::getline(lines, line))
        if (line.starts_with("Act  ") || line.starts_with("Oth  ")) expected += in_one_line(line) + "\n";
    LONGS_EQUAL(31, std::ranges::count(expected, '\n'));
    CHECK_TEXT_EQUAL(expected, ours);
}

/// Nothing here reads application tables; their sections are put together like all others.
/// @spec ETSI TS 102 809 §5.3.4.1
TEST(RealStreams, ApplicationTablesComeWhole) {
    auto folder = real_folder("ApplicationTablesComeWhole");
    if (!folder) return;
    struct Sections final : SectionSink {
        std::map<std::uint16_t, std::set<std::string>> by_pid;
        void on_section(std::uint16_t pid, Bytes section) override {
            if (crc32_by_tables(section) == 0) by_pid[pid].insert(std::string(section.begin(), section.end()));
        }
    } found;
    SiCounters counters;
    PacketReader packets(counters);
    const std::pair<std::uint16_t, const char*> tables[] = {{7877, "1ec5"}, {7878, "1ec6"}};
    SectionAssembler assemblers[] = {{tables[0].first, found, counters}, {tables[1].first, found, counters}};
    std::string stream = read(*folder / "test-018.ts");
    auto take = [&](TsPacket packet) {
        for (std::size_t i = 0; i < std::size(tables); ++i)
            if (packet.pid() == tables[i].first) assemblers[i].push(packet);
    };
    packets.push(bytes_of(stream), take);
    packets.finish(take);
    for (const auto& [pid, name] : tables) {
        LONGS_EQUAL(1, found.by_pid[pid].size());
        const std::string& section = *found.by_pid[pid].begin();
        auto number = [&](std::size_t at, std::size_t bytes) {
            std::uint32_t value = 0;
            for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | static_cast<std::uint8_t>(section.at(at + i));
            return value;
        };
        std::size_t application = 10 + (number(8, 2) & 0xFFF) + 2;
        std::string reference = read(*folder / "test-018.reference" / base::format("test-018.ait.{}.xml", name));
        for (const std::string& said :
             {base::format("version=\"{}\"", number(5, 1) >> 1 & 0x1F), base::format("application_type=\"0x{:04X}\"", number(3, 2) & 0x7FFF),
              base::format("organization_id=\"0x{:08X}\"", number(application, 4)),
              base::format("application_id=\"0x{:04X}\"", number(application + 4, 2)),
              base::format("control_code=\"0x{:02X}\"", number(application + 6, 1))})
            CHECK_TRUE_TEXT(reference.find(said) != reference.npos, said.c_str());
    }
}

TEST(RealStreams, ApplicationTablesHaveNothingToSay) {
    auto folder = real_folder("ApplicationTablesHaveNothingToSay");
    if (!folder) return;
    Capture capture(*folder / "test-018.ts");
    LONGS_EQUAL(100, capture.collector.counters().packets);
    LONGS_EQUAL(0, capture.heard.events.size());
}

TEST(RealStreams, CorruptedPacketsComeToAnEnd) {
    auto folder = real_folder("CorruptedPacketsComeToAnEnd");
    if (!folder) return;
    Capture capture(*folder / "test-142.ts");
    CHECK_TRUE(capture.collector.counters().packets >= 290);
    CHECK_TRUE(capture.collector.counters().resyncs > 0);
}
