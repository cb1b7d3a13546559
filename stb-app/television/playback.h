#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace linli::app {

/// A class or video that is being played: what of it is wished, and how it is doing. It knows no player: whoever puts the
/// box together carries out what is wished and says how that goes, as with `Viewing`. UI thread.
class Playback {
  public:
    enum class State {
        Stopped,
        Coming,  ///< asked for, nothing to be seen or heard yet
        Playing,
        Paused,
        Ended,        ///< come to its end
        Missing,      ///< there is no such file, or not any more
        Unreachable,  ///< it cannot be fetched, or not to its end
        Unplayable,   ///< it is there, and of a kind that cannot be played
    };
    struct Wish {
        /// Empty: there is no way to it.
        std::string uri;
        /// Empty: none.
        std::string subtitle_uri;
        std::chrono::seconds from{0};
    };
    struct Listeners {
        std::function<void(const Wish&)> on_play;
        std::function<void()> on_stop;
        std::function<void(bool is_paused)> on_pause;
        std::function<void(std::chrono::seconds distance)> on_seek;
        std::function<void(bool are_shown)> on_subtitles;
    };
    void set_listeners(Listeners listeners) { listeners_ = std::move(listeners); }

    // The screen's side.

    void play(Wish wish);
    void stop();
    /// Pauses, or goes on.
    void toggle_pause();
    void seek_by(std::chrono::seconds distance);
    void show_subtitles(bool are_shown);

    State state() const { return state_; }
    bool has_failed() const { return state_ == State::Missing || state_ == State::Unreachable || state_ == State::Unplayable; }
    std::chrono::seconds position() const { return position_; }
    /// Nothing while it is not known.
    std::optional<std::chrono::seconds> length() const { return length_; }
    /// One can go back and on in it.
    bool can_seek() const { return can_seek_; }
    bool are_subtitles_shown() const { return are_subtitles_shown_; }

    // The player's side. What comes after `stop` is for nobody.

    void hear_state(State state);
    void hear_progress(std::chrono::seconds position, std::optional<std::chrono::seconds> length, bool can_seek);

  private:
    Listeners listeners_;
    State state_ = State::Stopped;
    std::chrono::seconds position_{0};
    std::optional<std::chrono::seconds> length_;
    bool can_seek_ = false;
    bool are_subtitles_shown_ = true;
};

}  // namespace linli::app
