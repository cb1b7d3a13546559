#include "simulator/stream/scene.h"

#include <numbers>

#include "simulator/stream/figures.h"
#include "simulator/stream/mark.h"

namespace linli::simulator {

namespace {

constexpr float kDesignWidth = 1024;
constexpr int kSines = 4096;
/// The sparkle of the water repeats after so many pixels and rows.
constexpr int kSparkleSide = 256;

constexpr Tint kInk = tint(0x121A38);
constexpr Tint kDeepWater = tint(0x23305C);
constexpr Tint kLamp = tint(0xFFC873);

/// Noise that also repeats after `height` of y: its end fades into what came before its beginning.
float twice_periodic(float x, float y, float height) {
    float share = smooth_step(0.75f, 1.0f, y / height);
    float here = periodic_clouds(x, y, 16, 131);
    return share <= 0 ? here : here * (1 - share) + periodic_clouds(x, y - height, 16, 131) * share;
}

float tau(float turns) { return turns * 2.0f * std::numbers::pi_v<float>; }

}  // namespace

Scene::Scene(graphics::Size size, graphics::Image mark)
    : size_(size),
      scale_(static_cast<float>(size.width) / kDesignWidth),
      landscape_(size.width, static_cast<int>(Landscape::kWaterLine * scale_), scale_),
      raster_(size.width, size.height),
      boat_(cut_boat(scale_)),
      boatman_(cut_boatman(scale_)),
      junk_(cut_junk(scale_)),
      mark_(std::move(mark)) {
    for (std::size_t i = 0; i < bird_.size(); ++i)
        bird_[i] = cut_bird(scale_ * 0.8f, std::sin(tau(static_cast<float>(i) / static_cast<float>(bird_.size()))));
    for (int i = 0; i < kSines; ++i) sines_.push_back(std::sin(tau(static_cast<float>(i) / kSines)));
    for (int y = 0; y < kSparkleSide; ++y)
        for (int x = 0; x < kSparkleSide; ++x)
            sparkle_.push_back(twice_periodic(static_cast<float>(x) / 16.0f, static_cast<float>(y) / 5.0f, kSparkleSide / 5.0f));
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            grain_.push_back((hashed(x, y, 17) + hashed(x, y, 19) - 1.0f) / 255.0f);
            float dx = static_cast<float>(x) / static_cast<float>(size.width) - 0.5f;
            float dy = static_cast<float>(y) / static_cast<float>(size.height) - 0.5f;
            shade_.push_back(1.0f - 0.42f * (dx * dx + dy * dy));
        }
    }
}

void Scene::draw(float phase, graphics::Image& into) {
    draw_sky(phase);
    draw_life(phase);
    draw_water(phase);
    draw_boat(phase);
    draw_reeds(phase);
    finish(into);
}

/// A sine of whole turns, from a table: the water asks for very many.
float Scene::wave(float turns) const {
    auto at = static_cast<int>(turns * kSines) & (kSines - 1);
    return sines_[static_cast<std::size_t>(at)];
}

float Scene::sparkle(float x, float y) const {
    constexpr unsigned kMask = kSparkleSide - 1;
    x += 64 * kSparkleSide;  // above zero, without a change of place
    y += 64 * kSparkleSide;
    auto left = static_cast<unsigned>(x), top = static_cast<unsigned>(y);
    float right_share = x - static_cast<float>(left), lower_share = y - static_cast<float>(top);
    auto at = [&](unsigned column, unsigned row) { return sparkle_[(row & kMask) * kSparkleSide + (column & kMask)]; };
    float upper = at(left, top) * (1 - right_share) + at(left + 1, top) * right_share;
    float lower = at(left, top + 1) * (1 - right_share) + at(left + 1, top + 1) * right_share;
    return upper * (1 - lower_share) + lower * lower_share;
}

