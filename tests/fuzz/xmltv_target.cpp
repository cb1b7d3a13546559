// A file of XMLTV, plain or packed, and what becomes of it in a guide.
#include "epg/guide/guide.h"
#include "epg/xmltv/xmltv_import.h"
#include "tests/fuzz/fuzz_target.h"

using namespace linli;
using namespace linli::epg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::SettableClock clock(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23));
    Guide guide(clock);
    Channel channel{.id = {1, 16, 101}, .number = 1, .name = "News"};
    XmltvImport import(XmltvMapping({&channel, 1}, {}), {}, [&](GuideUpdate update) { guide.apply(update); });
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    bool is_good = import.push(bytes.substr(0, size / 2)).has_value() && import.push(bytes.substr(size / 2)).has_value();
    if (is_good) is_good = import.finish().has_value();
    std::chrono::sys_seconds before{};
    for (const Event& event : guide.events(channel.id, {}, std::chrono::sys_days(std::chrono::year(2100) / 1 / 1))) {
        if (event.start < before || event.end() <= event.start || event.title.empty()) __builtin_trap();
        before = event.end();
    }
    return 0;
}
