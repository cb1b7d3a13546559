// What head-ends really send (tests/epg/si/dvb_text_test.cpp):
//   - "GB 2312" that is GBK, with names it does not have (Gb2312MarkCoversGbkAndGb18030);
//   - UTF-8 marked as GB 2312 and the other way round (WrongMarksAreRecognised);
//   - a mark left over from the head-end's European factory before GBK (WrongMarksAreRecognised);
//   - control codes between characters of GB 2312, which GBK has characters for (ControlCodesInChinese);
//   - texts cut in the middle of a character (ACutCharacterIsCounted).
#include "epg/si/dvb_text.h"

#include <cstring>

#include "epg/si/text_guess.h"

namespace linli::epg {
namespace {

// Control codes. @spec ETSI EN 300 468 table A.1
constexpr std::uint8_t kEmphasisOn = 0x86, kEmphasisOff = 0x87, kNewLine = 0x8A;

bool is_control(std::uint8_t byte) { return byte == kEmphasisOn || byte == kEmphasisOff || byte == kNewLine; }

/// What a character below 0x20, DEL or a control code leaves in the text.
char* write_control(unsigned code, char* out) {
    if (code == kNewLine || code == '\n') *out++ = '\n';
    return out;
}

char* write_ascii(std::uint8_t byte, char* out) {
    if (byte < 0x20 || byte == 0x7F) return write_control(byte, out);
    *out++ = static_cast<char>(byte);
    return out;
}

char* write_character(char32_t character, char* out) {
    if (character <= 0xFFFF) return TableEntry(character, false).write(out);
    *out++ = static_cast<char>(0xF0 | character >> 18);
    *out++ = static_cast<char>(0x80 | (character >> 12 & 0x3F));
    *out++ = static_cast<char>(0x80 | (character >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (character & 0x3F));
    return out;
}

std::size_t pair_index(const std::uint8_t* at) { return (std::size_t(at[0]) << 8 | at[1]) & 0x7FFF; }

/// Four usual ideographs at once, twelve bytes; false where there is anything else, and then nothing is written.
bool write_four_usual(const DoubleByteTable& table, const std::uint8_t* at, char* out) {
    TableEntry first = table[pair_index(at)], second = table[pair_index(at + 2)];
    TableEntry third = table[pair_index(at + 4)], fourth = table[pair_index(at + 6)];
    // ASCII has no place among them, whatever its pair would be.
    if (!(at[0] & at[2] & at[4] & at[6] & 0x80) || !TableEntry::are_usual_of_three(first, second, third, fourth))
        return false;
    first.write(out);
    second.write(out + 3);
    third.write(out + 6);
    fourth.write(out + 9);
    return true;
}

/// Five characters of three bytes at once, with none of those that need a look; false where there is anything else.
bool copy_five_of_utf8(const std::uint8_t* at, char* out) {
    std::uint64_t first, second;
    std::memcpy(&first, at, 8);
    std::memcpy(&second, at + 8, 8);
    // Lead and two bytes that continue it, the first byte lowest; the sixteenth byte is not looked at.
    bool are_three = (first & 0xC0F0C0C0F0C0C0F0ull) == 0x80E08080E08080E0ull &&
                     (second & 0x00C0C0F0C0C0F0C0ull) == 0x008080E08080E080ull;
    // By the low half of the lead: 0xE0 and 0xED begin what is no character too, 0xEE the control codes.
    constexpr unsigned kPlainLeads = 0x9FFE;
    unsigned are_plain = kPlainLeads >> (at[0] & 15) & kPlainLeads >> (at[3] & 15) & kPlainLeads >> (at[6] & 15) &
                         kPlainLeads >> (at[9] & 15) & kPlainLeads >> (at[12] & 15) & 1;
    if (!are_three || are_plain == 0) return false;
    std::memcpy(out, at, 16);
    return true;
}

/// GBK has characters that begin with a control code's byte. What follows such a code is a run of whole pairs of GB 2312,
/// an even number of bytes; what follows the first half of a character is its second half and then pairs.
bool is_control_in_gbk(Bytes rest) {
    if (!is_control(rest[0])) return false;
    if (rest.size() == 1 || rest[1] < 0x80) return true;
    std::size_t run = 1;
    while (run < rest.size() && rest[run] >= 0xA1) ++run;
    return rest[1] >= 0xA1 && (run - 1) % 2 == 0;
}

bool is_four_byte(Bytes rest) {
    auto is_digit = [](std::uint8_t byte) { return byte >= 0x30 && byte <= 0x39; };
    return rest.size() >= 4 && rest[0] > 0x80 && is_digit(rest[1]) && rest[2] > 0x80 && is_digit(rest[3]);
}

/// Copies ASCII text up to the first byte that is something else.
const std::uint8_t* copy_ascii(const std::uint8_t* at, const std::uint8_t* end, char*& out) {
    while (end - at >= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        bool has_high = word & 0x8080808080808080ull;
        bool has_low = (word - 0x2020202020202020ull) & ~word & 0x8080808080808080ull;
        bool has_delete = ((word ^ 0x7F7F7F7F7F7F7F7Full) - 0x0101010101010101ull) & 0x8080808080808080ull;
        if (has_high || has_low || has_delete) break;
        std::memcpy(out, &word, 8);
        at += 8;
        out += 8;
    }
    while (at < end && *at >= 0x20 && *at < 0x7F) *out++ = static_cast<char>(*at++);
    return at;
}

/// The character past ASCII that begins here, and how many bytes it has: 0, it is none.
std::size_t read_utf8(Bytes rest, char32_t& character) {
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    std::uint8_t lead = rest[0];
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || rest.size() < length) return 0;
    character = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((rest[i] & 0xC0) != 0x80) return 0;
        character = character << 6 | (rest[i] & 0x3F);
    }
    bool is_surrogate = character >> 11 == 0x1B;
    return character < kSmallest[length] || character > 0x10FFFF || is_surrogate ? 0 : length;
}

bool is_latin(Encoding encoding) {
    switch (encoding) {
        case Encoding::Iso8859_1: case Encoding::Iso8859_2: case Encoding::Iso8859_3: case Encoding::Iso8859_4:
        case Encoding::Iso8859_9: case Encoding::Iso8859_10: case Encoding::Iso8859_13: case Encoding::Iso8859_14:
        case Encoding::Iso8859_15: return true;
        default: return false;
    }
}

/// @spec ETSI EN 300 468 table A.4: the parts of ISO/IEC 8859; the twelfth does not exist
Encoding iso8859(unsigned part) {
    constexpr auto kFirst = static_cast<unsigned>(Encoding::Iso8859_1);
    if (part == 0 || part == 12 || part > 15) return Encoding::Automatic;
    return static_cast<Encoding>(kFirst + part - (part > 12 ? 2 : 1));
}

/// @spec ETSI EN 300 468 table A.3
Encoding encoding_of_mark(std::uint8_t mark) {
    switch (mark) {
        case 0x11: return Encoding::Ucs2;
        case 0x12: return Encoding::KsX1001;
        case 0x13: return Encoding::Gb18030;
        case 0x14: return Encoding::Big5;
        case 0x15: return Encoding::Utf8;
        default: return mark <= 0x0B ? iso8859(mark + 4u) : Encoding::Automatic;
    }
}

}  // namespace

