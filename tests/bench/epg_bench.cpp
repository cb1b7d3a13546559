#include "tests/bench/epg_bench.h"

#include <algorithm>

#include "epg/guide/guide.h"
#include "epg/guide/guide_listener.h"
#include "epg/si/si_collector.h"
#include "tests/bench/epg_stream.h"
#include "tests/bench/race.h"
#include "tests/epg/support/dvbpsi_eit.h"
#include "tests/epg/support/gstreamer_eit.h"

namespace linli::bench {

using namespace linli::epg;

namespace {

constexpr int kRuns = 9;

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

void push_to_dvbpsi(const EpgStream& stream, int turns, tests::DvbpsiEit& decoder) {
    for (int turn = 0; turn < turns; ++turn)
        for (std::size_t at = 0; at < stream.packets.size(); at += kPacketSize) decoder.push(stream.packets.data() + at);
}

/// Into a guide that is kept in memory: sorted, merged, ready to be shown. How many events it took.
std::size_t push_to_guide(const EpgStream& stream) {
    base::SettableClock clock(EpgStream::kBegin);
    Guide guide(clock);
    GuideListener listener([&](const GuideBatch& batch) { guide.apply(batch.events); });
    SiCollector collector({}, listener);
    collector.push(stream.packets);
    listener.flush();
    return guide.counters().events;
}

void push_to_gstreamer(const EpgStream& stream) {
    struct Sink final : SectionSink {
        std::size_t events = 0;
        void on_section(std::uint16_t, Bytes section) override { events += tests::count_gstreamer_events(section); }
    } sink;
    SiCounters counters;
    PacketReader packets(counters);
    SectionAssembler assembler(pid::kEvents, sink, counters);
    packets.push(stream.packets, [&](TsPacket packet) { assembler.push(packet); });
}

/// The same stream through all of them, in turns.
struct Comparison {
    /// `known`: our second turn of the carousel. libdvbpsi has delivered nothing after one turn; the better of one and two counts.
    Runner ours, known, guide, dvbpsi, dvbpsi_twice, gstreamer;
    Counter counted;
    std::size_t in_guide = 0;
    SiCounters counters;
    std::size_t dvbpsi_events = 0;

    explicit Comparison(const EpgStream& stream) {
        for (int i = 0; i < kRuns; ++i) {
            Counter counter;
            SiCollector collector({}, counter);
            ours.run([&] { collector.push(stream.packets); });
            counted = counter;
            counters = collector.counters();
            known.run([&] { collector.push(stream.packets); });
            guide.run([&] { in_guide = push_to_guide(stream); });
            tests::DvbpsiEit once, twice;
            dvbpsi.run([&] { push_to_dvbpsi(stream, 1, once); });
            dvbpsi_events = once.events().size();
            dvbpsi_twice.run([&] { push_to_dvbpsi(stream, 2, twice); });
            gstreamer.run([&] { push_to_gstreamer(stream); });
        }
    }
};

double crc_megabytes_per_second(const EpgStream& stream, Crc32 crc32) {
    constexpr std::size_t kSection = 1500;
    Bytes all = stream.packets;
    volatile std::uint32_t sum = 0;
    Runner runner;
    for (int i = 0; i < kRuns; ++i)
        runner.run([&] {
            for (std::size_t at = 0; at + kSection <= all.size(); at += kSection) sum = sum + crc32(all.subspan(at, kSection));
        });
    return runner.megabytes_a_second(static_cast<double>(all.size()));
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
        Comparison run(stream);
        if (run.counters.crc_errors != 0 || run.counters.replaced_characters > stream.events / 100)
            return base::fail("the stream was not read as it was made");
        double ours = run.ours.megabytes_a_second(bytes);
        double dvbpsi = std::max(run.dvbpsi.megabytes_a_second(bytes), run.dvbpsi_twice.megabytes_a_second(2 * bytes));
        std::string title = std::string("EIT to events with text, ") + name;
        figures.push_back({"epg", title, ours, "MB/s", dvbpsi, "ratio >= 3"});
        figures.push_back({"epg", title + ", by GStreamer", ours, "MB/s", run.gstreamer.megabytes_a_second(bytes), ""});
        if (text != StreamText::Gb2312Marked) continue;
        auto all = static_cast<double>(stream.events);
        figures.push_back({"epg", "EIT into the guide", run.guide.megabytes_a_second(bytes), "MB/s", dvbpsi, ""});
        figures.push_back({"epg", "  events that it took", 100 * double(run.in_guide) / all, "%", std::nullopt, ""});
        figures.push_back({"epg", "events with text", run.ours.megabytes_a_second(all), "M/s", std::nullopt, ""});
        figures.push_back({"epg", "there after one turn, any order", 100 * double(run.counted.events) / all, "%",
                           100 * double(run.dvbpsi_events) / all, "value >= 100"});
        figures.push_back({"epg", "schedules known to be whole after it", double(run.counted.schedules), "", 200.0, "ratio >= 1"});
        figures.push_back({"epg", "a turn in which all is known", run.known.megabytes_a_second(bytes), "MB/s", dvbpsi, ""});
        double tables = crc_megabytes_per_second(stream, [](Bytes section) { return crc32_by_tables(section); });
        figures.push_back({"epg", "CRC, beside slice-by-8", crc_megabytes_per_second(stream, fastest_crc32()), "MB/s", tables, ""});
    }
    return {};
}

}  // namespace linli::bench
