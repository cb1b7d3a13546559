// The television picture alone. OK or Home opens the portal.

#include "stb-app/screens/screen_list.h"

namespace linli::app {

using input::Key;

namespace {

class LiveScreen final : public Screen {
  public:
    explicit LiveScreen(Context& context) : context_(context) {}

    Page describe() override {
        Page page;
        page.id = "live";
        page.arrangement = Arrangement::FullScreen;
        page.elements.push_back(
            LiveElement{context_.has_picture ? "" : context_.tr("No television picture. Press OK for the community pages.")});
        page.focus = 0;
        return page;
    }

    Action press(Key key) override { return key == Key::Ok ? Action(GoHome{}) : Action(Stay{}); }

  private:
    Context& context_;
};

}  // namespace

std::unique_ptr<Screen> make_live_screen(Context& context) { return std::make_unique<LiveScreen>(context); }

}  // namespace linli::app
