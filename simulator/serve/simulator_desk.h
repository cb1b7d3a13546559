#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "middleware/base/event_loop.h"
#include "middleware/net/http_server.h"
#include "simulator/serve/browser_command.h"
#include "simulator/serve/browser_session.h"
#include "simulator/serve/changing_box.h"
#include "simulator/serve/content_watch.h"
#include "simulator/serve/video_watch.h"
#include "simulator/shifted_clock.h"

namespace linli::simulator {

/// Stands between one box and the browsers that look at it: takes their keys and wishes, gives them frames and words.
/// UI thread only, but for the functions of `web_socket`.
class SimulatorDesk {
  public:
    /// `on_clock` is called when a browser has moved the clock, before the box hears of it: for the platform.
    SimulatorDesk(base::EventLoop& loop, ShiftedClock& clock, base::Log& log, std::function<void()> on_clock = {})
        : loop_(loop), clock_(clock), log_(log), on_clock_(std::move(on_clock)) {}
    ~SimulatorDesk();

    /// For the routes of the server: posts what browsers do to the loop.
    net::WebSocketHandlers web_socket();
    /// For the box: what it has painted.
    void hear_present(std::span<const graphics::Rect> areas);
    /// Before anything else happens on the loop. The box goes after the desk.
    void use_box(ChangingBox& box);
    /// A new state of the editor's folder. Empty `folder`: there is none.
    void show_content(const ContentState& content, const std::string& folder);

  private:
    BrowserSession* find(const net::WebSocket* socket);
    void add_browser(const std::shared_ptr<net::WebSocket>& socket);
    void take(const net::WebSocket* socket, const BrowserCommand& command);
    void run(BrowserSession& from, const PressCommand& command);
    void run(BrowserSession& from, const AcknowledgeCommand& command);
    void run(BrowserSession& from, const ScreenCommand& command);
    void run(BrowserSession& from, const TextSizeCommand& command);
    void run(BrowserSession& from, const LanguageCommand& command);
    void run(BrowserSession& from, const AreaCommand& command);
    void run(BrowserSession& from, const NetworkCommand& command);
    void run(BrowserSession& from, const ClockCommand& command);
    void change_box(graphics::Size screen, const content::AreaCode& area);
    void update_soon();
    void update();
    void send_frames();

    base::EventLoop& loop_;
    ShiftedClock& clock_;
    base::Log& log_;
    std::function<void()> on_clock_;
    ChangingBox* box_ = nullptr;
    VideoWatch video_;
    std::string content_;
    std::vector<std::unique_ptr<BrowserSession>> browsers_;
    bool is_update_posted_ = false;
    base::EventLoop::TimerId pace_timer_ = 0;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace linli::simulator