std::string TextDecoder::decode(Bytes text) {
    std::string out(room_for(text.size()), '\0');
    out.resize(static_cast<std::size_t>(decode(text, out.data()) - out.data()));
    return out;
}

std::size_t TextDecoder::mark_size(Bytes text) {
    if (text.empty() || text[0] >= 0x20) return 0;
    std::size_t size = text[0] == 0x10 ? 3 : text[0] == 0x1F ? 2 : 1;
    return std::min(size, text.size());
}

TextDecoder::Marked TextDecoder::read_mark(Bytes text) const {
    Marked marked;
    marked.mark = mark_size(text);
    if (marked.mark == 0) return marked;
    // Identifiers after 0x1F are given to broadcasters; those of China have not asked for one.
    if (text[0] == 0x10)
        marked.encoding = marked.mark == 3 && text[1] == 0 ? iso8859(text[2]) : Encoding::Automatic;
    else if (text[0] != 0x1F)
        marked.encoding = encoding_of_mark(text[0]);
    marked.is_known = marked.encoding != Encoding::Automatic;
    return marked;
}

char* TextDecoder::decode(Bytes text, char* out) {
    ++counters_.texts;
    if (text.empty()) return out;
    Marked marked = read_mark(text);
    Bytes body = text.subspan(marked.mark);
    if (rule_.encoding != Encoding::Automatic && (marked.mark == 0 || rule_.when == TextRule::When::Always))
        return decode_as(body, rule_.encoding, out);
    if (!marked.is_known) ++counters_.unknown_selectors;
    if (marked.encoding == Encoding::Automatic) return decode_unmarked(body, out);
    return decode_marked(body, marked.encoding, out);
}

