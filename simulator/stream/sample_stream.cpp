#include "simulator/stream/sample_stream.h"

#include "middleware/base/format.h"
#include "middleware/media/stream_encoder.h"
#include "simulator/stream/chord.h"
#include "simulator/stream/scene.h"

namespace linli::simulator {

using base::Result;

namespace {

/// The invented channel.
constexpr std::string_view kChannel = "海津综合";

/// The channel's name as it stands in the corner: brightness is strength.
Result<graphics::Image> draw_mark(graphics::DirectFbLibrary& directfb) {
    constexpr graphics::Size kSize{230, 84};
    LINLI_TRY(display, directfb.open_virtual_display(kSize, {}, {}));
    graphics::Canvas& canvas = display->canvas();
    canvas.clip({0, 0, kSize.width, kSize.height});
    canvas.fill({0, 0, kSize.width, kSize.height}, graphics::rgb(0));
    canvas.draw_text(56, 64, kChannel, {text::Face::Bold, 30}, graphics::rgb(0xB0B0B0));
    return canvas.read();
}

}  // namespace

Result<void> make_sample_stream(const std::filesystem::path& file, int seconds, graphics::DirectFbLibrary& directfb) {
    media::StreamEncoder::Options options{.file = file};
    LINLI_TRY(mark, draw_mark(directfb));
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
