// linli-bench-guide WHAT FOLDER FIRST_DAY: one figure of the guide's benchmark in a process of its own, so that its memory
// is its own. The day is counted from 1970. Prints "NAME VALUE" a line.

#include <expat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>

#include "epg/guide/channel_list.h"
#include "epg/guide/guide.h"
#include "epg/guide/guide_feed.h"
#include "epg/guide/stored_keeper.h"
#include "epg/si/si_collector.h"
#include "epg/xmltv/xmltv_import.h"
#include "middleware/base/file.h"
#include "tests/bench/guide_week.h"
#include "tests/bench/race.h"

using namespace linli;
using namespace linli::epg;
using namespace std::chrono;

namespace {

constexpr std::size_t kPiece = 64 * 1024;

double milliseconds_since(steady_clock::time_point begin) {
    return duration<double, std::milli>(steady_clock::now() - begin).count();
}

void print(const char* name, double value) { std::printf("%s %.3f\n", name, value); }

/// In MB, since the start.
double peak_memory() {
    std::ifstream in("/proc/self/status");
    for (std::string word; in >> word;) {
        double kilobytes = 0;
        if (word == "VmHWM:" && in >> kilobytes) return kilobytes / 1024;
    }
    return 0;
}

/// What the guide's first pages ask for: now and next of every channel, and the day of one. How many events came.
std::size_t show(const Guide& guide, sys_days first_day) {
    std::size_t events = 0;
    sys_seconds now = first_day + hours(20);
    for (const Channel& channel : guide.channels()) {
        auto both = guide.now_and_next(channel.id, now);
        events += (both.now ? 1 : 0) + (both.next ? 1 : 0);
    }
    return events + guide.events(guide.channels().front().id, first_day, first_day + days(1)).size();
}

struct Box {
    base::SettableClock clock;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    StoredKeeper* keeper = nullptr;
    std::unique_ptr<Guide> guide;

    Box(const std::filesystem::path& file, sys_days first_day) : clock(first_day) {
        auto made = std::make_unique<StoredKeeper>(file, *log);
        keeper = made.get();
        guide = std::make_unique<Guide>(clock, std::move(made));
    }
};

int fill(const std::filesystem::path& folder, sys_days first_day) {
    auto begin = steady_clock::now();
    Box box(folder / "guide.db", first_day);
    auto loop = std::move(*base::EventLoop::create());
    ChannelList channels({}, box.guide->channels());
    double longest = 0;
    GuideFeed feed(*loop, [&](const GuideBatch& batch) {
        auto start = steady_clock::now();
        box.guide->apply(batch.events);
        if (channels.apply(batch.services)) box.guide->set_channels(channels.channels());
        longest = std::max(longest, milliseconds_since(start));
    });
    std::jthread worker([&, sink = feed.sink()] {
        GuideListener listener(sink);
        SiCollector collector({}, listener);
        std::ifstream stream(folder / "week.ts", std::ios::binary);
        std::vector<std::uint8_t> piece(kPiece);
        while (stream.read(reinterpret_cast<char*>(piece.data()), kPiece) || stream.gcount() > 0)
            collector.push({piece.data(), static_cast<std::size_t>(stream.gcount())});
        collector.finish();
        listener.flush();
        loop->post([&] { loop->quit(); });
    });
    loop->run();
    std::size_t shown = show(*box.guide, first_day);
    print("applied_ms", milliseconds_since(begin));
    box.keeper->flush();
    print("stored_ms", milliseconds_since(begin));
    print("peak_mb", peak_memory());
    print("longest_batch_ms", longest);
    print("events", static_cast<double>(box.guide->counters().events));
    print("shown", static_cast<double>(shown));
    return box.keeper->trouble().empty() ? 0 : 1;
}

int restart(const std::filesystem::path& folder, sys_days first_day) {
    auto begin = steady_clock::now();
    Box box(folder / "guide.db", first_day);
    std::size_t shown = show(*box.guide, first_day);
    print("restart_ms", milliseconds_since(begin));
    print("shown", static_cast<double>(shown));
    double longest = 0;
    for (const char* digits : {"9", "99", "9952", "533", "5943", "7777777"}) {
        begin = steady_clock::now();
        auto found = box.guide->find_by_digits(digits, first_day, 50);
        longest = std::max(longest, milliseconds_since(begin));
    }
    print("search_ms", longest);
    begin = steady_clock::now();
    auto films = box.guide->of_genre(Genre::Film, first_day, first_day + days(7), 50);
    print("genre_ms", milliseconds_since(begin));
    begin = steady_clock::now();
    auto event = box.guide->event(films.at(0).key());
    print("event_ms", milliseconds_since(begin));
    print("peak_mb", peak_memory());
    return 0;
}

void parse_plainly(const std::string& document) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetElementHandler(parser, [](void*, const XML_Char*, const XML_Char**) {}, [](void*, const XML_Char*) {});
    XML_SetCharacterDataHandler(parser, [](void*, const XML_Char*, int) {});
    for (std::size_t at = 0; at < document.size(); at += kPiece)
        XML_Parse(parser, document.data() + at, static_cast<int>(std::min(kPiece, document.size() - at)), 0);
    XML_Parse(parser, nullptr, 0, 1);
    XML_ParserFree(parser);
}

int xmltv(const std::filesystem::path& folder, sys_days first_day) {
    auto document = base::read_file(folder / "week.xml");
    if (!document) return 1;
    std::size_t events = 0;
    std::vector<Channel> channels = Box(folder / "guide.db", first_day).guide->channels();
    auto import = [&](const XmltvImport::Sink& sink) {
        XmltvImport import(XmltvMapping(channels, {}), {.window = TimeWindow::around(first_day)}, sink);
        for (std::size_t at = 0; at < document->size(); at += kPiece)
            if (!import.push(std::string_view(*document).substr(at, kPiece))) std::exit(1);
        auto counts = import.finish();
        if (!counts) std::exit(1);
        events = counts->programmes;
    };
    bench::Runner expat, ours;
    for (int i = 0; i < 7; ++i) {
        expat.run([&] { parse_plainly(*document); });
        ours.run([&] { import([](GuideUpdate) {}); });
    }
    print("expat_mb_s", expat.megabytes_a_second(static_cast<double>(document->size())));
    print("xmltv_mb_s", ours.megabytes_a_second(static_cast<double>(document->size())));
    base::SettableClock clock(first_day);
    Guide guide(clock);
    auto begin = steady_clock::now();
    import([&](GuideUpdate update) { guide.apply(update); });
    print("xmltv_into_guide_ms", milliseconds_since(begin));
    print("events", static_cast<double>(events));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4) {
        std::string_view what = argv[1];
        sys_days first_day{days(std::atoi(argv[3]))};
        if (what == "make") return bench::make_guide_week(argv[2], first_day) ? 0 : 1;
        if (what == "fill") return fill(argv[2], first_day);
        if (what == "restart") return restart(argv[2], first_day);
        if (what == "xmltv") return xmltv(argv[2], first_day);
    }
    std::fprintf(stderr, "usage: linli-bench-guide make|fill|restart|xmltv FOLDER FIRST_DAY\n");
    return 2;
}
