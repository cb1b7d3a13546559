#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/graphics/directfb_library.h"
#include "stb-app/box.h"

namespace linli::simulator {

/// What the television shows, as a URI: `live` is one, or a file.
std::string live_uri_of(const std::string& live);

/// The very application of the box on a display that nobody sees. UI thread only.
class VirtualBox {
  public:
    using OnPresent = std::function<void(std::span<const graphics::Rect>)>;

    static base::Result<std::unique_ptr<VirtualBox>> create(graphics::DirectFbLibrary& directfb, graphics::Size screen,
                                                            app::BoxOptions options, base::EventLoop& loop, base::Clock& clock,
                                                            base::Log& log, OnPresent on_present = {});

    app::Box& box() { return *box_; }
    app::Application& application() { return box_->application(); }
    /// What is on the screen now.
    graphics::Image picture() const { return display_->canvas().read(); }
    graphics::Size screen() const { return display_->canvas().size(); }
    /// How often the screen has changed.
    std::uint64_t presents() const { return presents_; }
    /// Whether it has something to show as television.
    bool has_television() const { return has_television_; }

  private:
    VirtualBox() = default;
    std::uint64_t presents_ = 0;
    bool has_television_ = false;
    std::unique_ptr<graphics::Display> display_;
    std::unique_ptr<app::Box> box_;
};

}  // namespace linli::simulator
