#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linli::base {

/// SHA-256 of bytes that come in pieces. @spec FIPS 180-4
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    /// The hash in lower-case hex, 64 characters. Ends the object's life: call nothing after it.
    std::string finish();

    static std::string of(std::string_view bytes);
    /// Whether a text can be such a hash: names from outside become paths only then.
    static bool is_hash(std::string_view text);

  private:
    static constexpr std::size_t kStateBytes = 128;
    alignas(16) unsigned char state_[kStateBytes];
};

}  // namespace linli::base