char* TextDecoder::decode_unmarked(Bytes text, char* out) {
    const std::uint8_t* end = text.data() + text.size();
    const std::uint8_t* high = copy_ascii(text.data(), end, out);
    Bytes rest(high, end);
    if (rest.empty()) return out;
    if (rest.size() > 1 && rest[0] >= 0xA1 && rest[1] >= 0xA1) {
        if (char* done = try_gb18030(rest, out)) {
            ++counters_.unmarked_chinese;
            return done;
        }
    }
    Encoding encoding = guess_encoding(rest);
    if (encoding != Encoding::Iso6937) ++counters_.unmarked_chinese;
    return decode_as(rest, encoding, out);
}

char* TextDecoder::decode_marked(Bytes text, Encoding encoding, char* out) {
    // Nearly always the mark is right: the closer look comes after the first doubt.
    if (encoding == Encoding::Gb18030)
        if (char* done = try_gb18030(text, out)) return done;
    if (encoding == Encoding::Utf8) {
        std::uint64_t before = counters_.replaced_characters;
        char* done = decode_utf8(text, out);
        if (counters_.replaced_characters == before) return done;
        counters_.replaced_characters = before;
    }
    Encoding right = corrected(text, encoding);
    if (right != encoding && !(encoding == Encoding::Big5 && right == Encoding::Ucs2)) ++counters_.wrong_markers;
    return decode_as(text, right, out);
}

Encoding TextDecoder::corrected(Bytes text, Encoding encoding) const {
    switch (encoding) {
        case Encoding::Gb18030:
        case Encoding::KsX1001: return look_as_utf8(text) == Utf8Look::Plain ? Encoding::Utf8 : encoding;
        case Encoding::Big5: return look_as_utf8(text) == Utf8Look::Plain ? Encoding::Utf8 : guess_big5(text);
        case Encoding::Utf8:
            if (look_as_utf8(text) != Utf8Look::Not) return encoding;
            return count_chinese_pairs(text).look_chinese() ? Encoding::Gb18030 : encoding;
        case Encoding::Ucs2:
            if (could_be_ucs2(text)) return encoding;
            if (look_as_utf8(text) != Utf8Look::Not) return Encoding::Utf8;
            return count_chinese_pairs(text).look_chinese() ? Encoding::Gb18030 : encoding;
        default: break;
    }
    if (is_latin(encoding)) {
        if (look_as_utf8(text) == Utf8Look::Plain) return Encoding::Utf8;
        if (is_chinese_under_latin_mark(text)) return Encoding::Gb18030;
    }
    return encoding;
}

char* TextDecoder::decode_as(Bytes text, Encoding encoding, char* out) {
    switch (encoding) {
        case Encoding::Utf8: return decode_utf8(text, out);
        case Encoding::Gb18030: return decode_gb18030(text, out);
        case Encoding::Ucs2: return decode_ucs2(text, out);
        case Encoding::Big5:
        case Encoding::KsX1001: {
            const DoubleByteTable& table = tables_.double_byte(encoding);
            if (tables_.is_missing(encoding)) ++counters_.missing_tables;
            return decode_pairs(text, table, out);
        }
        case Encoding::Automatic:
        case Encoding::Iso6937: return decode_iso6937(text, out);
        default: break;
    }
    const SingleByteTable& table = tables_.single_byte(encoding);
    if (tables_.is_missing(encoding)) ++counters_.missing_tables;
    return decode_single(text, table, out);
}

