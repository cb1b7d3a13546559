#include "tests/bench/epg_bench.h"

#include <time.h>

#include <algorithm>

#include "epg/si/si_collector.h"
#include "tests/bench/epg_stream.h"
#include "tests/epg/support/dvbpsi_eit.h"
#include "tests/epg/support/gstreamer_eit.h"

namespace linli::bench {

using namespace linli::epg;

namespace {

constexpr int kRuns = 9;
constexpr double kMega = 1e6;

/// Of the processor, for this thread: what else the machine does counts not.
double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename Run>
double median_seconds(Run run) {
    std::vector<double> seconds;
    for (int i = 0; i < kRuns; ++i) {
        double begin = processor_seconds();
        run();
        seconds.push_back(processor_seconds() - begin);
    }
    return median(std::move(seconds));
}

/// Touches every text, so that none can be left unmade.
struct Counter final : SiListener {
    std::size_t events = 0, text_bytes = 0, schedules = 0;
    void on_events(const EventInformation& table) override {
        events += table.events.size();
        for (const EitEvent& event : table.events)
            text_bytes += event.title.size() + event.summary.size() + event.description.size();
    }
    void on_complete(const CompleteTable& table) override { schedules += table.is_whole_schedule; }
};

struct OurRun {
    double seconds = 0;
    Counter counted;
    SiCounters counters;
};

OurRun run_ours(const EpgStream& stream) {
    OurRun result;
    result.seconds = median_seconds([&] {
        Counter counter;
        SiCollector collector({}, counter);
        collector.push(stream.packets);
        result.counted = counter;
        result.counters = collector.counters();
    });
    return result;
}

/// Of the second turn alone.
double known_turn_seconds(const EpgStream& stream) {
    std::vector<double> seconds;
    for (int i = 0; i < kRuns; ++i) {
        Counter counter;
        SiCollector collector({}, counter);
        collector.push(stream.packets);
        double begin = processor_seconds();
        collector.push(stream.packets);
        seconds.push_back(processor_seconds() - begin);
    }
    return median(std::move(seconds));
}

/// The better of one turn, after which it has delivered nothing, and of two.
double dvbpsi_bytes_per_second(const EpgStream& stream, std::size_t& events) {
    double best = 0;
    for (int turns : {1, 2}) {
        double seconds = median_seconds([&] {
            tests::DvbpsiEit decoder;
            for (int turn = 0; turn < turns; ++turn)
                for (std::size_t at = 0; at < stream.packets.size(); at += kPacketSize)
                    decoder.push(stream.packets.data() + at);
            if (turns == 1) events = decoder.events().size();
        });
        best = std::max(best, turns * static_cast<double>(stream.packets.size()) / seconds);
    }
    return best;
}

double gstreamer_bytes_per_second(const EpgStream& stream) {
    struct Sink final : SectionSink {
        std::size_t events = 0;
        void on_section(std::uint16_t, Bytes section) override { events += tests::count_gstreamer_events(section); }
    };
    double seconds = median_seconds([&] {
        Sink sink;
        SiCounters counters;
        PacketReader packets(counters);
        SectionAssembler assembler(pid::kEvents, sink, counters);
        packets.push(stream.packets, [&](TsPacket packet) { assembler.push(packet); });
    });
    return static_cast<double>(stream.packets.size()) / seconds;
}

double crc_bytes_per_second(const EpgStream& stream, Crc32 crc32) {
    constexpr std::size_t kSection = 1500;
    Bytes all = stream.packets;
    volatile std::uint32_t sum = 0;
    double seconds = median_seconds([&] {
        for (std::size_t at = 0; at + kSection <= all.size(); at += kSection) sum = sum + crc32(all.subspan(at, kSection));
    });
    return static_cast<double>(all.size()) / seconds;
}

}  // namespace

base::Result<void> bench_epg(std::vector<Figure>& figures) {
    tests::start_gstreamer();
    constexpr std::pair<StreamText, const char*> kTexts[] = {{StreamText::Gb2312Marked, "GB 2312"},
                                                             {StreamText::GbkUnmarked, "GBK, unmarked"},
                                                             {StreamText::Utf8Marked, "UTF-8"}};
    for (auto [text, name] : kTexts) {
        EpgStream stream = make_epg_stream(text);
        double bytes = static_cast<double>(stream.packets.size());
        std::size_t dvbpsi_events = 0;
        double dvbpsi = dvbpsi_bytes_per_second(stream, dvbpsi_events) / kMega;
        double gstreamer = gstreamer_bytes_per_second(stream) / kMega;
        OurRun ours = run_ours(stream);
        if (ours.counters.crc_errors != 0 || ours.counters.replaced_characters > stream.events / 100)
            return base::fail("the stream was not read as it was made");
        std::string title = std::string("EIT to events with text, ") + name;
        figures.push_back({"epg", title, bytes / ours.seconds / kMega, "MB/s", dvbpsi, "ratio >= 3"});
        figures.push_back({"epg", title + ", by GStreamer", bytes / ours.seconds / kMega, "MB/s", gstreamer, ""});
        if (text != StreamText::Gb2312Marked) continue;
        auto all = static_cast<double>(stream.events);
        figures.push_back({"epg", "events with text", all / ours.seconds / kMega, "M/s", std::nullopt, ""});
        figures.push_back({"epg", "there after one turn, any order", 100 * double(ours.counted.events) / all, "%",
                           100 * double(dvbpsi_events) / all, "value >= 100"});
        figures.push_back({"epg", "schedules known to be whole after it", double(ours.counted.schedules), "", 200.0, "ratio >= 1"});
        figures.push_back({"epg", "a turn in which all is known", bytes / known_turn_seconds(stream) / kMega, "MB/s", dvbpsi, ""});
        double tables = crc_bytes_per_second(stream, [](Bytes section) { return crc32_by_tables(section); }) / kMega;
        figures.push_back({"epg", "CRC, beside slice-by-8", crc_bytes_per_second(stream, fastest_crc32()) / kMega, "MB/s",
                           tables, ""});
    }
    return {};
}

}  // namespace linli::bench
