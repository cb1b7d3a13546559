#include "simulator/stream/headend/channel_pictures.h"

#include <array>
#include <cmath>

#include "middleware/base/format.h"
#include "middleware/media/stream_encoder.h"
#include "simulator/stream/chord.h"
#include "simulator/stream/scene.h"
#include "simulator/stream/mark.h"

namespace linli::simulator {

using base::Result;

namespace {

/// A whole number of pictures (40 ms) and of frames of sound (24 ms), so that a round joins the next.
constexpr int kSeconds = 12;
constexpr int kKilobits = 1'100;

/// What becomes of the colours of dusk: each channel of the result from all three, and a curve.
struct Look {
    std::string_view name;
    std::array<std::array<float, 3>, 3> from_rgb;
    float curve;
    bool is_mirrored;
    /// Of the sound, against the first.
    double pitch;
};
constexpr Look kLooks[] = {
    {"dusk", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, 1.0f, false, 1.0},
    {"noon", {{{0.25f, 0.45f, 0.25f}, {0.15f, 0.75f, 0.2f}, {0.25f, 0.35f, 0.75f}}}, 0.62f, true, 1.125},
    {"night", {{{0.22f, 0.12f, 0.1f}, {0.12f, 0.30f, 0.14f}, {0.15f, 0.30f, 0.62f}}}, 1.25f, false, 0.75},
    {"spring", {{{0.45f, 0.45f, 0}, {0.25f, 0.80f, 0.15f}, {0.1f, 0.35f, 0.45f}}}, 0.80f, true, 1.25},
    {"autumn", {{{0.95f, 0.25f, 0}, {0.30f, 0.45f, 0}, {0.05f, 0.12f, 0.18f}}}, 0.95f, false, 0.9375},
    {"silver", {{{0.4f, 0.4f, 0.2f}, {0.38f, 0.42f, 0.22f}, {0.36f, 0.42f, 0.28f}}}, 0.9f, true, 0.84375},
    {"dawn", {{{0.65f, 0.25f, 0.25f}, {0.35f, 0.45f, 0.2f}, {0.45f, 0.15f, 0.6f}}}, 0.75f, true, 1.5},
};

const Look& look_of(const PlannedChannel& channel) {
    for (const Look& look : kLooks)
        if (look.name == channel.look) return look;
    return kLooks[channel.service % std::size(kLooks)];
}

/// Gives a picture another look. The curve is a table, the mixing whole numbers: it is done for every pixel.
class Grading {
  public:
    explicit Grading(const Look& look) : look_(look) {
        for (std::size_t to = 0; to < 3; ++to)
            for (std::size_t from = 0; from < 3; ++from) weights_[to][from] = static_cast<std::uint32_t>(std::lround(look.from_rgb[to][from] * 256));
        for (std::size_t i = 0; i < curve_.size(); ++i)
            curve_[i] = static_cast<std::uint32_t>(std::lround(255 * std::pow(std::min(1.0f, static_cast<float>(i) / 255.0f), look.curve)));
    }

    void apply(const graphics::Image& from, graphics::Image& to) const {
        to.size = from.size;
        to.pixels.resize(from.pixels.size());
        auto width = static_cast<std::size_t>(from.size.width);
        for (std::size_t begin = 0; begin < from.pixels.size(); begin += width)
            for (std::size_t x = 0; x < width; ++x)
                to.pixels[begin + (look_.is_mirrored ? width - 1 - x : x)] = grade(from.pixels[begin + x]);
    }

  private:
    std::uint32_t grade(std::uint32_t pixel) const {
        std::uint32_t parts[] = {pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF}, out = 0xFF;
        for (const auto& row : weights_) {
            std::uint32_t sum = (row[0] * parts[0] + row[1] * parts[1] + row[2] * parts[2]) >> 8;
            out = out << 8 | curve_[std::min<std::size_t>(sum, curve_.size() - 1)];
        }
        return out;
    }

    const Look& look_;
    std::array<std::array<std::uint32_t, 3>, 3> weights_{};
    std::array<std::uint32_t, 512> curve_{};
};

/// A channel in the making.
struct Making {
    std::filesystem::path file, unfinished;
    Grading grading;
    graphics::Image mark;
    Chord chord;
    std::unique_ptr<media::StreamEncoder> encoder;
    bool is_radio;
};

std::uint32_t name_hash(std::string_view text) {
    std::uint32_t hash = 2166136261u;
    for (unsigned char c : text) hash = (hash ^ c) * 16777619u;
    return hash;
}

Result<Making> begin_making(const PlannedChannel& channel, const std::filesystem::path& file, graphics::DirectFbLibrary& directfb) {
    const Look& look = look_of(channel);
    std::filesystem::path unfinished = file.string() + ".part";
    media::StreamEncoder::Options options{.file = unfinished, .kilobits_per_second = kKilobits};
    if (channel.is_radio) options.size = {64, 36};
    LINLI_TRY(mark, draw_mark(channel.name, directfb));
    LINLI_TRY(encoder, media::StreamEncoder::create(options));
    return Making{.file = file,
                  .unfinished = unfinished,
                  .grading = Grading(look),
                  .mark = std::move(mark),
                  .chord = Chord(options.samples_per_second, kSeconds, look.pitch),
                  .encoder = std::move(encoder),
                  .is_radio = channel.is_radio};
}

}  // namespace

std::vector<std::string> known_looks() {
    std::vector<std::string> names;
    for (const Look& look : kLooks) names.emplace_back(look.name);
    return names;
}

Result<std::vector<std::filesystem::path>> make_channels(const ChannelPlan& plan, const std::filesystem::path& folder,
                                                         graphics::DirectFbLibrary& directfb) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return base::fail(base::format("cannot make the folder {}: {}", folder.string(), error.message()));
    std::vector<std::filesystem::path> files;
    std::vector<Making> makings;
    for (const PlannedChannel& channel : plan.channels) {
        std::string identity = base::format("{} {} {} {}", channel.name, look_of(channel).name, kSeconds, kKilobits);
        files.push_back(folder / base::format("{}-{:08x}.ts", channel.service, name_hash(identity)));
        if (std::filesystem::exists(files.back(), error)) continue;
        LINLI_TRY(making, begin_making(channel, files.back(), directfb));
        makings.push_back(std::move(making));
    }
    if (makings.empty()) return files;
    const media::StreamEncoder::Options usual;
    const int pictures = kSeconds * usual.pictures_per_second;
    Scene scene(usual.size, {});
    graphics::Image picture, graded;
    graphics::Image dark{.size = {64, 36}, .pixels = std::vector<std::uint32_t>(64 * 36, 0xFF000000u)};
    for (int i = 0; i < pictures; ++i) {
        scene.draw(static_cast<float>(i) / static_cast<float>(pictures), picture);
        for (Making& making : makings) {
            if (!making.is_radio) {
                making.grading.apply(picture, graded);
                lay_mark(making.mark, graded);
            }
            LINLI_CHECK(making.encoder->add(making.is_radio ? dark : graded,
                                            making.chord.next(usual.samples_per_second / usual.pictures_per_second)));
        }
    }
    for (Making& making : makings) {
        LINLI_CHECK(making.encoder->finish());
        std::filesystem::rename(making.unfinished, making.file, error);
        if (error) return base::fail(base::format("cannot write {}: {}", making.file.string(), error.message()));
    }
    return files;
}

}  // namespace linli::simulator
