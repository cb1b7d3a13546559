#include "tests/bench/guide_week.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "middleware/base/format.h"
#include "tests/epg/support/section_writer.h"

namespace linli::bench {
namespace {

using namespace std::chrono;
using namespace linli::tests;
using base::format;

constexpr unsigned kNetwork = 1, kFirstStream = 16, kFirstService = 101;
/// The first stream is the one that is received: its tables are "actual", those of the others "other".
constexpr int kChannelsInStream = 20;
constexpr unsigned kServicesPid = 0x11, kEventsPid = 0x12;
constexpr seconds kSegment = hours(3);
constexpr unsigned kSegmentsInTable = 32, kSectionsInSegment = 8;
/// As a section can hold, with some room.
constexpr std::size_t kSectionBytes = 3800;
constexpr std::string_view kUtf8Mark = "\x15";

constexpr std::array<std::string_view, 12> kNames = {"新闻联播", "邻里故事", "健康之路", "动物世界", "戏曲天地", "今日说法",
                                                     "电视剧场", "体育现场", "少儿动画", "音乐会客厅", "科学探秘", "晚间天气"};
constexpr std::array<unsigned, 12> kContents = {0x20, 0x80, 0xA0, 0x90, 0x60, 0x80, 0x10, 0x40, 0x50, 0x60, 0x90, 0x20};

epg::ServiceId service_of(int channel) {
    return {kNetwork, static_cast<std::uint16_t>(kFirstStream + channel / kChannelsInStream), static_cast<std::uint16_t>(kFirstService + channel)};
}

struct WeekEvent {
    sys_seconds start;
    seconds duration;
    std::string title{}, summary{}, description{};
    unsigned content = 0;
};

WeekEvent week_event(sys_days first_day, int channel, int number) {
    constexpr int kMinutes = 24 * 60;
    int day = number / kGuideEvents, of_day = number % kGuideEvents;
    int begin = of_day * kMinutes / kGuideEvents, end = (of_day + 1) * kMinutes / kGuideEvents;
    std::size_t kind = static_cast<std::size_t>(channel * 5 + of_day * 7) % kNames.size();
    WeekEvent event{.start = first_day + days(day) + minutes(begin), .duration = minutes(end - begin), .content = kContents[kind]};
    event.title = format("{}（{}）", kNames[kind], number % 97 + 1);
    if (number % 2 == 0) event.summary = format("第{}集：邻居们在社区里遇到的故事，由{}台播出", number, channel);
    if (number % 3 == 0)
        for (int i = 0; i < 6; ++i) event.description += format("本期节目第{}部分介绍{}频道第{}号节目的内容与嘉宾。", i, channel, number);
    return event;
}

std::string marked(const std::string& text) { return std::string(kUtf8Mark) + text; }

ByteVector entry(const WeekEvent& event, int number) {
    ByteVector descriptors = short_event("chi", marked(event.title), event.summary.empty() ? "" : marked(event.summary));
    auto add = [&](const ByteVector& more) { descriptors.insert(descriptors.end(), more.begin(), more.end()); };
    // A piece of an extended event holds some 240 bytes; each is cut between characters.
    std::vector<std::string> pieces;
    constexpr std::size_t kPiece = 240;
    for (std::size_t at = 0; at < event.description.size();) {
        std::size_t size = std::min(kPiece, event.description.size() - at);
        while (at + size < event.description.size() && (event.description[at + size] & 0xC0) == 0x80) --size;
        pieces.push_back(event.description.substr(at, size));
        at += size;
    }
    for (std::size_t i = 0; i < pieces.size(); ++i)
        add(extended_event(static_cast<unsigned>(i), static_cast<unsigned>(pieces.size() - 1), "chi", marked(pieces[i])));
    add(descriptor(0x54, ByteWriter().u8(event.content).u8(0)));
    return event_entry({.id = static_cast<unsigned>(number + 1), .start = event.start, .duration = event.duration, .descriptors = descriptors});
}

/// The sections of one segment: at most eight.
std::vector<ByteVector> segment_bodies(sys_days first_day, int channel, unsigned segment) {
    std::vector<ByteVector> bodies(1);
    int first = static_cast<int>(segment) / 8 * kGuideEvents;
    for (int number = first; number < first + kGuideEvents; ++number) {
        WeekEvent event = week_event(first_day, channel, number);
        if ((event.start - first_day) / kSegment != static_cast<long>(segment)) continue;
        ByteVector one = entry(event, number);
        if (bodies.back().size() + one.size() > kSectionBytes) bodies.emplace_back();
        bodies.back().insert(bodies.back().end(), one.begin(), one.end());
    }
    return bodies;
}

void write(std::ofstream& out, const ByteVector& bytes) {
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void write_schedule(std::ofstream& out, PacketWriter& packets, sys_days first_day, int channel) {
    constexpr unsigned kSegments = kGuideDays * 24 / 3;
    const unsigned first_table = channel < kChannelsInStream ? 0x50 : 0x60;
    const unsigned last_table = first_table + (kSegments - 1) / kSegmentsInTable;
    for (unsigned segment = 0; segment < kSegments; ++segment) {
        auto bodies = segment_bodies(first_day, channel, segment);
        unsigned table = first_table + segment / kSegmentsInTable;
        unsigned last_segment = table == last_table ? (kSegments - 1) % kSegmentsInTable : kSegmentsInTable - 1;
        unsigned first = segment % kSegmentsInTable * kSectionsInSegment;
        unsigned segment_last = first + static_cast<unsigned>(bodies.size()) - 1;
        // The last section of the table is not known before it is made: every segment here has the same length, or less.
        auto last_bodies = segment_bodies(first_day, channel, (table - first_table) * kSegmentsInTable + last_segment).size();
        unsigned last = last_segment * kSectionsInSegment + static_cast<unsigned>(last_bodies) - 1;
        for (std::size_t i = 0; i < bodies.size(); ++i)
            write(out, packets.write(eit_section({.table_id = table,
                                                  .service = service_of(channel),
                                                  .number = first + static_cast<unsigned>(i),
                                                  .last_number = last,
                                                  .segment_last = segment_last,
                                                  .last_table_id = last_table},
                                                 bodies[i])));
    }
}

void write_services(std::ofstream& out) {
    PacketWriter packets(kServicesPid);
    for (int first = 0; first < kGuideChannels; first += kChannelsInStream) {
        std::vector<WrittenService> services;
        for (int channel = first; channel < first + kChannelsInStream; ++channel)
            services.push_back({static_cast<unsigned>(kFirstService + channel), service_descriptor(1, "", marked(format("频道{}", channel + 1)))});
        write(out, packets.write(sdt_section(first == 0 ? 0x42 : 0x46, service_of(first).stream, kNetwork, 0, services)));
    }
}

std::string xmltv_time(sys_seconds time) {
    auto day = floor<days>(time);
    year_month_day date(day);
    hh_mm_ss clock(time - day);
    return format("{:04}{:02}{:02}{:02}{:02}00 +0000", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count());
}

void write_xmltv(std::ofstream& out, sys_days first_day) {
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tv SYSTEM \"xmltv.dtd\">\n<tv generator-info-name=\"bench\">\n";
    auto id = [](int channel) { return service_of(channel).str(); };
    for (int channel = 0; channel < kGuideChannels; ++channel)
        out << format("  <channel id=\"{}\">\n    <display-name lang=\"zh\">频道{}</display-name>\n  </channel>\n", id(channel), channel + 1);
    for (int channel = 0; channel < kGuideChannels; ++channel)
        for (int number = 0; number < kGuideDays * kGuideEvents; ++number) {
            WeekEvent event = week_event(first_day, channel, number);
            out << format("  <programme start=\"{}\" stop=\"{}\" channel=\"{}\">\n    <title lang=\"zh\">{}</title>\n", xmltv_time(event.start),
                          xmltv_time(event.start + event.duration), id(channel), event.title);
            if (!event.summary.empty()) out << format("    <sub-title lang=\"zh\">{}</sub-title>\n", event.summary);
            if (!event.description.empty()) out << format("    <desc lang=\"zh\">{}</desc>\n", event.description);
            out << "    <category lang=\"en\">news</category>\n  </programme>\n";
        }
    out << "</tv>\n";
}

}  // namespace

base::Result<void> make_guide_week(const std::filesystem::path& folder, sys_days start) {
    std::ofstream stream(folder / "week.ts", std::ios::binary), xmltv(folder / "week.xml", std::ios::binary);
    write_services(stream);
    PacketWriter packets(kEventsPid);
    for (int channel = 0; channel < kGuideChannels; ++channel) write_schedule(stream, packets, start, channel);
    write_xmltv(xmltv, start);
    stream.close();
    xmltv.close();
    if (!stream || !xmltv) return base::fail("the week of the guide's benchmark was not written");
    return {};
}

}  // namespace linli::bench
