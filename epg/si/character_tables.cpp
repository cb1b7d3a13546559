#include "epg/si/character_tables.h"

#include <iconv.h>

#include <algorithm>
#include <bit>
#include <span>

namespace linli::epg {
namespace {

static_assert(std::endian::native == std::endian::little, "entries are written with their low byte first");

const char* iconv_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::Iso6937: return "ISO_6937";
        case Encoding::Iso8859_1: return "ISO-8859-1";
        case Encoding::Iso8859_2: return "ISO-8859-2";
        case Encoding::Iso8859_3: return "ISO-8859-3";
        case Encoding::Iso8859_4: return "ISO-8859-4";
        case Encoding::Iso8859_5: return "ISO-8859-5";
        case Encoding::Iso8859_6: return "ISO-8859-6";
        case Encoding::Iso8859_7: return "ISO-8859-7";
        case Encoding::Iso8859_8: return "ISO-8859-8";
        case Encoding::Iso8859_9: return "ISO-8859-9";
        case Encoding::Iso8859_10: return "ISO-8859-10";
        case Encoding::Iso8859_11: return "ISO-8859-11";
        case Encoding::Iso8859_13: return "ISO-8859-13";
        case Encoding::Iso8859_14: return "ISO-8859-14";
        case Encoding::Iso8859_15: return "ISO-8859-15";
        case Encoding::KsX1001: return "EUC-KR";
        case Encoding::Gb18030: return "GB18030";
        case Encoding::Big5: return "BIG5";
        case Encoding::Automatic:
        case Encoding::Ucs2:
        case Encoding::Utf8: break;
    }
    return nullptr;
}

/// Combining marks by the low nibble of the accent, for letters that have no accented form of their own.
/// @spec ETSI EN 300 468 figure A.1
constexpr char32_t kMarks[16] = {0,      0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x0306, 0x0307,
                                 0x0308, 0,      0x030A, 0x0327, 0,      0x030B, 0x0328, 0x030C};

/// @spec GB/T 2312-1980: rows 1 to 3 are signs, 16 to 55 the ideographs of level 1
bool is_usual_chinese(int first, int second) {
    return second >= 0xA1 && ((first >= 0xA1 && first <= 0xA3) || (first >= 0xB0 && first <= 0xD7));
}

}  // namespace

TableEntry::TableEntry(char32_t character, bool is_usual) {
    if (character == 0 || character > 0xFFFF) return;
    std::uint32_t bytes = 0, size = 0;
    if (character < 0x80) {
        bytes = character;
        size = 1;
    } else if (character < 0x800) {
        bytes = (0xC0 | character >> 6) | (0x80 | (character & 0x3F)) << 8;
        size = 2;
    } else {
        bytes = (0xE0 | character >> 12) | (0x80 | (character >> 6 & 0x3F)) << 8 | (0x80 | (character & 0x3F)) << 16;
        size = 3;
    }
    value_ = bytes | size << 24 | std::uint32_t(is_usual) << 31;
}

struct CharacterTables::Converter {
    iconv_t handle = iconv_t(-1);

    explicit Converter(const char* name) : handle(::iconv_open("UCS-4LE", name)) {}
    Converter(const Converter&) = delete;
    ~Converter() {
        if (is_open()) ::iconv_close(handle);
    }
    bool is_open() const { return handle != iconv_t(-1); }

    /// The characters of pairs, 0 where a pair is none, in one go as far as they are.
    void convert_pairs(std::span<const char> pairs, std::span<char32_t> out) {
        std::ranges::fill(out, U'\0');
        if (!is_open()) return;
        std::vector<char32_t> characters(out.size() + 1);
        for (std::size_t done = 0; done < out.size(); ++done) {
            char* from = const_cast<char*>(pairs.data()) + 2 * done;
            std::size_t from_left = pairs.size() - 2 * done;
            char* to = reinterpret_cast<char*>(characters.data());
            std::size_t to_left = (out.size() - done) * sizeof(char32_t);
            ::iconv(handle, nullptr, nullptr, nullptr, nullptr);
            ::iconv(handle, &from, &from_left, &to, &to_left);
            ::iconv(handle, nullptr, nullptr, &to, &to_left);
            std::size_t made = out.size() - done - to_left / sizeof(char32_t);
            // Where two bytes were not one character, pair by pair.
            if (from_left != pairs.size() - 2 * (done + made)) {
                out[done] = convert({static_cast<unsigned char>(pairs[2 * done]), static_cast<unsigned char>(pairs[2 * done + 1])});
                continue;
            }
            std::copy_n(characters.begin(), made, out.begin() + static_cast<std::ptrdiff_t>(done));
            done += made;
        }
    }

