// The message is a polynomial over GF(2), and x^D·A(x) ≡ (x^D mod P)·A(x) (mod P): sixteen bytes are folded into those
// that lie D bits behind them with two carry-less multiplications. Four lanes of sixteen bytes keep the multiplier
// busy; what is left at the end, sixteen bytes and a tail, goes through the tables.
#include "epg/si/crc32.h"

#include <immintrin.h>

namespace linli::epg {
namespace {

/// x^power mod P.
constexpr std::uint64_t power_of_x(int power) {
    std::uint32_t value = 1;
    for (int i = 0; i < power; ++i) value = value << 1 ^ (value >> 31 ? 0x04C11DB7u : 0);
    return value;
}

#define LINLI_TARGET __attribute__((target("pclmul,ssse3,sse4.1")))

/// Sixteen bytes as one number, the first byte highest.
LINLI_TARGET inline __m128i load(const std::uint8_t* at) {
    const __m128i reversed = _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), reversed);
}

LINLI_TARGET inline __m128i fold(__m128i value, __m128i powers, __m128i next) {
    __m128i high = _mm_clmulepi64_si128(value, powers, 0x11);
    __m128i low = _mm_clmulepi64_si128(value, powers, 0x00);
    return _mm_xor_si128(_mm_xor_si128(high, low), next);
}

LINLI_TARGET std::uint32_t crc32_folded(Bytes bytes) {
    if (bytes.size() < 64) return crc32_by_tables(bytes);
    const __m128i by_512 = _mm_set_epi64x(power_of_x(512 + 64), power_of_x(512));
    const __m128i by_128 = _mm_set_epi64x(power_of_x(128 + 64), power_of_x(128));
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    __m128i lanes[4] = {load(at), load(at + 16), load(at + 32), load(at + 48)};
    lanes[0] = _mm_xor_si128(lanes[0], _mm_set_epi32(-1, 0, 0, 0));
    for (at += 64, left -= 64; left >= 64; at += 64, left -= 64)
        for (int lane = 0; lane < 4; ++lane) lanes[lane] = fold(lanes[lane], by_512, load(at + 16 * lane));
    __m128i value = lanes[0];
    for (int lane = 1; lane < 4; ++lane) value = fold(value, by_128, lanes[lane]);
    for (; left >= 16; at += 16, left -= 16) value = fold(value, by_128, load(at));

    alignas(16) std::uint8_t folded[16];
    _mm_store_si128(reinterpret_cast<__m128i*>(folded), value);
    _mm_store_si128(reinterpret_cast<__m128i*>(folded), load(folded));
    return crc32_by_tables({at, left}, crc32_by_tables({folded, 16}, 0));
}

}  // namespace

Crc32 crc32_by_multiplication() {
    bool can = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("ssse3") &&
               __builtin_cpu_supports("sse4.1");
    return can ? crc32_folded : nullptr;
}

}  // namespace linli::epg
