#pragma once

#include <cstdint>
#include <vector>

namespace linli::simulator {

/// The sound of the sample stream: a soft chord that breathes, about 30 dB below full scale. Deterministic, and the
/// end of a round joins its beginning.
class Chord {
  public:
    Chord(int samples_per_second, int seconds);

    /// The next `pairs` samples: left and right by turns.
    std::vector<std::int16_t> next(int pairs);

  private:
    double samples_;
    int seconds_;
    std::uint64_t at_ = 0;
};

}  // namespace linli::simulator
