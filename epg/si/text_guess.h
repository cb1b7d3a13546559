#pragma once

#include "epg/si/byte_reader.h"
#include "epg/si/text_rules.h"

namespace linli::epg {

/// Bytes without a mark, looked at as pairs of GBK.
struct ChinesePairs {
    std::size_t pairs = 0;
    std::size_t usual = 0;  // level 1 of GB 2312 and its punctuation
    std::size_t in_rows = 0;  // of the square that GB 2312 fills, with no byte below 0xA1
    std::size_t bad = 0;    // no pair at all; half a character at the end counts not

    /// Nearly all are pairs and most of them usual: nothing else looks like that.
    bool look_chinese() const { return pairs > 0 && 20 * bad <= pairs && 2 * usual >= pairs; }
};
ChinesePairs count_chinese_pairs(Bytes text);

/// How bytes look as UTF-8. A character cut off at the end does no harm.
enum class Utf8Look { Not, Ascii, TwoByteOnly, Plain };
Utf8Look look_as_utf8(Bytes text);

/// How a text without a mark is written, as far as one can see: UTF-8, GB 18030, or else ISO 6937.
Encoding guess_encoding(Bytes text);

/// Whether what is marked as a Latin encoding is GB 2312: Latin texts have no long rows of letters past 0x7F.
bool is_chinese_under_latin_mark(Bytes text);

/// Whether what is marked as "Big5 subset of ISO/IEC 10646" is UCS-2 (as the standard says) or plain Big5 (as is sent).
/// @spec ETSI EN 300 468 table A.3, 0x14
Encoding guess_big5(Bytes text);

/// Whether bytes could be UCS-2: an even number of them, surrogates in pairs, none of them unpaired.
bool could_be_ucs2(Bytes text);

}  // namespace linli::epg
