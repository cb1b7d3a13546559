// Two libraries that nobody of this project wrote read the same packets and agree with us.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "epg/si/si_collector.h"
#include "tests/epg/support/dvbpsi_eit.h"
#include "tests/epg/support/encoded.h"
#include "tests/epg/support/gstreamer_eit.h"
#include "tests/epg/support/section_writer.h"
#include "tests/epg/support/si_recorder.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

namespace {

/// Two services with schedules and present/following, in texts of several encodings.
ByteVector own_stream() {
    std::vector<ByteVector> sections;
    sys_seconds noon = sys_days(year(2026) / 11 / 23) + hours(12);
    const std::string texts[] = {"\x13" + encoded("新闻联播，今日要闻", "GB2312"), "\x15天气预报 Météo", "Plain", "\x05" + encoded("Günün", "ISO-8859-9"),
                                 encoded("Métal Größe", "ISO_6937"), "\x11" + encoded("焦点访谈", "UTF-16BE")};
    for (unsigned service = 1; service <= 2; ++service) {
        for (unsigned table : {0x4Eu, 0x50u}) {
            for (unsigned number = 0; number < 2; ++number) {
                ByteVector entries;
                for (unsigned i = 0; i < 6; ++i) {
                    ByteVector texted = joined({short_event("chi", texts[i], texts[(i + service) % 6]),
                                                extended_event(0, 0, "chi", texts[(i + number) % 6]), descriptor(0x54, ByteWriter().u16(0x1000))});
                    ByteVector entry = event_entry({100 * number + i, noon + hours(6 * number + i), minutes(59), texted, 4});
                    entries.insert(entries.end(), entry.begin(), entry.end());
                }
                sections.push_back(eit_section({table, {1, 16, static_cast<std::uint16_t>(service)}, 3, number, 1, 1, table}, entries));
            }
        }
    }
    return PacketWriter(0x12).write_joined(sections);
}

ByteVector real_stream() {
    const char* folder = std::getenv("LINLI_REAL_FILES");
    if (folder == nullptr) {
        std::puts("\nskipped the real half of SiOracles: LINLI_REAL_FILES does not name a folder of real files");
        return {};
    }
    std::ostringstream text;
    text << std::ifstream(std::filesystem::path(folder) / "si/test-184.ts", std::ios::binary).rdbuf();
    std::string bytes = text.str();
    return ByteVector(bytes.begin(), bytes.end());
}

std::uint32_t bcd_of(seconds duration) {
    ByteVector three = dvb_duration(duration);
    return std::uint32_t(three[0]) << 16 | std::uint32_t(three[1]) << 8 | three[2];
}

std::uint64_t start_of(sys_seconds time) {
    std::uint64_t value = 0;
    for (std::uint8_t byte : dvb_time(time)) value = value << 8 | byte;
    return value;
}

struct SectionsOfEvents final : SectionSink {
    std::vector<ByteVector> sections;
    void on_section(std::uint16_t, Bytes section) override { sections.emplace_back(section.begin(), section.end()); }
};

SectionsOfEvents split(const ByteVector& stream) {
    SectionsOfEvents split;
    SiCounters counters;
    PacketReader packets(counters);
    SectionAssembler assembler(pid::kEvents, split, counters);
    auto take = [&](TsPacket packet) { if (packet.pid() == pid::kEvents) assembler.push(packet); };
    packets.push(stream, take);
    packets.finish(take);
    return split;
}

/// Without line ends, and without the control codes that GStreamer keeps as characters where we drop them.
std::string without_breaks(const std::string& text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0xFFu;
        if (text[i] == '\n') continue;
        if (text[i] == '\xC2' && next < 0xA0) {
            ++i;
            continue;
        }
        kept += text[i];
    }
    return kept;
}

}  // namespace

// clang-format off
TEST_GROUP(SiOracles) {
    SiRecorder heard;
    SiCollector collector{{}, heard};

    void compare_with_dvbpsi(const ByteVector& stream) {
        DvbpsiEit oracle;
        // It hands a table over when its last section comes again.
        for (int turn = 0; turn < 3; ++turn)
            for (std::size_t at = 0; at + kPacketSize <= stream.size(); at += kPacketSize)
                if (TsPacket(stream.data() + at).pid() == pid::kEvents) oracle.push(stream.data() + at);
        collector.push(stream);
        collector.finish();
        using Key = std::tuple<unsigned, unsigned, unsigned, unsigned, std::uint64_t, std::uint32_t>;
        std::set<Key> ours, theirs;
        for (const RecordedEvent& event : heard.events)
            ours.insert({event.service.network, event.service.stream, event.service.service, event.event.id,
                         start_of(*event.event.start), bcd_of(*event.event.duration)});
        for (const DvbpsiEit::Event& event : oracle.events())
            theirs.insert({event.network, event.stream, event.service, event.id, event.start, event.duration});
        CHECK_TRUE(theirs.size() > 10);
        std::size_t missing = 0;
        for (const Key& key : theirs) missing += !ours.contains(key);
        LONGS_EQUAL(0, missing);
        CHECK_TRUE(ours.size() >= theirs.size());
    }

    void compare_with_gstreamer(const ByteVector& stream) {
        start_gstreamer();
        collector.push(stream);
        collector.finish();
        std::set<std::string> ours, theirs;
        auto line = [](unsigned service, unsigned id, long duration, std::string title, std::string summary) {
            return std::to_string(service) + " " + std::to_string(id) + " " + std::to_string(duration) + " " + without_breaks(title) + "|" + without_breaks(summary) + "\n";
        };
        for (const RecordedEvent& event : heard.events)
            ours.insert(line(event.service.service, event.event.id, event.event.duration->count(), event.title, event.summary));
        for (const ByteVector& section : split(stream).sections)
            for (const GstreamerEvent& event : gstreamer_events(section))
                theirs.insert(line(event.service, event.id, event.duration, event.title, event.summary));
        CHECK_TRUE(theirs.size() > 10);
        std::string all_ours, all_theirs;
        for (const std::string& event : ours) all_ours += event;
        for (const std::string& event : theirs) all_theirs += event;
        CHECK_TEXT_EQUAL(all_theirs, all_ours);
    }
};
// clang-format on

TEST(SiOracles, LibdvbpsiReadsTheSameEvents) { compare_with_dvbpsi(own_stream()); }

TEST(SiOracles, LibdvbpsiReadsTheSameEventsOfARealStream) {
    if (ByteVector stream = real_stream(); !stream.empty()) compare_with_dvbpsi(stream);
}

TEST(SiOracles, GstreamerReadsTheSameTexts) { compare_with_gstreamer(own_stream()); }

TEST(SiOracles, GstreamerReadsTheSameTextsOfARealStream) {
    if (ByteVector stream = real_stream(); !stream.empty()) compare_with_gstreamer(stream);
}
