#include "simulator/stream/raster.h"

namespace linli::simulator {

Silhouette cut_silhouette(float left, float top, float right, float bottom, float scale,
                          const std::function<bool(float, float)>& is_inside) {
    constexpr int kSamples = 4;
    Silhouette figure;
    figure.width = static_cast<int>(std::ceil((right - left) * scale));
    figure.height = static_cast<int>(std::ceil((bottom - top) * scale));
    figure.origin_x = -left * scale;
    figure.origin_y = -top * scale;
    for (int y = 0; y < figure.height; ++y) {
        for (int x = 0; x < figure.width; ++x) {
            int hits = 0;
            for (int i = 0; i < kSamples * kSamples; ++i) {
                float at_x = static_cast<float>(x) + (static_cast<float>(i % kSamples) + 0.5f) / kSamples;
                float at_y = static_cast<float>(y) + (static_cast<float>(i / kSamples) + 0.5f) / kSamples;
                hits += is_inside(left + at_x / scale, top + at_y / scale) ? 1 : 0;
            }
            figure.coverage.push_back(static_cast<float>(hits) / (kSamples * kSamples));
        }
    }
    return figure;
}

void lay_over(Raster& raster, const Silhouette& figure, float x, float y, const Tint& color, float opacity, Facing facing,
              const std::function<float(int)>& bend) {
    bool is_mirrored = facing == Facing::Mirrored;
    float top = is_mirrored ? y + figure.origin_y - static_cast<float>(figure.height) : y - figure.origin_y;
    int first_y = static_cast<int>(std::floor(top));
    float share_y = top - static_cast<float>(first_y);
    auto sample = [&](int sx, int sy) {
        if (sx < 0 || sx >= figure.width || sy < 0 || sy >= figure.height) return 0.0f;
        return figure.at(sx, is_mirrored ? figure.height - 1 - sy : sy);
    };
    for (int j = 0; j <= figure.height; ++j) {
        int row = first_y + j;
        if (row < 0 || row >= raster.height) continue;
        float left = x - figure.origin_x + (bend ? bend(row) : 0.0f);
        int first_x = static_cast<int>(std::floor(left));
        float share_x = left - static_cast<float>(first_x);
        Tint* tints = raster.row(row);
        for (int i = 0; i <= figure.width; ++i) {
            int column = first_x + i;
            if (column < 0 || column >= raster.width) continue;
            float above = sample(i, j - 1) * (1 - share_x) + sample(i - 1, j - 1) * share_x;
            float here = sample(i, j) * (1 - share_x) + sample(i - 1, j) * share_x;
            float cover = (above * share_y + here * (1 - share_y)) * opacity;
            if (cover > 0) tints[column] = mix(tints[column], color, cover);
        }
    }
}

void add_glow(Raster& raster, float x, float y, float radius, const Tint& color, float strength) {
    int top = std::max(0, static_cast<int>(y - radius)), bottom = std::min(raster.height - 1, static_cast<int>(y + radius));
    int left = std::max(0, static_cast<int>(x - radius)), right = std::min(raster.width - 1, static_cast<int>(x + radius));
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            float dx = static_cast<float>(column) - x, dy = static_cast<float>(row) - y;
            float fall = 1.0f - (dx * dx + dy * dy) / (radius * radius);
            if (fall > 0) raster.row(row)[column] = raster.row(row)[column] + color * (strength * fall * fall * fall);
        }
    }
}

float hashed(int x, int y, std::uint32_t seed) {
    std::uint32_t h = seed + static_cast<std::uint32_t>(x) * 374761393u + static_cast<std::uint32_t>(y) * 668265263u;
    h = (h ^ (h >> 13)) * 1274126177u;
    return static_cast<float>((h ^ (h >> 16)) & 0xFFFFFF) / 16777216.0f;
}

float periodic_noise(float x, float y, int period, std::uint32_t seed) {
    float floor_x = std::floor(x), floor_y = std::floor(y);
    float share_x = smooth_step(0, 1, x - floor_x), share_y = smooth_step(0, 1, y - floor_y);
    int row = static_cast<int>(floor_y);
    auto wrapped = [period](int column) { return ((column % period) + period) % period; };
    int left = wrapped(static_cast<int>(floor_x)), right = wrapped(left + 1);
    float above = hashed(left, row, seed) * (1 - share_x) + hashed(right, row, seed) * share_x;
    float below = hashed(left, row + 1, seed) * (1 - share_x) + hashed(right, row + 1, seed) * share_x;
    return above * (1 - share_y) + below * share_y;
}

float periodic_clouds(float x, float y, int period, std::uint32_t seed) {
    float sum = 0, weight = 0.5f;
    for (int octave = 0; octave < 5; ++octave) {
        sum += weight * periodic_noise(x, y, period, seed + static_cast<std::uint32_t>(octave));
        x *= 2;
        y *= 2;
        period *= 2;
        weight /= 2;
    }
    return sum / 0.96875f;
}

}  // namespace linli::simulator