    /// The one character that these bytes are; 0 where they are none or several.
    char32_t convert(std::initializer_list<int> bytes) {
        if (!is_open()) return 0;
        char in[4];
        std::size_t in_left = 0;
        for (int byte : bytes) in[in_left++] = static_cast<char>(byte);
        char32_t out[2] = {0, 0};
        char* from = in;
        char* to = reinterpret_cast<char*>(out);
        std::size_t out_left = sizeof out;
        ::iconv(handle, nullptr, nullptr, nullptr, nullptr);
        bool is_good = ::iconv(handle, &from, &in_left, &to, &out_left) == 0 &&
                       ::iconv(handle, nullptr, nullptr, &to, &out_left) == 0;
        return is_good && in_left == 0 && out_left == sizeof out[0] ? out[0] : 0;
    }
};

CharacterTables::CharacterTables() = default;
CharacterTables::~CharacterTables() = default;

bool CharacterTables::is_missing(Encoding encoding) const {
    return is_missing_[static_cast<std::size_t>(encoding)];
}

const SingleByteTable& CharacterTables::single_byte(Encoding encoding) {
    auto index = static_cast<std::size_t>(encoding);
    if (singles_[index]) return *singles_[index];
    singles_[index] = std::make_unique<SingleByteTable>();
    Converter converter(iconv_name(encoding));
    is_missing_[index] = !converter.is_open();
    for (int byte = 0xA0; byte <= 0xFF; ++byte)
        (*singles_[index])[static_cast<std::size_t>(byte - 0xA0)] = TableEntry(converter.convert({byte}), false);
    return *singles_[index];
}

const DoubleByteTable& CharacterTables::double_byte(Encoding encoding) {
    auto index = static_cast<std::size_t>(encoding);
    if (doubles_[index]) return *doubles_[index];
    doubles_[index] = std::make_unique<DoubleByteTable>();
    Converter converter(iconv_name(encoding));
    is_missing_[index] = !converter.is_open();
    constexpr int kFirstSecond = 0x40, kLastSecond = 0xFE;
    std::array<char, 2 * (kLastSecond - kFirstSecond + 1)> pairs;
    std::array<char32_t, pairs.size() / 2> characters;
    for (int first = 0x81; first <= 0xFE; ++first) {
        for (std::size_t i = 0; i < characters.size(); ++i) {
            pairs[2 * i] = static_cast<char>(first);
            pairs[2 * i + 1] = static_cast<char>(kFirstSecond + static_cast<int>(i));
        }
        converter.convert_pairs(pairs, characters);
        for (std::size_t i = 0; i < characters.size(); ++i) {
            int second = kFirstSecond + static_cast<int>(i);
            bool is_usual = encoding == Encoding::Gb18030 && is_usual_chinese(first, second);
            (*doubles_[index])[static_cast<std::size_t>((first << 8 | second) & 0x7FFF)] = TableEntry(characters[i], is_usual);
        }
    }
    return *doubles_[index];
}

const Iso6937Table& CharacterTables::iso6937() {
    if (iso6937_) return *iso6937_;
    iso6937_ = std::make_unique<Iso6937Table>();
    Converter converter(iconv_name(Encoding::Iso6937));
    is_missing_[static_cast<std::size_t>(Encoding::Iso6937)] = !converter.is_open();
    for (int byte = 0xA0; byte <= 0xFF; ++byte) {
        if (byte >= 0xC0 && byte <= 0xCF) continue;
        char32_t character = byte == 0xA4 ? U'€' : converter.convert({byte});
        iso6937_->singles[static_cast<std::size_t>(byte - 0xA0)] = TableEntry(character, false);
    }
    for (int accent = 1; accent < 16; ++accent) {
        for (int letter = 0x20; letter < 0x7F; ++letter) {
            char32_t character = converter.convert({0xC0 | accent, letter});
            iso6937_->accented[static_cast<std::size_t>(accent)][static_cast<std::size_t>(letter)] =
                TableEntry(character, false);
        }
    }
    // What the standard's repertoire lacks is a letter with a mark behind it.
    for (std::size_t accent = 1; accent < 16; ++accent)
        iso6937_->accented[accent][0] = TableEntry(kMarks[accent], false);
    return *iso6937_;
}

char32_t CharacterTables::gb18030_of_four(Bytes four) {
    if (!gb18030_) gb18030_ = std::make_unique<Converter>(iconv_name(Encoding::Gb18030));
    return gb18030_->convert({four[0], four[1], four[2], four[3]});
}

}  // namespace linli::epg
