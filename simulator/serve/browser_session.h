#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "middleware/graphics/image.h"
#include "middleware/net/http_server.h"
#include "simulator/serve/frame_queue.h"

namespace linli::simulator {

/// One browser that looks at the box. UI thread only.
class BrowserSession {
  public:
    explicit BrowserSession(std::shared_ptr<net::WebSocket> socket) : socket_(std::move(socket)) {}

    const net::WebSocket* socket() const { return socket_.get(); }
    FrameQueue& frames() { return frames_; }

    /// Sends a text unless it is the last one of its kind.
    void tell_state(const std::string& state);
    void tell_content(const std::string& content);
    /// Sends what has changed on the screen, as far as the browser is ready for it. `read` gives the screen.
    template <typename Read>
    void send_frame(graphics::Size screen, std::optional<graphics::Rect> video, Read read) {
        if (auto frame = frames_.take(std::chrono::steady_clock::now(), video)) send(*frame, screen, read());
    }

  private:
    void send(const FrameQueue::Frame& frame, graphics::Size screen, const graphics::Image& picture);

    std::shared_ptr<net::WebSocket> socket_;
    FrameQueue frames_;
    std::string state_;
    std::string content_;
};

}  // namespace linli::simulator
