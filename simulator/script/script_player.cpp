#include "simulator/script/script_player.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"

namespace linli::simulator {

using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// `wait` gives up after this: something hangs.
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::chrono::seconds kLongestWaitForPicture{3};

}  // namespace

Result<void> ScriptPlayer::play(const std::vector<NumberedStep>& steps) {
    for (const NumberedStep& numbered : steps) {
        loop_.run_once();
        auto done = std::visit([this](const auto& step) { return run(step); }, numbered.step);
        if (!done)
            return base::fail(base::format("line {}: {}\n{}\nThe page:\n{}", numbered.line, numbered.source, done.error().message,
                                           app::page_text(box_->application().page())));
    }
    return {};
}

Result<void> ScriptPlayer::run(const PressKey& step) {
    box_->box().press(step.key);
    return {};
}

Result<void> ScriptPlayer::run(const TypeDigits& step) {
    for (char digit : step.digits) box_->box().press(*input::key_from_name(std::string_view(&digit, 1)));
    return {};
}

bool ScriptPlayer::shows(const std::string& text) const {
    return app::page_text(box_->application().page()).find(text) != std::string::npos;
}

Result<void> ScriptPlayer::run(const Wait& step) {
    auto end = steady_clock::now() + kLongestWait;
    while (step.text.empty() ? !box_->box().is_idle() : !shows(step.text)) {
        if (steady_clock::now() > end) return base::fail("still waiting after 30 s");
        loop_.run_once(milliseconds(50));
    }
    loop_.run_once();
    wait_for_picture();
    return {};
}

void ScriptPlayer::wait_for_picture() {
    auto is_live = [](const app::Element& element) { return std::holds_alternative<app::LiveElement>(element); };
    if (!box_->has_television() || std::ranges::none_of(box_->application().page().elements, is_live)) return;
    // The first may have been on its way when the page opened; the next one has the size of its window.
    std::uint64_t enough = box_->presents() + 2;
    auto end = steady_clock::now() + kLongestWaitForPicture;
    while (box_->presents() < enough && steady_clock::now() < end) loop_.run_once(milliseconds(20));
}

Result<void> ScriptPlayer::run(const Shot& step) {
    return base::write_file_atomically(out_ / step.file, graphics::encode_png(box_->picture()));
}

Result<void> ScriptPlayer::run(const Expect& step) {
    if (shows(step.text)) return {};
    return base::fail(base::format("the page does not show \"{}\"", step.text));
}

Result<void> ScriptPlayer::run(const ExpectFocus& step) {
    const app::Page& page = box_->application().page();
    std::string focused = page.focus < page.elements.size() ? app::element_text(page.elements[page.focus]) : "";
    if (focused.find(step.text) != std::string::npos) return {};
    return base::fail(base::format("the focus is on \"{}\", not on \"{}\"", focused, step.text));
}

Result<void> ScriptPlayer::run(const ExpectSpoken&) {
    return base::fail("this version has no voice yet: expect-spoken cannot be played");
}

Result<void> ScriptPlayer::run(const SavePage& step) {
    return base::write_file_atomically(out_ / step.file, app::page_text(box_->application().page()));
}

Result<void> ScriptPlayer::run(const SetNetwork& step) {
    box_->box().set_network(step.is_on);
    // Asked for, so that a `wait` that follows waits for it.
    if (step.is_on) box_->box().sync_now();
    return {};
}

Result<void> ScriptPlayer::run(const SetClock& step) {
    clock_.set(step.time);
    return tell_time();
}

Result<void> ScriptPlayer::run(const PassTime& step) {
    clock_.advance(step.by);
    return tell_time();
}

Result<void> ScriptPlayer::tell_time() {
    if (surroundings_.on_clock) LINLI_CHECK(surroundings_.on_clock());
    box_->application().tick();
    return {};
}

Result<void> ScriptPlayer::run(const PlatformStep& step) {
    if (!surroundings_.act_elsewhere) return base::fail("this script has no platform of its own");
    return surroundings_.act_elsewhere(step);
}

Result<void> ScriptPlayer::run(const RestartBox&) {
    if (!surroundings_.restart_box) return base::fail("this box cannot be started anew");
    LINLI_TRY(box, surroundings_.restart_box());
    box_ = box;
    return {};
}

Result<void> ScriptPlayer::run(const SetBoxClock& step) {
    if (!surroundings_.set_box_clock) return base::fail("this box has no clock of its own");
    surroundings_.set_box_clock(step.time);
    box_->application().tick();
    return {};
}

}  // namespace linli::simulator
