#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "epg/guide/guide.h"
#include "middleware/base/clock.h"

namespace linli::app {

/// How the picture of the channel that is watched is doing.
enum class Picture {
    Coming,      ///< asked for, not there yet
    Shown,
    NoSignal,    ///< nothing is received
    Scrambled,   ///< it needs a card that this box has not
    Unplayable,  ///< received, and cannot be shown
};

/// A sound track or subtitles that a channel has.
struct Track {
    /// ISO 639, as the stream says it; empty where it does not.
    std::string language;
    bool operator==(const Track&) const = default;
};

/// What is being watched: which channel, which one before it, how the picture is doing. It knows the list of channels and
/// not how a picture is made: whoever puts the box together hears which channel to play and says how that goes. UI thread.
class Viewing {
  public:
    Viewing(const epg::Guide& guide, const base::Clock& clock) : guide_(guide), clock_(clock) {}

    /// Hears which channel is to be played, now and whenever that changes.
    void on_tune(std::function<void(const epg::Channel&)> listener);

    /// The channel that was watched when the box was switched off, or the first one, as soon as there are channels.
    void start(std::optional<epg::ServiceId> last_watched);
    /// The list of channels has changed: the watched one may have come, or another name.
    void follow_guide();

    /// Null while there are no channels.
    const epg::Channel* channel() const;
    /// False: there is no such channel.
    bool watch(epg::ServiceId id);
    bool watch_number(int number);
    /// That many channels further in the list, round its ends. Services that are no television or radio are passed over.
    void step(int channels);
    /// The one watched before this one.
    void watch_previous();

    Picture picture() const { return picture_; }
    void set_picture(Picture picture);
    /// When a channel was last asked for: the banner stands for a while from then on.
    std::optional<std::chrono::steady_clock::time_point> changed_at() const { return changed_at_; }

    struct Tracks {
        std::vector<Track> sounds, subtitles;
        int sound = 0;
        /// −1: none.
        int subtitle = -1;
    };
    const Tracks& tracks() const { return tracks_; }
    void set_tracks(Tracks tracks) { tracks_ = std::move(tracks); }
    /// Hears the choice of the viewer.
    void on_track(std::function<void(int sound, int subtitle)> listener) { track_listener_ = std::move(listener); }
    void choose_sound(int index);
    void choose_subtitle(int index);

  private:
    void tune();

    const epg::Guide& guide_;
    const base::Clock& clock_;
    std::function<void(const epg::Channel&)> tune_listener_;
    std::function<void(int, int)> track_listener_;
    std::optional<epg::ServiceId> watched_, previous_;
    /// The name and source that were tuned to, to tell when they change.
    std::optional<epg::Channel> tuned_;
    Picture picture_ = Picture::Coming;
    Tracks tracks_;
    std::optional<std::chrono::steady_clock::time_point> changed_at_;
};

}  // namespace linli::app