void Scene::draw_sky(float phase) {
    // The clouds of this round fade into those that begin the next one, at the same pace.
    constexpr float kDrift = 150;
    int early = static_cast<int>(std::lround(phase * kDrift * 16 * scale_));
    int late = static_cast<int>(std::lround((phase - 1) * kDrift * 16 * scale_));
    float share = smooth_step(0, 1, phase);
    // The middle of the fade would be flat: what is lost there is given back.
    float gain = 1.0f / std::sqrt(share * share + (1 - share) * (1 - share));
    gain = 1.0f + 0.6f * (gain - 1.0f);
    int width = size_.width;
    auto at = [&](const float* row, int x, int sixteenths) {
        int shifted = x * 16 - sixteenths + 16 * width * 4;
        int left = (shifted / 16) % width, right = (left + 1) % width;
        float part = static_cast<float>(shifted % 16) / 16.0f;
        return row[left] * (1 - part) + row[right] * part;
    };
    for (int y = 0; y < landscape_.horizon; ++y) {
        const float* clouds = landscape_.clouds.data() + static_cast<std::ptrdiff_t>(y) * width;
        const float* cover = landscape_.cover.data() + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 0; x < width; ++x) {
            Tint color = landscape_.land.row(y)[x];
            if (cover[x] < 1) {
                float thick = (at(clouds, x, early) * (1 - share) + at(clouds, x, late) * share) * gain;
                Tint sky = mix(landscape_.sky.row(y)[x], landscape_.cloud_tints.row(y)[x], std::min(thick, 1.0f) * 0.82f);
                color = mix(sky, color, cover[x]);
            }
            raster_.row(y)[x] = color;
        }
    }
}

void Scene::draw_life(float phase) {
    for (const Landscape::Light& light : landscape_.lights) {
        float flicker = 0.86f + 0.14f * std::sin(tau(light.twinkle + phase * (2 + std::floor(light.twinkle * 5))));
        add_glow(raster_, light.x, light.y, 2.6f * scale_, kLamp, light.strength * flicker);
    }
    // Each junk has the place of the one before it when the round ends.
    constexpr float kSpacing = 292;
    for (int i = -1; i < 5; ++i) {
        float x = (static_cast<float>(i) + phase) * kSpacing - 60;
        float y = Landscape::kWaterLine - 0.5f + 0.5f * std::sin(tau(phase * 4));
        lay_over(raster_, junk_, x * scale_, y * scale_, mix(kInk, tint(0x6D5580), 0.22f), 1);
    }
    for (int i = 0; i < 7; ++i) {
        float rank = static_cast<float>((i + 1) / 2), side = i % 2 == 0 ? 1.0f : -1.0f;
        float x = -60 + phase * 1230 - rank * 17, y = 132 - phase * 46 + rank * 7 * side + 3 * std::sin(tau(phase * 3));
        auto beat = static_cast<std::size_t>(phase * 8 * 24 + static_cast<float>(i) * 3) % bird_.size();
        lay_over(raster_, bird_[beat], x * scale_, y * scale_, tint(0x2A2F57), 0.8f);
    }
}

void Scene::draw_water(float phase) {
    int horizon = landscape_.horizon;
    for (int y = horizon; y < size_.height; ++y) {
        float down = (static_cast<float>(y - horizon) + 0.5f) / scale_;  // 0 to 214
        float near = down / (kDesignWidth * 9 / 16 - Landscape::kWaterLine);
        // Waves crowd together towards the horizon.
        float far = 46.0f / (down + 9.0f);
        float height = 0.5f + 5.5f * near;
        Tint* row = raster_.row(y);
        for (int x = 0; x < size_.width; ++x) {
            float across = (static_cast<float>(x) / scale_ - 512) * (0.35f + far) / 512.0f;
            float swell = wave(far * 7.0f + across * 0.9f - phase * 5) + 0.6f * wave(far * 13.0f - across * 1.7f - phase * 8) +
                          0.45f * wave(far * 29.0f + across * 3.1f + phase * 6);
            float source = static_cast<float>(horizon) - 1 - (down * 1.42f + swell * height) * scale_;
            int source_y = std::clamp(static_cast<int>(source), 0, horizon - 1);
            int source_x = std::clamp(x + static_cast<int>(swell * height * 0.7f * scale_), 0, size_.width - 1);
            Tint mirrored = raster_.row(source_y)[source_x];
            float deep = 0.20f + 0.42f * near + 0.10f * swell * near;
            Tint color = mix(mirrored * 0.93f, kDeepWater, std::clamp(deep, 0.0f, 0.85f));

            float path = (static_cast<float>(x) / scale_ - Landscape::kSunX) / (16.0f + down * 0.62f);
            float gleam = std::exp(-path * path) * (1.0f - 0.55f * near);
            if (gleam > 0.02f) {
                float spark = sparkle(static_cast<float>(x) / scale_ * (0.5f + far * 0.6f) + phase * kSparkleSide,
                                      far * 230.0f - phase * kSparkleSide * 2);
                float shine = smooth_step(0.46f, 0.74f, spark + 0.10f * swell) * (1.0f - 0.45f * near);
                color = mix(color, tint(0xFFE3AC), std::min(0.92f, gleam * (0.14f + 0.80f * shine)));
            }
            row[x] = color;
        }
    }
}

