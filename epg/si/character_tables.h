#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "epg/si/byte_reader.h"
#include "epg/si/text_rules.h"

namespace linli::epg {

/// A character, written as UTF-8 already: up to three bytes, the first one lowest, and how many they are; 0: there is
/// no such character.
class TableEntry {
  public:
    TableEntry() = default;
    TableEntry(char32_t character, bool is_usual);

    unsigned size() const { return value_ >> 24 & 3; }
    bool is_good() const { return value_ != 0; }
    /// Of GB 2312: an ideograph of level 1 (the 3,755 usual ones) or punctuation.
    unsigned is_usual() const { return value_ >> 31; }
    /// All four are usual and have three bytes.
    static bool are_usual_of_three(TableEntry a, TableEntry b, TableEntry c, TableEntry d) {
        constexpr std::uint32_t kBoth = 1u << 31 | 3u << 24;
        return (a.value_ & b.value_ & c.value_ & d.value_ & kBoth) == kBoth;
    }
    /// Writes four bytes, of which `size` count.
    char* write(char* out) const {
        __builtin_memcpy(out, &value_, 4);
        return out + size();
    }

  private:
    std::uint32_t value_ = 0;
};

/// Bytes 0xA0 to 0xFF of an encoding with one byte a character.
using SingleByteTable = std::array<TableEntry, 0x60>;

/// Encodings with two bytes a character: the index is the pair without its highest bit.
using DoubleByteTable = std::array<TableEntry, 0x8000>;

/// ISO 6937: single characters from 0xA0 on, and the accents 0xC1 to 0xCF with the ASCII character that follows.
struct Iso6937Table {
    SingleByteTable singles{};
    /// By the low half of the accent; entry 0 is the accent as a combining mark.
    std::array<std::array<TableEntry, 0x80>, 16> accented{};
};

/// The tables of the encodings that were met, each made at its first use with what the C library knows (iconv). Where
/// that lacks one (a box whose image left the gconv modules out), its entries are empty: see `is_missing`.
class CharacterTables {
  public:
    CharacterTables();
    ~CharacterTables();

    const SingleByteTable& single_byte(Encoding encoding);
    const DoubleByteTable& double_byte(Encoding encoding);
    const Iso6937Table& iso6937();
    /// The four-byte characters of GB 18030; 0: no character.
    char32_t gb18030_of_four(Bytes four);

    bool is_missing(Encoding encoding) const;

  private:
    struct Converter;

    static constexpr std::size_t kEncodings = static_cast<std::size_t>(Encoding::Utf8) + 1;
    std::array<std::unique_ptr<SingleByteTable>, kEncodings> singles_;
    std::array<std::unique_ptr<DoubleByteTable>, kEncodings> doubles_;
    std::unique_ptr<Iso6937Table> iso6937_;
    std::unique_ptr<Converter> gb18030_;
    std::array<bool, kEncodings> is_missing_{};
};

}  // namespace linli::epg
