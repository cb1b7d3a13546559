#include "stb-app/television/playback.h"

#include <algorithm>

namespace linli::app {

void Playback::play(Wish wish) {
    state_ = State::Coming;
    position_ = wish.from;
    length_.reset();
    can_seek_ = false;
    are_subtitles_shown_ = true;
    if (!listeners_.on_play) state_ = State::Unplayable;
    else if (wish.uri.empty()) state_ = State::Unreachable;
    else listeners_.on_play(wish);
}

void Playback::stop() {
    if (state_ == State::Stopped) return;
    state_ = State::Stopped;
    if (listeners_.on_stop) listeners_.on_stop();
}

void Playback::toggle_pause() {
    if (state_ != State::Playing && state_ != State::Paused) return;
    state_ = state_ == State::Playing ? State::Paused : State::Playing;
    if (listeners_.on_pause) listeners_.on_pause(state_ == State::Paused);
}

void Playback::seek_by(std::chrono::seconds distance) {
    if ((state_ != State::Playing && state_ != State::Paused) || !can_seek_) return;
    // Its last moments are played: a jump to the very end would show nothing, and end nothing.
    constexpr std::chrono::seconds kLastMoments{2};
    auto latest = std::max(position_, length_.value_or(std::chrono::hours(24)) - kLastMoments);
    auto wanted = std::clamp(position_ + distance, std::chrono::seconds(0), latest);
    if (wanted == position_) return;
    distance = wanted - position_;
    // Told at once; the player says soon where it really is.
    position_ = wanted;
    if (listeners_.on_seek) listeners_.on_seek(distance);
}

void Playback::show_subtitles(bool are_shown) {
    are_subtitles_shown_ = are_shown;
    if (listeners_.on_subtitles) listeners_.on_subtitles(are_shown);
}

void Playback::hear_state(State state) {
    bool is_over = state_ == State::Stopped || state_ == State::Ended || has_failed();
    // What was paused while the first picture was on its way stays paused.
    if (is_over || (state_ == State::Paused && state == State::Playing)) return;
    state_ = state;
}

void Playback::hear_progress(std::chrono::seconds position, std::optional<std::chrono::seconds> length, bool can_seek) {
    if (state_ != State::Coming && state_ != State::Playing && state_ != State::Paused) return;
    position_ = position;
    can_seek_ = can_seek;
    if (length) length_ = length;
}

}  // namespace linli::app
