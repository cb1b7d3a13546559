#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::base {

/// The bytes as one Zstandard frame with its length in the header, as small as it gets and with a window that a
/// Decompressor accepts. The same bytes give the same frame with the same version of libzstd. @spec RFC 8878
Result<std::string> compress(std::string_view bytes);

/// Unpacks one Zstandard frame that is pushed in, in pieces of any size. Costs at most a window of 4 MiB, and gives
/// up as soon as more than `most_bytes` come out, so that a bomb costs no more than its bound.
class Decompressor {
  public:
    using Sink = std::function<Result<void>(std::string_view)>;

    explicit Decompressor(std::uint64_t most_bytes);
    ~Decompressor();
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;

    /// Hands what comes out to `sink`; its error, or one of the frame, ends the unpacking.
    Result<void> push(std::string_view packed, const Sink& sink);
    /// The packed bytes have ended: an error when the frame has not.
    Result<void> finish() const;
    std::uint64_t unpacked_bytes() const { return unpacked_; }

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::uint64_t most_bytes_;
    std::uint64_t unpacked_ = 0;
    bool has_ended_ = false;
};

/// The whole frame at once.
Result<std::string> decompress(std::string_view packed, std::uint64_t most_bytes);

}  // namespace linli::base
