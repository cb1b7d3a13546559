// Texts with any mark, or none, under any of the operator's rules: the result is UTF-8 and has room.
#include <memory>
#include <string>

#include "epg/si/dvb_text.h"
#include "epg/si/text_guess.h"
#include "tests/fuzz/fuzz_target.h"

using namespace linli::epg;

namespace {

/// Made once: its tables cost some milliseconds, which would be nearly all of the time.
struct Decoders {
    SiCounters counters;
    std::unique_ptr<TextDecoder> plain = std::make_unique<TextDecoder>(TextRules(), counters);
    std::unique_ptr<TextDecoder> ruled[static_cast<int>(Encoding::Utf8) + 1];

    TextDecoder& of(std::uint8_t choice) {
        constexpr unsigned kEncodings = static_cast<unsigned>(Encoding::Utf8) + 1;
        unsigned index = choice % (2 * kEncodings);
        if (index >= kEncodings) return *plain;
        if (!ruled[index]) {
            TextRules rules({{.encoding = static_cast<Encoding>(index), .when = TextRule::When::Always}});
            ruled[index] = std::make_unique<TextDecoder>(std::move(rules), counters);
        }
        return *ruled[index];
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Decoders decoders;
    if (size == 0) return 0;
    Bytes text(data + 1, size - 1);
    // Room of its own on the heap: a sanitizer sees the first byte past it.
    auto room = std::make_unique<char[]>(TextDecoder::room_for(text.size()));
    char* end = decoders.of(data[0]).decode(text, room.get());
    auto length = static_cast<std::size_t>(end - room.get());
    if (length > TextDecoder::room_for(text.size())) __builtin_trap();
    Bytes written(reinterpret_cast<const std::uint8_t*>(room.get()), length);
    if (look_as_utf8(written) == Utf8Look::Not) __builtin_trap();
    return 0;
}
