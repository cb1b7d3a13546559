#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace linli::simulator {

using Bytes = std::vector<std::byte>;

/// Writes numbers as broadcast tables have them: most significant byte first. What is too large for its field loses
/// its upper bits; faults can be written so.
class ByteWriter {
  public:
    void put8(std::uint32_t value) { bytes_.push_back(static_cast<std::byte>(value & 0xFF)); }
    void put16(std::uint32_t value) { put8(value >> 8), put8(value); }
    void put32(std::uint32_t value) { put16(value >> 16), put16(value); }
    void put(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    void put(std::string_view text) { put(std::as_bytes(std::span(text))); }
    /// Two decimal digits, 0 to 99.
    void put_decimal(std::uint32_t value) { put8(value / 10 << 4 | value % 10); }

    /// Leaves room for a length of 12 bits below four bits of ones; `end_length` fills it in with what came since.
    std::size_t begin_length() {
        put16(0);
        return bytes_.size();
    }
    void end_length(std::size_t begin, std::uint32_t upper_bits = 0xF) {
        std::uint32_t value = upper_bits << 12 | static_cast<std::uint32_t>(bytes_.size() - begin);
        bytes_[begin - 2] = static_cast<std::byte>(value >> 8 & 0xFF);
        bytes_[begin - 1] = static_cast<std::byte>(value & 0xFF);
    }

    std::size_t size() const { return bytes_.size(); }
    const Bytes& bytes() const { return bytes_; }
    Bytes take() { return std::move(bytes_); }

  private:
    Bytes bytes_;
};

}  // namespace linli::simulator
