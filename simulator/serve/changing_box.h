#pragma once

#include <functional>
#include <memory>
#include <span>

#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "simulator/virtual_box.h"

namespace linli::simulator {

/// A virtual box whose screen and place can be changed while it runs: another box then takes its place, with the same
/// data. UI thread only.
class ChangingBox {
  public:
    using OnPresent = VirtualBox::OnPresent;

    /// The options' area and the screen are those of the first box.
    static base::Result<std::unique_ptr<ChangingBox>> create(graphics::DirectFbLibrary& directfb, graphics::Size screen,
                                                             app::BoxOptions options, base::EventLoop& loop, base::Clock& clock,
                                                             base::Log& log, OnPresent on_present);

    VirtualBox& now() { return *box_; }
    graphics::Size screen() const { return screen_; }
    const content::AreaCode& area() const { return options_.area; }
    bool is_network_on() const { return is_network_on_; }

    /// Where the new box cannot be made, an error, and the old one's place stays empty: nothing else may be called.
    base::Result<void> change(graphics::Size screen, const content::AreaCode& area);
    void set_network(bool is_on);

  private:
    ChangingBox(graphics::DirectFbLibrary& directfb, graphics::Size screen, app::BoxOptions options, base::EventLoop& loop,
                base::Clock& clock, base::Log& log, OnPresent on_present);
    base::Result<void> make();

    graphics::DirectFbLibrary& directfb_;
    graphics::Size screen_;
    app::BoxOptions options_;
    base::EventLoop& loop_;
    base::Clock& clock_;
    base::Log& log_;
    OnPresent on_present_;
    bool is_network_on_ = true;
    std::unique_ptr<VirtualBox> box_;
};

}  // namespace linli::simulator