char* TextDecoder::replace(char* out) {
    ++counters_.replaced_characters;
    std::memcpy(out, "\xEF\xBF\xBD", 3);
    return out + 3;
}

char* TextDecoder::try_gb18030(Bytes text, char* out) {
    if (gb18030_ == nullptr) gb18030_ = &tables_.double_byte(Encoding::Gb18030);
    const DoubleByteTable& table = *gb18030_;
    const std::uint8_t* at = text.data();
    const std::uint8_t* end = at + text.size();
    std::size_t pairs = 0, usual = 0;
    while (at < end) {
        for (; end - at >= 8; at += 8, out += 12, pairs += 4, usual += 4)
            if (!write_four_usual(table, at, out)) break;
        while (end - at >= 2 && *at >= 0xA1) {
            TableEntry entry = table[pair_index(at)];
            if (!entry.is_good()) return nullptr;
            out = entry.write(out);
            usual += entry.is_usual();
            ++pairs;
            at += 2;
            if (entry.is_usual() && end - at >= 8) break;
        }
        if (at == end) break;
        if (*at >= 0xA1 && end - at >= 2) continue;
        // Ideographs that only GBK has are rare: the closer look takes them.
        if (*at >= 0x80 && !is_control_in_gbk({at, end})) return nullptr;
        out = *at < 0x80 ? write_ascii(*at, out) : write_control(*at, out);
        ++at;
    }
    return 2 * usual >= pairs ? out : nullptr;
}

char* TextDecoder::decode_gb18030(Bytes text, char* out) {
    if (gb18030_ == nullptr) gb18030_ = &tables_.double_byte(Encoding::Gb18030);
    if (tables_.is_missing(Encoding::Gb18030)) ++counters_.missing_tables;
    for (std::size_t i = 0; i < text.size();) {
        Bytes rest = text.subspan(i);
        if (rest[0] < 0x80 || is_control_in_gbk(rest)) {
            out = rest[0] < 0x80 ? write_ascii(rest[0], out) : write_control(rest[0], out);
            ++i;
        } else if (TableEntry entry = rest.size() > 1 ? (*gb18030_)[pair_index(rest.data())] : TableEntry();
                   entry.is_good()) {
            out = entry.write(out);
            i += 2;
        } else if (char32_t character = is_four_byte(rest) ? tables_.gb18030_of_four(rest) : 0) {
            out = write_character(character, out);
            i += 4;
        } else {
            out = replace(out);
            i += rest.size() > 1 && rest[0] > 0x80 && rest[1] >= 0x80 ? 2 : 1;
        }
    }
    return out;
}

char* TextDecoder::decode_pairs(Bytes text, const DoubleByteTable& table, char* out) {
    for (std::size_t i = 0; i < text.size();) {
        std::uint8_t byte = text[i];
        if (byte < 0xA0) {
            out = byte < 0x80 ? write_ascii(byte, out) : write_control(byte, out);
            ++i;
            continue;
        }
        TableEntry entry = i + 1 < text.size() ? table[pair_index(&text[i])] : TableEntry();
        out = entry.is_good() ? entry.write(out) : replace(out);
        i += i + 1 < text.size() && (entry.is_good() || text[i + 1] >= 0x80) ? 2 : 1;
    }
    return out;
}

