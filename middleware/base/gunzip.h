#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::base {

/// Unpacks gzip that is pushed in, in pieces of any size; one member after another is one text. Costs a window of 32 KiB
/// and gives up as soon as more than `most_bytes` come out. @spec RFC 1952
class Gunzip {
  public:
    using Sink = std::function<Result<void>(std::string_view)>;

    explicit Gunzip(std::uint64_t most_bytes);
    ~Gunzip();
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;

    /// Hands what comes out to `sink`; its error, or one of the packed bytes, ends the unpacking.
    Result<void> push(std::string_view packed, const Sink& sink);
    /// The packed bytes have ended: an error when the last member has not.
    Result<void> finish() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::base
