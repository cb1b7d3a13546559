#include "epg/guide/text_key.h"

#include <cstring>

namespace linli::epg {
namespace {

constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ull;

std::uint64_t mix(std::uint64_t state, std::uint64_t word) {
    state = (state ^ word) * kOdd;
    return state ^ (state >> 29);
}

}  // namespace

std::uint64_t text_key(std::string_view text) {
    if (text.empty()) return 0;
    std::uint64_t key = mix(kOdd, text.size());
    std::uint64_t word = 0;
    for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
        std::memcpy(&word, text.data(), sizeof word);
        key = mix(key, word);
    }
    word = 0;
    std::memcpy(&word, text.data(), text.size());
    key = mix(mix(key, word), key >> 31);
    // SQLite's row numbers are signed.
    key &= 0x7FFFFFFFFFFFFFFFull;
    return key != 0 ? key : 1;
}

}  // namespace linli::epg
