#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How the search index is written: docs/store.md tells the whole of it.
namespace linli::content::search {

/// A key in the index of one segment, 34 bits: what is kept (2 bits), then a gram of two units (16 bits each).
/// Initials are kept by the number of their first item in the place of a gram.
using Key = std::uint64_t;
enum class Kept : std::uint64_t { Texts = 0, Titles = 1, Initials = 2 };

inline constexpr int kKeyBits = 34;

constexpr Key make_key(Kept kept, std::uint32_t number) { return static_cast<std::uint64_t>(kept) << 32 | number; }
constexpr Key make_key(Kept kept, char16_t first, char16_t second) {
    return make_key(kept, static_cast<std::uint32_t>(first) << 16 | second);
}

/// The number of an item, counted from the first of its segment.
using Row = std::uint32_t;

/// Seven bits a byte, the lowest first, the highest bit set in all bytes but the last.
inline constexpr std::size_t kMostNumberBytes = 10;

inline char* put_number(char* at, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) *at++ = static_cast<char>(number | 0x80);
    *at++ = static_cast<char>(number);
    return at;
}

inline void append_number(std::string& bytes, std::uint64_t number) {
    char digits[kMostNumberBytes];
    bytes.append(digits, put_number(digits, number));
}

/// Of damaged bytes it makes some number, and never reads past their end.
inline std::uint64_t take_number(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (int shift = 0; !bytes.empty() && shift < 64; shift += 7) {
        auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) break;
    }
    return number;
}

/// Rows that are put in one by one in rising order, each written as its distance from the one before it, the first from
/// 0. It is used again and again, so that its memory is asked for once.
class RowWriter {
  public:
    /// For at most so many rows.
    void begin(std::size_t most) {
        if (buffer_.size() < most * kMostRowBytes) buffer_.resize(most * kMostRowBytes);
        end_ = buffer_.data();
        last_ = 0;
    }
    void put(Row row) {
        end_ = put_number(end_, row - last_);
        last_ = row;
    }
    std::string_view bytes() const { return {buffer_.data(), static_cast<std::size_t>(end_ - buffer_.data())}; }

  private:
    static constexpr std::size_t kMostRowBytes = 5;
    std::vector<char> buffer_;
    char* end_ = nullptr;
    Row last_ = 0;
};

template <typename OnRow>
void for_each_row(std::string_view bytes, OnRow on_row) {
    Row row = 0;
    while (!bytes.empty()) {
        row += static_cast<Row>(take_number(bytes));
        on_row(row);
    }
}

/// One key and the bytes of its rows.
struct Entry {
    Key key = 0;
    std::string_view rows;
};

/// Entries that follow each other: the distance of the key from the one before it, the length of the rows, the rows.
inline void append_entry(std::string& bytes, Key before, const Entry& entry) {
    append_number(bytes, entry.key - before);
    append_number(bytes, entry.rows.size());
    bytes.append(entry.rows);
}

inline Entry take_entry(std::string_view& bytes, Key before) {
    Entry entry;
    entry.key = before + take_number(bytes);
    auto length = take_number(bytes);
    entry.rows = bytes.substr(0, length);
    bytes.remove_prefix(entry.rows.size());
    return entry;
}

}  // namespace linli::content::search
