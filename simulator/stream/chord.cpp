#include "simulator/stream/chord.h"

#include <array>
#include <cmath>
#include <numbers>

namespace linli::simulator {

namespace {

struct Voice {
    double hertz;
    double strength;
    /// How often it swells in a round, and where it begins to.
    int swells;
    double begin;
    double side;  // -1 left, 1 right
};
/// D major with a ninth, in open position.
constexpr std::array<Voice, 6> kVoices{{{146.8, 1.00, 2, 0.00, -0.1},
                                        {220.0, 0.70, 3, 0.25, 0.3},
                                        {293.7, 0.55, 2, 0.60, -0.4},
                                        {370.0, 0.42, 3, 0.80, 0.5},
                                        {440.0, 0.26, 4, 0.40, -0.6},
                                        {659.3, 0.12, 5, 0.10, 0.6}}};
constexpr double kLevel = 900;

}  // namespace

Chord::Chord(int samples_per_second, int seconds, double pitch)
    : samples_(samples_per_second), seconds_(seconds), pitch_(pitch) {}

std::vector<std::int16_t> Chord::next(int pairs) {
    constexpr double kTurn = 2 * std::numbers::pi;
    std::vector<std::int16_t> out;
    out.reserve(static_cast<std::size_t>(pairs) * 2);
    for (int i = 0; i < pairs; ++i, ++at_) {
        double time = static_cast<double>(at_) / samples_;
        double left = 0, right = 0;
        for (const Voice& voice : kVoices) {
            // Whole turns in a round, so that nothing jumps.
            double turns = std::round(voice.hertz * pitch_ * seconds_) / seconds_ * time;
            double swell = 0.62 + 0.38 * std::sin(kTurn * (voice.swells * time / seconds_ + voice.begin));
            double value = voice.strength * swell * std::sin(kTurn * turns);
            left += value * (1 - voice.side) / 2;
            right += value * (1 + voice.side) / 2;
        }
        out.push_back(static_cast<std::int16_t>(std::lround(left * kLevel)));
        out.push_back(static_cast<std::int16_t>(std::lround(right * kLevel)));
    }
    return out;
}

}  // namespace linli::simulator
