#include "simulator/stream/sample_stream.h"

#include "middleware/media/stream_encoder.h"
#include "simulator/stream/chord.h"
#include "simulator/stream/mark.h"
#include "simulator/stream/scene.h"

namespace linli::simulator {

using base::Result;

namespace {

/// The invented channel.
constexpr std::string_view kChannel = "海津综合";

}  // namespace

Result<void> make_sample_stream(const std::filesystem::path& file, int seconds, graphics::DirectFbLibrary& directfb) {
    media::StreamEncoder::Options options{.file = file};
    LINLI_TRY(mark, draw_mark(kChannel, directfb));
    LINLI_TRY(encoder, media::StreamEncoder::create(options));
    Scene scene(options.size, std::move(mark));
    Chord chord(options.samples_per_second, seconds);
    graphics::Image picture;
    int pictures = seconds * options.pictures_per_second;
    for (int i = 0; i < pictures; ++i) {
        scene.draw(static_cast<float>(i) / static_cast<float>(pictures), picture);
        LINLI_CHECK(encoder->add(picture, chord.next(options.samples_per_second / options.pictures_per_second)));
    }
    return encoder->finish();
}

}  // namespace linli::simulator
