#include "simulator/stream/figures.h"

namespace linli::simulator {

namespace {

/// Inside a bar from (x1, y1) to (x2, y2) of the given half width.
bool is_on_bar(float x, float y, float x1, float y1, float x2, float y2, float half) {
    float dx = x2 - x1, dy = y2 - y1;
    float along = std::clamp(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0.0f, 1.0f);
    float off_x = x - x1 - along * dx, off_y = y - y1 - along * dy;
    return off_x * off_x + off_y * off_y < half * half;
}

bool is_in_pagoda(float x, float y) {
    constexpr int kTiers = 7;
    constexpr float kTier = 8.6f;
    float side = std::abs(x);
    float up = -y;
    if (up < 3) return side < 12;
    int tier = static_cast<int>((up - 3) / kTier);
    if (tier >= kTiers) {
        float above = up - 3 - kTiers * kTier;  // the finial
        return side < (above < 3 ? 1.8f : above < 5 ? 2.4f : 0.5f) && above < 11;
    }
    float within = up - 3 - static_cast<float>(tier) * kTier;
    float wall = 8.6f - 0.85f * static_cast<float>(tier);
    if (within < kTier - 3.6f) return side < wall;
    // The roof: widest at its lower edge, whose ends turn up.
    float roof = wall + 4.6f - static_cast<float>(tier) * 0.25f;
    float upturn = 2.4f * std::pow(side / roof, 3.0f);
    float height = within - (kTier - 3.6f) - upturn;
    return side < roof && height > 0 && side < wall - 1 + (roof - wall + 1) * (1.0f - height / 3.6f) * 1.15f;
}

bool is_in_boat(float x, float y) {
    float share = x / 75.0f;
    if (std::abs(share) > 1) return false;
    float rim = -8.0f - 13.0f * std::pow(std::abs(share), 3.0f) - (share > 0 ? 3.0f * share * share : 0.0f);
    float keel = 3.0f - 16.0f * std::pow(std::abs(share), 4.0f);
    if (y > rim && y < keel) return true;
    float roof_x = (x + 8.0f) / 30.0f;
    if (std::abs(roof_x) < 1 && y <= rim + 2 && y > -9.0f - 19.0f * std::sqrt(1.0f - roof_x * roof_x * roof_x * roof_x)) return true;
    return is_on_bar(x, y, 60, -18, 62, -40, 0.8f) || is_on_bar(x, y, 62, -40, 69, -38, 0.7f);  // the lantern's pole
}

bool is_in_boatman(float x, float y) {
    bool is_body = y > -40 && y < -8 && std::abs(x + 0.06f * (y + 24)) < 3.2f + 0.10f * (y + 40);
    bool is_head = (x - 0.6f) * (x - 0.6f) + (y + 43) * (y + 43) < 10;
    bool is_hat = y < -43.5f && y > -50.5f && std::abs(x - 0.8f) < (y + 50.5f) * 1.45f;
    bool is_arm = is_on_bar(x, y, 0, -34, -9, -27, 1.3f);
    bool is_oar = is_on_bar(x, y, 2, -36, -34, 6, 0.9f);
    return is_body || is_head || is_hat || is_arm || is_oar;
}

/// A sail with ribs: its rim lies between two slanting lines and swells to the right.
bool is_in_sail(float x, float y, float mast, float width, float top, float bottom) {
    if (y < top || y > bottom) return false;
    float share = (y - top) / (bottom - top);
    float rib = share * 6.0f;
    if (rib - std::floor(rib) < 0.10f) return false;
    float luff = mast - width * (0.28f + 0.10f * share);
    float leech = mast + width * (0.45f + 0.55f * std::sin(share * 2.4f));
    return x > luff && x < leech - 0.25f * width * (rib - std::floor(rib));
}

bool is_in_junk(float x, float y) {
    float share = x / 17.0f;
    bool is_hull = std::abs(share) < 1 && y > -3.2f - 3.0f * share * share * share * share && y < 0.6f - 2.0f * share * share;
    return is_hull || is_in_sail(x, y, -1, 10, -33, -5) || is_in_sail(x, y, 10, 5, -22, -6) ||
           is_on_bar(x, y, -1, -36, -1, -3, 0.4f) || is_on_bar(x, y, 10, -24, 10, -3, 0.4f);
}

}  // namespace

Silhouette cut_pagoda(float scale) { return cut_silhouette(-16, -78, 16, 2, scale, is_in_pagoda); }
Silhouette cut_boat(float scale) { return cut_silhouette(-76, -44, 76, 5, scale, is_in_boat); }
Silhouette cut_boatman(float scale) { return cut_silhouette(-38, -54, 16, 9, scale, is_in_boatman); }
Silhouette cut_junk(float scale) { return cut_silhouette(-20, -38, 20, 2, scale, is_in_junk); }

Silhouette cut_bird(float scale, float lift) {
    return cut_silhouette(-9, -6, 9, 6, scale, [lift](float x, float y) {
        float side = std::abs(x) / 8.0f;
        if (side > 1) return false;
        float wing = -4.2f * lift * std::sin(side * 2.0f) * side - 0.8f * std::sin(side * 3.1f);
        return std::abs(y - wing) < 0.95f * (1.0f - 0.75f * side) + (std::abs(x) < 1.3f ? 0.5f : 0.0f);
    });
}

}  // namespace linli::simulator
