#include "simulator/serve/changing_box.h"

namespace linli::simulator {

using base::Result;

ChangingBox::ChangingBox(graphics::DirectFbLibrary& directfb, graphics::Size screen, app::BoxOptions options,
                         base::EventLoop& loop, base::Clock& clock, base::Log& log, OnPresent on_present)
    : directfb_(directfb),
      screen_(screen),
      options_(std::move(options)),
      loop_(loop),
      clock_(clock),
      log_(log),
      on_present_(std::move(on_present)) {}

Result<std::unique_ptr<ChangingBox>> ChangingBox::create(graphics::DirectFbLibrary& directfb, graphics::Size screen,
                                                         app::BoxOptions options, base::EventLoop& loop, base::Clock& clock,
                                                         base::Log& log, OnPresent on_present) {
    std::unique_ptr<ChangingBox> box(
        new ChangingBox(directfb, screen, std::move(options), loop, clock, log, std::move(on_present)));
    LINLI_CHECK(box->make());
    return box;
}

Result<void> ChangingBox::make() {
    box_.reset();
    LINLI_TRY(box, VirtualBox::create(directfb_, screen_, options_, loop_, clock_, log_, on_present_));
    box_ = std::move(box);
    box_->box().start_services();
    if (!is_network_on_) box_->box().set_network(false);
    return {};
}

Result<void> ChangingBox::change(graphics::Size screen, const content::AreaCode& area) {
    screen_ = screen;
    options_.area = area;
    return make();
}

void ChangingBox::set_network(bool is_on) {
    is_network_on_ = is_on;
    box_->box().set_network(is_on);
}

}  // namespace linli::simulator
