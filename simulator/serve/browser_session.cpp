#include "simulator/serve/browser_session.h"

#include "simulator/serve/frame_message.h"

namespace linli::simulator {

namespace {

constexpr int kVideoQuality = 80;

void tell(net::WebSocket& socket, std::string& last, const std::string& text) {
    if (text == last) return;
    last = text;
    socket.send(net::MessageKind::Text, text);
}

}  // namespace

void BrowserSession::tell_state(const std::string& state) { tell(*socket_, state_, state); }
void BrowserSession::tell_content(const std::string& content) { tell(*socket_, content_, content); }

void BrowserSession::send(const FrameQueue::Frame& frame, graphics::Size screen, const graphics::Image& picture) {
    FrameMessage message{frame.number, screen, {}};
    for (const graphics::Rect& area : frame.areas)
        message.parts.push_back({area, PictureKind::Png, graphics::encode_png(graphics::crop_image(picture, area))});
    if (frame.video)
        message.parts.push_back(
            {*frame.video, PictureKind::Jpeg, graphics::encode_jpeg(graphics::crop_image(picture, *frame.video), kVideoQuality)});
    socket_->send(net::MessageKind::Binary, write_frame(message));
}

}  // namespace linli::simulator
