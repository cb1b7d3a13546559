#pragma once

#include <cstdint>
#include <vector>

namespace linli::simulator {

/// The sound of the sample stream: a soft chord that breathes, about 30 dB below full scale. Deterministic, and the
/// end of a round joins its beginning.
class Chord {
  public:
    /// `pitch`: 1 as it is, 2 an octave higher.
    Chord(int samples_per_second, int seconds, double pitch = 1);

    /// The next `pairs` samples: left and right by turns.
    std::vector<std::int16_t> next(int pairs);

  private:
    double samples_;
    int seconds_;
    double pitch_;
    std::uint64_t at_ = 0;
};

}  // namespace linli::simulator
