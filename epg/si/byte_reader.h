#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace linli::epg {

using Bytes = std::span<const std::uint8_t>;

/// Takes big-endian numbers and pieces off the front of bytes. What is read past the end is zero or empty, and
/// `has_failed` from then on: it is asked once, at the end.
class ByteReader {
  public:
    explicit ByteReader(Bytes bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number<1>()); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number<2>()); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(number<3>()); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number<4>()); }
    /// The low 12 bits of the next 16: a length as tables write it.
    std::size_t length12() { return number<2>() & 0x0FFF; }

    Bytes bytes(std::size_t count) {
        if (count > left()) {
            fail();
            return {};
        }
        Bytes taken(at_, count);
        at_ += count;
        return taken;
    }
    /// As many of them as there are; fewer are a failure.
    Bytes bytes_at_most(std::size_t count) {
        if (count <= left()) return bytes(count);
        Bytes taken = rest();
        fail();
        return taken;
    }
    /// A length byte and as many bytes.
    Bytes counted_bytes() { return bytes(u8()); }
    void skip(std::size_t count) { bytes(count); }

    Bytes rest() const { return {at_, left()}; }
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    bool is_at_end() const { return at_ == end_; }
    bool has_failed() const { return has_failed_; }

  private:
    template <std::size_t kBytes>
    std::uint64_t number() {
        if (left() < kBytes) {
            fail();
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < kBytes; ++i) value = value << 8 | at_[i];
        at_ += kBytes;
        return value;
    }
    void fail() {
        at_ = end_;
        has_failed_ = true;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    bool has_failed_ = false;
};

}  // namespace linli::epg
