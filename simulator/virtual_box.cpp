#include "simulator/virtual_box.h"

namespace linli::simulator {

std::string live_uri_of(const std::string& live) {
    if (live.empty() || live.find("://") != live.npos) return live;
    return "file://" + std::filesystem::absolute(live).string();
}

base::Result<std::unique_ptr<VirtualBox>> VirtualBox::create(graphics::DirectFbLibrary& directfb, graphics::Size screen,
                                                             app::BoxOptions options, base::EventLoop& loop,
                                                             base::Clock& clock, base::Log& log, OnPresent on_present) {
    std::unique_ptr<VirtualBox> box(new VirtualBox);
    box->has_television_ = !options.live_uri.empty();
    auto count = [self = box.get(), hear = std::move(on_present)](std::span<const graphics::Rect> areas) {
        ++self->presents_;
        if (hear) hear(areas);
    };
    LINLI_TRY(display, directfb.open_virtual_display(screen, options.fonts, std::move(count)));
    box->display_ = std::move(display);
    LINLI_TRY(stores, app::Box::open_stores(options));
    box->box_ = app::Box::create(std::move(options), std::move(stores), *box->display_, loop, clock, log);
    return box;
}

}  // namespace linli::simulator
