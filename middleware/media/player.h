#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/graphics/image.h"

namespace linli::media {

enum class AtEnd { Stop, Repeat };

/// Something to play.
struct Source {
    /// udp://ADDRESS:PORT and rtp://ADDRESS:PORT (a multicast group is joined), dvb://?frequency=474000000&…: live transport
    /// streams; each parameter is a property of GStreamer's udpsrc ("multicast-iface") or dvbsrc. file://, http:// and
    /// https://: whatever GStreamer can read.
    std::string uri;
    /// The program of a transport stream; 0: the first one of its PAT. Another program of the same live uri does not
    /// start the source anew.
    std::uint16_t service_id = 0;
    /// Of a file.
    AtEnd at_end = AtEnd::Stop;
    /// Where to begin, of what can be seeked in.
    std::chrono::milliseconds begin{0};
    /// A file of subtitles that belongs to it, shown from the beginning; empty: none.
    std::string subtitle_uri;
    /// `on_packets` hears its packets: for what carries the tables of a network.
    bool has_tables = true;
};

/// Names one call of `play`. Every event carries it: what comes late is recognised and dropped.
using PlayId = std::uint64_t;

/// How a live source does.
enum class Signal {
    Good,
    /// No packets for about two seconds. Playing goes on by itself when they come back.
    Lost,
    /// Packets come, but the program is not among them. Playing begins by itself when it appears.
    NoSuchProgram,
    /// The program's pictures are scrambled; nothing here descrambles.
    Scrambled,
};

/// Why something cannot be played, or no further.
struct Failure {
    enum class Kind {
        Missing,      ///< there is no such file, or not any more
        Unreachable,  ///< it cannot be fetched, or not to its end
        Unplayable,   ///< it is there, and of a kind that cannot be played
    };
    Kind kind = Kind::Unplayable;
    /// One English line.
    std::string reason;
};

struct FirstPicture {
    PlayId id = 0;
    /// When `play` was called, when the first point at which a decoder can enter had come (of a live source; else as
    /// `asked`), when the picture was handed over.
    std::chrono::steady_clock::time_point asked, entry, shown;
};

/// A sound or subtitle track.
struct Track {
    /// ISO 639 as the stream has it ("chi", "zh"); empty: unknown.
    std::string language;
    /// What a stream or file calls it; mostly empty.
    std::string title;
};

struct Tracks {
    bool has_video = false;
    std::vector<Track> audio, subtitles;
    /// Index of the one that plays; nothing where there is none, or none is shown.
    std::optional<std::size_t> audio_chosen, subtitles_chosen;
};

/// Where one is in something that has a beginning and an end.
struct Progress {
    std::chrono::milliseconds position{0};
    /// Nothing while it is not known.
    std::optional<std::chrono::milliseconds> duration;
    bool can_seek = false;
};

/// What a player tells, on threads of its own: post it to the event loop. Any of them may be left empty.
struct PlayerEvents {
    /// The next picture, of the size that was asked for. Not called where a video plane shows them.
    std::function<void(PlayId, std::shared_ptr<const graphics::Image>)> on_picture;
    std::function<void(FirstPicture)> on_first_picture;
    /// It cannot be played, or no further. May come more than once.
    std::function<void(PlayId, Failure)> on_stop;
    /// What does not repeat has come to its end.
    std::function<void(PlayId)> on_end;
    /// When it changes. A live source begins as Good.
    std::function<void(PlayId, Signal)> on_signal;
    /// `Player::tracks` may say something else than before.
    std::function<void(PlayId)> on_tracks;
    /// Something for the log: what is played all the same, but not as asked for.
    std::function<void(std::string)> on_warning;
    /// Whole packets of 188 bytes as they come, of all programs: for service information. Streaming thread; be quick.
    std::function<void(std::span<const std::byte>)> on_packets;
};

/// What an installation decides.
struct PlayerOptions {
    /// A piece of a GStreamer pipeline that shows pictures, such as "kmssink plane-id=39": for boxes with a video plane.
    /// Empty: pictures are handed to `on_picture`.
    std::string video_sink;
    /// The same for sound, such as "alsasink device=hw:0". Empty: sound is played to nobody, in time.
    std::string audio_sink;
};

/// Plays one source at a time. It never restarts when only the size changes. Calls return at once, and what they ask for
/// follows; what is asked for last is what happens. One thread (the UI thread) calls.
class Player {
  public:
    virtual ~Player() = default;
    /// Plays it in place of what was played.
    virtual PlayId play(Source source) = 0;
    virtual void stop() = 0;

    /// Where on the screen the pictures go. Theirs is its size from now on; a video plane is put there. Nothing is
    /// handed over before it is known.
    virtual void set_area(graphics::Rect area) = 0;
    /// Nobody looks: pictures are not made ready any more, while sound and source go on.
    virtual void set_visible(bool is_visible) = 0;

    /// 0 to 100, as loudness is felt. Keeps its value from one source to the next, as mute does.
    virtual void set_volume(int percent) = 0;
    virtual void set_mute(bool is_mute) = 0;
    virtual Tracks tracks() = 0;
    virtual void choose_audio(std::size_t index) = 0;
    /// Nothing: no subtitles, as a source begins that has no file of them.
    virtual void choose_subtitles(std::optional<std::size_t> index) = 0;

    /// Pause and seeking are for what has a beginning and an end; live sources ignore them.
    virtual void pause() = 0;
    virtual void resume() = 0;
    /// From where it is, or from where an earlier call that is still under way will bring it; never beyond its ends.
    virtual void seek_by(std::chrono::seconds distance) = 0;
    /// Nothing for live sources, before it has come to where it was to begin, and before it is known.
    virtual std::optional<Progress> progress() = 0;
};

/// Loads the player module (a shared library: GStreamer takes 20 ms to load, and the first frame does not wait for
/// it) and makes a player. Error: there is no module, or GStreamer cannot start.
base::Result<std::unique_ptr<Player>> load_player(const std::string& module_path, PlayerOptions options, PlayerEvents events);

}  // namespace linli::media