char* TextDecoder::decode_utf8(Bytes text, char* out) {
    const std::uint8_t* at = text.data();
    const std::uint8_t* end = at + text.size();
    while (at < end) {
        // Ideographs, three bytes each, without a look at each other case.
        for (; end - at >= 16 && copy_five_of_utf8(at, out); at += 15) out += 15;
        while (end - at >= 4) {
            std::uint32_t word;
            std::memcpy(&word, at, 4);
            std::uint8_t lead = *at;
            // 0xE0 and 0xED begin what is no character too, 0xEE the control codes.
            bool is_plain = lead - 0xE1u <= 0xECu - 0xE1u || lead == 0xEF;
            if ((word & 0x00C0C0F0) != 0x008080E0 || !is_plain) break;
            std::memcpy(out, &word, 4);
            out += 3;
            at += 3;
        }
        if (*at < 0x80) {
            const std::uint8_t* next = copy_ascii(at, end, out);
            if (next == at) out = write_ascii(*at++, out);
            else at = next;
            continue;
        }
        char32_t character = 0;
        std::size_t length = read_utf8({at, end}, character);
        if (length == 0) {
            out = replace(out);
            // What is left of a broken character is part of it.
            for (++at; at < end && (*at & 0xC0) == 0x80;) ++at;
            continue;
        }
        // Control codes, as the standard writes them here, and as those write them who only recode.
        if ((character >= 0xE080 && character <= 0xE09F) || (character >= 0x80 && character <= 0x9F))
            out = write_control(character & 0xFF, out);
        else
            out = write_character(character, out);
        at += length;
    }
    return out;
}

char* TextDecoder::decode_ucs2(Bytes text, char* out) {
    std::size_t i = 0;
    for (; i + 1 < text.size(); i += 2) {
        char32_t unit = char32_t(text[i]) << 8 | text[i + 1];
        if (unit < 0x80) {
            out = write_ascii(static_cast<std::uint8_t>(unit), out);
        } else if ((unit >= 0xE080 && unit <= 0xE09F) || unit <= 0x9F) {
            out = write_control(unit & 0xFF, out);
        } else if (unit >> 11 != 0x1B) {
            out = write_character(unit, out);
        } else if (unit < 0xDC00 && i + 3 < text.size() && (text[i + 2] & 0xFC) == 0xDC) {
            char32_t low = (char32_t(text[i + 2]) << 8 | text[i + 3]) & 0x3FF;
            out = write_character(0x10000 + ((unit & 0x3FF) << 10 | low), out);
            i += 2;
        } else {
            out = replace(out);
        }
    }
    return i < text.size() ? replace(out) : out;
}

char* TextDecoder::decode_single(Bytes text, const SingleByteTable& table, char* out) {
    const std::uint8_t* at = text.data();
    const std::uint8_t* end = at + text.size();
    while ((at = copy_ascii(at, end, out)) < end) {
        std::uint8_t byte = *at++;
        if (byte < 0xA0) {
            out = byte < 0x80 ? write_ascii(byte, out) : write_control(byte, out);
            continue;
        }
        TableEntry entry = table[byte - 0xA0u];
        out = entry.is_good() ? entry.write(out) : replace(out);
    }
    return out;
}

char* TextDecoder::decode_iso6937(Bytes text, char* out) {
    const Iso6937Table& table = tables_.iso6937();
    if (tables_.is_missing(Encoding::Iso6937)) ++counters_.missing_tables;
    const std::uint8_t* at = text.data();
    const std::uint8_t* end = at + text.size();
    while ((at = copy_ascii(at, end, out)) < end) {
        std::uint8_t byte = *at++;
        if (byte < 0xA0) {
            out = byte < 0x80 ? write_ascii(byte, out) : write_control(byte, out);
            continue;
        }
        if (byte < 0xC1 || byte > 0xCF) {
            TableEntry entry = table.singles[byte - 0xA0u];
            out = entry.is_good() ? entry.write(out) : replace(out);
            continue;
        }
        const auto& letters = table.accented[byte & 0x0F];
        if (at == end || *at < 0x20 || *at >= 0x7F) {
            out = replace(out);
            continue;
        }
        std::uint8_t letter = *at++;
        if (letters[letter].is_good()) {
            out = letters[letter].write(out);
        } else {
            *out++ = static_cast<char>(letter);
            out = letters[0].is_good() ? letters[0].write(out) : replace(out);
        }
    }
    return out;
}

}  // namespace linli::epg
