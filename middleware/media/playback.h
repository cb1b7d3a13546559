#pragma once

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "middleware/base/result.h"
#include "middleware/media/gst_handles.h"
#include "middleware/media/picture_output.h"
#include "middleware/media/player.h"
#include "middleware/media/program_filter.h"

namespace linli::media {

/// Decodes and shows one program or file, from its beginning to its end. Made anew for each.
///
/// `progress` and `tracks` may be called from any thread, the rest from one. It calls back on threads of GStreamer, which
/// must not call it in turn.
class Playback {
  public:
    struct Hearer {
        PictureOutput::Hearer pictures;
        std::function<void(Failure)> on_error;
        /// The sound cannot be played where `audio_sink` says; pictures would wait for it.
        std::function<void(std::string)> on_sound_error;
        /// The server gives no part of a file but its beginning.
        std::function<void(std::string)> on_seek_error;
        /// It plays, but not as `options` say.
        std::function<void(std::string)> on_warning;
        std::function<void()> on_end;
        std::function<void()> on_tracks;
        /// A file has been read so far that it can be seeked in.
        std::function<void()> on_ready;
        /// Packets of a transport stream that is a file, where it has tables.
        std::function<void(std::span<const std::byte>)> on_bytes;
    };

    /// A live program is pushed with `push`; anything else is read from its uri.
    static base::Result<std::unique_ptr<Playback>> create(const Source& source, const PlayerOptions& options, Hearer hearer);
    ~Playback();

    PictureOutput& pictures() { return *pictures_; }
    base::Result<void> start();
    /// Packets that came `after_start` of the program.
    void push(std::span<const std::byte> packets, std::chrono::nanoseconds after_start);

    void set_volume(int percent);
    void set_mute(bool is_mute);
    Tracks tracks() const;
    void choose_audio(std::size_t index);
    void choose_subtitles(std::optional<std::size_t> index);
    void set_paused(bool is_paused);
    /// False: it cannot.
    bool seek_to(std::chrono::milliseconds position);
    std::optional<Progress> progress() const;
    /// The sound could not be played; whatever else failed with it follows from that.
    bool has_lost_sound() const { return has_lost_sound_; }
    /// `on_error` or `on_sound_error` has heard, or is hearing, of it.
    bool has_told() const { return has_told_; }

  private:
    Playback(const Source& source, Hearer hearer) : source_(source), hearer_(std::move(hearer)) {}
    base::Result<void> build(const PlayerOptions& options);
    void hear_error(GstMessage* message);

    static GstBusSyncReply on_message(GstBus*, GstMessage* message, gpointer data);
    static void on_element(GstBin*, GstBin*, GstElement* element, gpointer data);
    static GstPadProbeReturn on_file_bytes(GstPad*, GstPadProbeInfo* info, gpointer data);

    Source source_;
    Hearer hearer_;
    bool is_live_ = false;
    std::unique_ptr<PictureOutput> pictures_;
    ElementHandle audio_sink_;
    ElementHandle pipeline_;
    GstHandle<GstAppSrc> live_;
    PacketAligner aligner_;
    std::atomic<bool> has_lost_sound_ = false;
    std::atomic<bool> has_told_ = false;
};

}  // namespace linli::media
