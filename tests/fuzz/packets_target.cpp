// A transport stream, whole: packets, sections, every table. The first byte says in pieces of which length it comes.
#include "epg/si/si_collector.h"
#include "epg/si/time_table.h"
#include "tests/fuzz/fuzz_target.h"

using namespace linli::epg;

namespace {

/// Reads all that it is given, so that a view of something else is found.
struct Reader final : SiListener {
    std::size_t read = 0;
    TimeTable times;
    void on_events(const EventInformation& table) override {
        for (const EitEvent& event : table.events)
            for (std::string_view text : {event.language, event.title, event.summary, event.description})
                for (char c : text) read += static_cast<unsigned char>(c);
    }
    void on_time(const TimeInformation& table) override { times.take(table, {}); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Reader reader;
    SiCollector collector({}, reader);
    std::size_t piece = data[0] == 0 ? size : data[0] * 5u;
    Bytes stream(data + 1, size - 1);
    for (std::size_t at = 0; at < stream.size(); at += piece) collector.push(stream.subspan(at, std::min(piece, stream.size() - at)));
    collector.finish();
    collector.restart();
    return 0;
}