void Scene::draw_boat(float phase) {
    float bob = 1.5f * std::sin(tau(phase * 4));
    float x = (338 + 9 * std::sin(tau(phase))) * scale_, y = (468 + bob) * scale_;
    auto ripple = [&](int row) {
        float deep = std::max(0.0f, (static_cast<float>(row) - y) / scale_);
        return scale_ * (0.4f + deep * 0.075f) * (wave(deep * 0.11f - phase * 9) + 0.5f * wave(deep * 0.23f + phase * 14));
    };
    lay_over(raster_, boat_, x, y + 2 * scale_, kInk, 0.62f, Facing::Mirrored, ripple);
    lay_over(raster_, boatman_, x - 55 * scale_, y - 9 * scale_ + 20 * scale_, kInk, 0.45f, Facing::Mirrored, ripple);
    lay_over(raster_, boatman_, x - 55 * scale_, y - 9 * scale_, kInk, 1);
    lay_over(raster_, boat_, x, y, kInk, 1);

    float glow = 0.92f + 0.08f * std::sin(tau(phase * 9)) * std::sin(tau(phase * 5));
    float lamp_x = x + 69 * scale_, lamp_y = y - 34 * scale_;
    add_glow(raster_, lamp_x, lamp_y, 46 * scale_, tint(0xFF9A3D), 0.34f * glow);
    add_glow(raster_, lamp_x, lamp_y, 15 * scale_, kLamp, 0.55f * glow);
    add_glow(raster_, lamp_x, lamp_y, 5.5f * scale_, tint(0xFFF0C8), 1.1f * glow);
    for (int i = 0; i < 30; ++i) {
        float deep = 36 + static_cast<float>(i) * 2.2f;
        float width = 1.0f - static_cast<float>(i) / 31.0f;
        add_glow(raster_, lamp_x + ripple(static_cast<int>(y + deep * scale_)) * 1.2f, y + deep * scale_,
                 (4.5f + 2.0f * wave(deep * 0.09f - phase * 7)) * scale_, kLamp, 0.30f * width * glow);
    }
}

void Scene::draw_reeds(float phase) {
    constexpr int kReeds = 46;
    for (int i = 0; i < kReeds; ++i) {
        bool is_left = i % 3 != 0;
        float spread = hashed(i, 1, 201) * hashed(i, 2, 201);
        float root = is_left ? -14 + spread * 215 : 1038 - spread * 150;
        float length = (is_left ? 96 : 76) * (0.45f + 0.75f * hashed(i, 3, 201)) * (1.0f - 0.45f * spread);
        float lean = (hashed(i, 4, 201) - 0.35f) * 34 * (is_left ? 1.0f : -1.0f);
        float sway = 5.0f * std::sin(tau(phase * 3 + root / 700.0f)) + 2.0f * std::sin(tau(phase * 7 + hashed(i, 5, 201)));
        bool is_plume = hashed(i, 6, 201) > 0.62f;
        int last = size_.height - 1;
        for (int y = std::max(0, last - static_cast<int>(length * scale_)); y <= last; ++y) {
            float up = (static_cast<float>(last - y) / scale_) / length;
            float center = (root + (lean + sway) * up * up) * scale_;
            float half = (1.9f * (1.0f - up * 0.85f) + (is_plume && up > 0.72f ? 2.3f * std::sin((up - 0.72f) * 11.2f) : 0.0f)) * scale_;
            int first = std::max(0, static_cast<int>(center - half - 1));
            for (int x = first; x <= std::min(size_.width - 1, static_cast<int>(center + half + 1)); ++x) {
                float share = std::clamp(half + 0.5f - std::abs(static_cast<float>(x) + 0.5f - center), 0.0f, 1.0f);
                raster_.row(y)[x] = mix(raster_.row(y)[x], tint(0x0E1530), share);
            }
        }
    }
}

void Scene::finish(graphics::Image& into) const {
    into.size = size_;
    into.pixels.resize(raster_.tints.size());
    auto level = [](float value) { return static_cast<std::uint32_t>(std::clamp(value, 0.0f, 1.0f) * 255.0f + 0.5f); };
    for (std::size_t i = 0; i < raster_.tints.size(); ++i) {
        Tint color = raster_.tints[i] * shade_[i] + Tint{grain_[i], grain_[i], grain_[i]};
        into.pixels[i] = 0xFF000000u | level(color.red) << 16 | level(color.green) << 8 | level(color.blue);
    }
    lay_mark(mark_, into);
}

}  // namespace linli::simulator
