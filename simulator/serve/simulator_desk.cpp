#include "simulator/serve/simulator_desk.h"

#include "simulator/serve/state_message.h"

#include <algorithm>

namespace linli::simulator {

using std::chrono::steady_clock;

SimulatorDesk::~SimulatorDesk() {
    *is_alive_ = false;
    loop_.stop_timer(pace_timer_);
}

net::WebSocketHandlers SimulatorDesk::web_socket() {
    net::WebSocketHandlers handlers;
    handlers.on_connect = [this, alive = is_alive_](const std::shared_ptr<net::WebSocket>& socket) {
        loop_.post([this, alive, socket] {
            if (*alive) add_browser(socket);
        });
    };
    handlers.on_message = [this, alive = is_alive_](net::WebSocket& socket, net::MessageKind kind, std::string_view message) {
        auto command = kind == net::MessageKind::Text ? parse_command(message) : std::nullopt;
        if (!command) return;
        loop_.post([this, alive, from = &socket, command = *command] {
            if (*alive) take(from, command);
        });
    };
    handlers.on_close = [this, alive = is_alive_](net::WebSocket& socket) {
        loop_.post([this, alive, gone = &socket] {
            if (*alive) std::erase_if(browsers_, [&](const auto& browser) { return browser->socket() == gone; });
        });
    };
    return handlers;
}

void SimulatorDesk::use_box(ChangingBox& box) {
    box_ = &box;
    update_soon();
}

BrowserSession* SimulatorDesk::find(const net::WebSocket* socket) {
    auto found = std::ranges::find_if(browsers_, [&](const auto& browser) { return browser->socket() == socket; });
    return found == browsers_.end() ? nullptr : found->get();
}

void SimulatorDesk::add_browser(const std::shared_ptr<net::WebSocket>& socket) {
    browsers_.push_back(std::make_unique<BrowserSession>(socket));
    browsers_.back()->frames().restart(box_->screen());
    update_soon();
}

void SimulatorDesk::take(const net::WebSocket* socket, const BrowserCommand& command) {
    BrowserSession* from = find(socket);
    if (from == nullptr || box_ == nullptr) return;
    std::visit([&](const auto& one) { run(*from, one); }, command);
    update_soon();
}

void SimulatorDesk::run(BrowserSession&, const PressCommand& command) { box_->now().box().press(command.key); }
void SimulatorDesk::run(BrowserSession& from, const AcknowledgeCommand& command) { from.frames().acknowledge(command.number); }
void SimulatorDesk::run(BrowserSession&, const ScreenCommand& command) { change_box(command.size, box_->area()); }
void SimulatorDesk::run(BrowserSession&, const AreaCommand& command) { change_box(box_->screen(), command.area); }
void SimulatorDesk::run(BrowserSession&, const NetworkCommand& command) { box_->set_network(command.is_on); }

void SimulatorDesk::run(BrowserSession&, const TextSizeCommand& command) {
    app::Settings settings = box_->now().application().settings();
    settings.text_size = command.size;
    box_->now().application().change_settings(settings);
}

void SimulatorDesk::run(BrowserSession&, const LanguageCommand& command) {
    app::Settings settings = box_->now().application().settings();
    settings.language = command.language;
    box_->now().application().change_settings(settings);
}

void SimulatorDesk::run(BrowserSession&, const ClockCommand& command) {
    clock_.set(command.time);
    if (on_clock_) on_clock_();
    box_->now().application().tick();
}

void SimulatorDesk::change_box(graphics::Size screen, const content::AreaCode& area) {
    if (screen == box_->screen() && area == box_->area()) return;
    video_ = {};
    if (auto changed = box_->change(screen, area); !changed) {
        log_.error("the box cannot be changed: " + changed.error().message);
        box_ = nullptr;
        loop_.quit();
        return;
    }
    for (auto& browser : browsers_) browser->frames().restart(screen);
}

void SimulatorDesk::hear_present(std::span<const graphics::Rect> areas) {
    bool is_video = video_.hear(areas, steady_clock::now());
    for (auto& browser : browsers_) {
        if (is_video)
            browser->frames().add_video();
        else
            browser->frames().add(areas);
    }
    update_soon();
}

void SimulatorDesk::show_content(const ContentState& content, const std::string& folder) {
    content_ = write_content(content, folder);
    if (box_ != nullptr && content.faults.empty()) box_->now().box().sync_now();
    update_soon();
}

void SimulatorDesk::update_soon() {
    if (is_update_posted_) return;
    is_update_posted_ = true;
    loop_.post([this, alive = is_alive_] {
        if (!*alive) return;
        is_update_posted_ = false;
        update();
    });
}

void SimulatorDesk::update() {
    if (box_ == nullptr || browsers_.empty()) return;
    std::string state = write_state(*box_, clock_.now());
    for (auto& browser : browsers_) {
        browser->tell_content(content_);
        browser->tell_state(state);
    }
    send_frames();
}

void SimulatorDesk::send_frames() {
    auto now = steady_clock::now();
    std::optional<graphics::Image> picture;
    auto read = [&]() -> const graphics::Image& {
        if (!picture) picture = box_->now().picture();
        return *picture;
    };
    std::optional<std::chrono::milliseconds> pause;
    for (auto& browser : browsers_) {
        browser->send_frame(box_->screen(), video_.area(now), read);
        if (auto delay = browser->frames().delay(now); delay && (!pause || *delay < *pause)) pause = delay;
    }
    loop_.stop_timer(pace_timer_);
    if (pause) pace_timer_ = loop_.start_timer(*pause, [this] { send_frames(); });
}

}  // namespace linli::simulator
