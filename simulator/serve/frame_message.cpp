#include "simulator/serve/frame_message.h"

namespace linli::simulator {

namespace {

void append(std::string& out, std::uint32_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}
void append16(std::string& out, graphics::Pixels value) { append(out, static_cast<std::uint32_t>(value), 2); }

}  // namespace

std::string write_frame(const FrameMessage& frame) {
    std::string out;
    append(out, frame.number, 4);
    append16(out, frame.screen.width);
    append16(out, frame.screen.height);
    for (const FramePart& part : frame.parts) {
        append(out, static_cast<std::uint32_t>(part.kind), 1);
        append(out, 0, 1);
        append16(out, part.area.x);
        append16(out, part.area.y);
        append16(out, part.area.width);
        append16(out, part.area.height);
        append(out, static_cast<std::uint32_t>(part.bytes.size()), 4);
        out += part.bytes;
    }
    return out;
}

}  // namespace linli::simulator
