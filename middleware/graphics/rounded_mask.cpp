#include "middleware/graphics/rounded_mask.h"

namespace linli::graphics {

std::vector<std::uint8_t> make_disc_mask(Pixels radius) {
    // Each pixel is asked at 8 × 8 points: coverage in steps of 1/64, made once a radius.
    constexpr int kSteps = 8;
    Pixels side = 2 * radius;
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    for (Pixels y = 0; y < side; ++y) {
        for (Pixels x = 0; x < side; ++x) {
            int inside = 0;
            for (int step_y = 0; step_y < kSteps; ++step_y) {
                for (int step_x = 0; step_x < kSteps; ++step_x) {
                    double dx = x + (step_x + 0.5) / kSteps - radius;
                    double dy = y + (step_y + 0.5) / kSteps - radius;
                    if (dx * dx + dy * dy <= static_cast<double>(radius) * radius) ++inside;
                }
            }
            mask[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)] =
                static_cast<std::uint8_t>(inside * 255 / (kSteps * kSteps));
        }
    }
    return mask;
}

}  // namespace linli::graphics
