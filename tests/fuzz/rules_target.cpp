// The operator's rules for texts, and service ids, as a config file may hold them.
#include "epg/si/text_rules.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto rules = linli::epg::TextRules::parse(text)) rules->rule_for({1, 2, 3});
    if (auto id = linli::epg::ServiceId::parse(text); id && id->str() != text) __builtin_trap();
    return 0;
}
