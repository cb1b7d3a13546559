#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::base {

struct CompressOptions {
    /// 1 (fast) to 19 (as small as it gets).
    int level = 19;
    /// Bytes that stand before the text for whoever unpacks it, who must have the same ones (a dictionary of raw
    /// content, without an id). They are borrowed.
    std::string_view prefix{};
};

/// The bytes as one Zstandard frame with its length in the header and with a window that a Decompressor accepts. The
/// same bytes and options give the same frame with the same version of libzstd. @spec RFC 8878
Result<std::string> compress(std::string_view bytes, const CompressOptions& options = {});

/// Whether one frame after another is taken for one text, or what follows the first one is a mistake.
enum class Frames { One, Several };

struct DecompressOptions {
    /// As for packing; it is borrowed and must outlive the unpacking.
    std::string_view prefix{};
    Frames frames = Frames::One;
};

/// Unpacks Zstandard frames that are pushed in, in pieces of any size. Costs at most a window of 4 MiB, and gives
/// up as soon as more than `most_bytes` come out, so that a bomb costs no more than its bound.
class Decompressor {
  public:
    using Sink = std::function<Result<void>(std::string_view)>;

    explicit Decompressor(std::uint64_t most_bytes, const DecompressOptions& options = {});
    ~Decompressor();
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;

    /// Hands what comes out to `sink`; its error, or one of the frame, ends the unpacking.
    Result<void> push(std::string_view packed, const Sink& sink);
    /// The packed bytes have ended: an error when the last frame has not.
    Result<void> finish() const;
    std::uint64_t unpacked_bytes() const { return unpacked_; }

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::uint64_t most_bytes_;
    DecompressOptions options_;
    std::uint64_t unpacked_ = 0;
    bool has_ended_ = false;
};

/// All of it at once.
Result<std::string> decompress(std::string_view packed, std::uint64_t most_bytes, const DecompressOptions& options = {});

}  // namespace linli::base
