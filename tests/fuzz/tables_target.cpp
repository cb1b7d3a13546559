// Bodies of sections, past the CRC that would keep most of them out: every parser on the same bytes.
#include <algorithm>

#include "epg/si/event_parser.h"
#include "epg/si/sub_tables.h"
#include "epg/si/table_parser.h"
#include "tests/fuzz/fuzz_target.h"

using namespace linli::epg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kMostBody = 4084;
    SiCounters counters;
    TextDecoder text({}, counters);
    TableParser tables(text, {}, counters);
    EventParser events(text, {"chi", "zho"}, counters);
    SubTables sub_tables;
    Section section;
    section.body = {data, std::min(size, kMostBody)};
    section.table_id = size > 0 ? TableId(data[0]) : TableId::EventsPresentFollowingActual;
    tables.programs(section, 0);
    tables.program(section, 0x100);
    tables.network(section, 0x10);
    tables.services(section, 0x11);
    if (size > 0) tables.time({data, std::min(size, kMostBody)}, 0x14);
    volatile std::size_t read = 0;
    for (const EitEvent& event : events.parse(section, 0x12).events)
        for (std::string_view one : {event.title, event.summary, event.description})
            for (char c : one) read = read + static_cast<unsigned char>(c);
    // As a row of sections of one table.
    for (std::size_t at = 0; at + 12 <= size; at += 12) {
        ByteReader reader(Bytes(data + at, 12));
        section.version = reader.u8() & 3;
        section.number = reader.u8();
        section.last_number = std::max(section.number, reader.u8());
        section.crc = reader.u8();
        SubTableId id{TableId::EventsScheduleActualFirst, static_cast<std::uint16_t>(reader.u8() & 7)};
        if (!sub_tables.knows(id, section)) sub_tables.add(id, section, reader.u8());
        if (!sub_tables.knows(id, section)) __builtin_trap();
    }
    return 0;
}
