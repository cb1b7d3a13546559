#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "epg/guide/channel_file.h"
#include "epg/guide/guide.h"
#include "epg/guide/guide_receiver.h"
#include "epg/guide/reminder_file.h"
#include "epg/guide/reminder_list.h"
#include "epg/guide/stored_keeper.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "middleware/media/player.h"
#include "stb-app/television/playback.h"
#include "stb-app/television/reception.h"
#include "stb-app/television/si_reader.h"
#include "stb-app/television/viewing.h"

namespace linli::app {

struct TelevisionOptions {
    /// What the tuner receives (media::Source). Channels of the operator's file may have a source of their own.
    std::string tuner;
    media::PlayerOptions player;
    /// Where the modules are installed.
    std::filesystem::path modules;
    /// Where guide.db and reminders.xml live.
    std::filesystem::path data;
    /// The operator's file of channels (docs/guide.md); empty: none.
    std::filesystem::path channel_file;
};

/// The television of a box: one player, the guide that is read from what it plays, and what is watched. While a video is
/// played the channel waits. UI thread only.
class TelevisionService {
  public:
    struct Listeners {
        /// Channels or programmes have changed. At most a few times a second.
        std::function<void()> on_guide;
        /// The picture, or the tracks, of the channel have changed, or how a video is doing.
        std::function<void()> on_viewing;
        /// The next picture; null: there is none any more.
        std::function<void(std::shared_ptr<const graphics::Image>)> on_picture;
    };

    /// With the channels and programmes that are kept from before. What is wrong with the operator's file or with what was
    /// kept is told in the log, and does without.
    TelevisionService(TelevisionOptions options, base::EventLoop& loop, base::Clock& clock, base::Log& log);
    ~TelevisionService();
    TelevisionService(const TelevisionService&) = delete;
    TelevisionService& operator=(const TelevisionService&) = delete;

    epg::Guide& guide() { return guide_; }
    Viewing& viewing() { return viewing_; }
    Playback& playback() { return playback_; }
    epg::ReminderList& reminders() { return reminders_; }
    void save_reminders();
    /// The operator's; empty where there is none.
    const epg::ChannelFile& channel_file() const { return receiver_->file(); }
    /// Programmes from elsewhere than the stream.
    void take_events(const epg::GuideUpdate& update);

    /// Loads the player, after the first frame, and plays what is watched.
    void start(Listeners listeners);
    /// Where the picture is to be seen; nothing: nowhere.
    void follow_live_area(std::optional<graphics::Rect> area);
    /// What has come of the service information, for Diagnostics; as of the last packets that were read.
    Reception reception() const;

  private:
    std::unique_ptr<epg::StoredKeeper> make_keeper();
    epg::ChannelFile read_channel_file();
    /// Tells of what has changed, soon.
    void hear_guide();
    void tell_of_guide();
    void play(const epg::Channel* channel);
    void play_again();
    void serve_playback();
    void play_video(const Playback::Wish& wish);
    void stop_video();
    void follow_video();
    void take_signal(media::Signal signal);
    void take_tracks();
    void take_picture(std::shared_ptr<const graphics::Image> picture);
    media::PlayerEvents player_events();

    TelevisionOptions options_;
    base::EventLoop& loop_;
    base::Log& log_;
    Listeners listeners_;
    /// The guide's own.
    epg::StoredKeeper* keeper_ = nullptr;
    epg::Guide guide_;
    Viewing viewing_;
    Playback playback_;
    epg::ReminderFile reminder_file_;
    epg::ReminderList reminders_;
    std::optional<graphics::Rect> live_area_;
    /// What is played, and under which name.
    media::Source source_;
    media::PlayId play_id_ = 0;
    base::EventLoop::TimerId retry_timer_ = 0;
    /// What is played is a video.
    bool is_video_ = false;
    base::EventLoop::TimerId video_timer_ = 0;
    base::EventLoop::TimerId guide_timer_ = 0;
    std::uint64_t told_version_ = 0;
    /// Set when the service goes, so that what is still in the queue finds nobody.
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
    /// The newest picture that the loop has not shown yet.
    struct PictureSlot;
    std::shared_ptr<PictureSlot> picture_slot_;
    // What runs beside the UI thread ends first, from the last to the first.
    std::optional<epg::GuideReceiver> receiver_;
    SiReader reader_;
    std::unique_ptr<media::Player> player_;
};

}  // namespace linli::app
