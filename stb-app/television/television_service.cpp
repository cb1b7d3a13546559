#include "stb-app/television/television_service.h"

#include <mutex>
#include <tuple>
#include <utility>

#include "middleware/base/file.h"
#include "middleware/base/format.h"

namespace linli::app {

namespace {

/// What could not be played is tried again after this.
constexpr std::chrono::seconds kRetryAfter{5};
/// How often the screen hears where a video is.
constexpr std::chrono::milliseconds kFollowVideoEvery{250};
/// Changes of the guide are told of at most so often: a carousel brings hundreds in a second.
constexpr std::chrono::milliseconds kTellEvery{300};

Playback::State state_of(media::Failure::Kind kind) {
    switch (kind) {
        case media::Failure::Kind::Missing: return Playback::State::Missing;
        case media::Failure::Kind::Unreachable: return Playback::State::Unreachable;
        case media::Failure::Kind::Unplayable: break;
    }
    return Playback::State::Unplayable;
}

}  // namespace

struct TelevisionService::PictureSlot {
    std::mutex mutex;
    media::PlayId id = 0;
    std::shared_ptr<const graphics::Image> picture;
};

TelevisionService::TelevisionService(TelevisionOptions options, base::EventLoop& loop, base::Clock& clock, base::Log& log)
    : options_(std::move(options)),
      loop_(loop),
      log_(log),
      guide_(clock, make_keeper()),
      viewing_(guide_, clock),
      reminder_file_(options_.data / "reminders.xml"),
      picture_slot_(std::make_shared<PictureSlot>()),
      receiver_(std::in_place, loop, guide_, read_channel_file(), [this] { hear_guide(); }),
      reader_({.text_rules = epg::TextRules(receiver_->file().texts)},
              {.on_batch = receiver_->sink(), .on_time = [&clock](std::chrono::sys_seconds time) { clock.hear(time); }}) {
    if (auto reminders = reminder_file_.load()) reminders_ = std::move(*reminders);
    else log_.warning("reminders: " + reminders.error().message);
    told_version_ = guide_.version();
}

TelevisionService::~TelevisionService() {
    *is_alive_ = false;
    loop_.stop_timer(retry_timer_);
    loop_.stop_timer(guide_timer_);
    loop_.stop_timer(video_timer_);
    player_.reset();
    // The reader may be waiting for room in it.
    receiver_.reset();
}

std::unique_ptr<epg::StoredKeeper> TelevisionService::make_keeper() {
    auto keeper = std::make_unique<epg::StoredKeeper>(options_.data / "guide.db", log_);
    keeper_ = keeper.get();
    return keeper;
}

epg::ChannelFile TelevisionService::read_channel_file() {
    if (options_.channel_file.empty()) return {};
    auto bytes = base::read_file(options_.channel_file);
    auto file = bytes ? epg::ChannelFile::read(*bytes) : std::unexpected(bytes.error());
    if (file) return std::move(*file);
    log_.error(base::format("{}: {}", options_.channel_file.string(), file.error().message));
    return {};
}

void TelevisionService::save_reminders() {
    if (auto saved = reminder_file_.save(reminders_); !saved) log_.warning("reminders: " + saved.error().message);
}

// --- the guide ---

void TelevisionService::take_events(const epg::GuideUpdate& update) {
    guide_.apply(update);
    hear_guide();
}

void TelevisionService::hear_guide() {
    if (guide_.version() == told_version_ || guide_timer_ != 0) return;
    guide_timer_ = loop_.start_timer(kTellEvery, [this] { tell_of_guide(); });
}

void TelevisionService::tell_of_guide() {
    guide_timer_ = 0;
    told_version_ = guide_.version();
    if (reminders_.follow(guide_)) save_reminders();
    if (listeners_.on_guide) listeners_.on_guide();
}

Reception TelevisionService::reception() const {
    SiReader::Counters counters = reader_.counters();
    return {.si = counters.si,
            .guide = receiver_->counters(),
            .left_out = counters.left_out,
            .doubted_times = counters.doubted_times,
            .is_local_time_other = counters.is_local_time_other,
            .trouble = keeper_->trouble()};
}

// --- the player ---

media::PlayerEvents TelevisionService::player_events() {
    // Whatever a player's thread tells is told on the UI thread, and of what is played now.
    auto post = [this, alive = is_alive_](auto task) {
        loop_.post([alive, task = std::move(task)] {
            if (*alive) task();
        });
    };
    media::PlayerEvents events;
    events.on_picture = [this, post, slot = picture_slot_](media::PlayId id, std::shared_ptr<const graphics::Image> picture) {
        bool was_empty;
        {
            std::lock_guard lock(slot->mutex);
            was_empty = slot->picture == nullptr;
            slot->id = id;
            slot->picture = std::move(picture);
        }
        // A picture that comes before the last one was shown takes its place.
        if (!was_empty) return;
        post([this, slot] {
            std::shared_ptr<const graphics::Image> newest;
            media::PlayId of = 0;
            {
                std::lock_guard lock(slot->mutex);
                newest.swap(slot->picture);
                of = slot->id;
            }
            // One of the channel before may still have been on its way.
            if (of == play_id_) take_picture(std::move(newest));
        });
    };
    events.on_first_picture = [this, post](const media::FirstPicture& first) {
        post([this, id = first.id] {
            if (id != play_id_) return;
            // Of a video it may be one from before the place where it is to begin.
            if (!is_video_) viewing_.set_picture(Picture::Shown);
            if (listeners_.on_viewing) listeners_.on_viewing();
        });
    };
    events.on_signal = [this, post](media::PlayId id, media::Signal signal) {
        post([this, id, signal] {
            if (id == play_id_) take_signal(signal);
        });
    };
    events.on_tracks = [this, post](media::PlayId id) {
        post([this, id] {
            if (id == play_id_) take_tracks();
        });
    };
    events.on_stop = [this, post](media::PlayId id, media::Failure failure) {
        post([this, id, failure = std::move(failure)] {
            // One failure tells of itself several times.
            if (id != play_id_) return;
            play_id_ = 0;
            log_.warning("television: " + failure.reason);
            if (is_video_) playback_.hear_state(state_of(failure.kind));
            else viewing_.set_picture(Picture::Unplayable);
            if (listeners_.on_picture) listeners_.on_picture(nullptr);
            if (listeners_.on_viewing) listeners_.on_viewing();
            if (is_video_) return;
            loop_.stop_timer(retry_timer_);
            retry_timer_ = loop_.start_timer(kRetryAfter, [this] { play_again(); });
        });
    };
    events.on_end = [this, post](media::PlayId id) {
        post([this, id] {
            if (id != play_id_ || !is_video_) return;
            playback_.hear_state(Playback::State::Ended);
            if (listeners_.on_viewing) listeners_.on_viewing();
        });
    };
    events.on_warning = [this](const std::string& reason) { log_.warning("television: " + reason); };
    events.on_packets = [this](std::span<const std::byte> packets) { reader_.take(packets); };
    return events;
}

void TelevisionService::start(Listeners listeners) {
    listeners_ = std::move(listeners);
    auto player = media::load_player((options_.modules / "linli_player_gstreamer.so").string(), options_.player, player_events());
    if (!player) {
        log_.error("television: " + player.error().message);
        viewing_.set_picture(Picture::Unplayable);
        return;
    }
    player_ = std::move(*player);
    if (live_area_) player_->set_area(*live_area_);
    player_->set_visible(live_area_.has_value());
    viewing_.on_track([this](int sound, int subtitle) {
        if (sound >= 0) player_->choose_audio(static_cast<std::size_t>(sound));
        player_->choose_subtitles(subtitle < 0 ? std::nullopt : std::optional<std::size_t>(subtitle));
    });
    viewing_.on_tune([this](const epg::Channel& channel) { play(&channel); });
    serve_playback();
    // Before any channel is known the tuner is listened to all the same: that is how they become known.
    if (viewing_.channel() == nullptr) play(nullptr);
}

void TelevisionService::play(const epg::Channel* channel) {
    loop_.stop_timer(retry_timer_);
    std::string uri = channel == nullptr || channel->source.empty() ? options_.tuner : channel->source;
    if (uri != source_.uri && !source_.uri.empty()) reader_.restart();
    source_ = {.uri = std::move(uri),
               .service_id = channel == nullptr ? std::uint16_t{0} : channel->id.service,
               .at_end = media::AtEnd::Repeat};
    if (is_video_) return;
    if (listeners_.on_picture && play_id_ != 0) listeners_.on_picture(nullptr);
    play_again();
}

void TelevisionService::play_again() { play_id_ = player_->play(source_); }

// --- videos ---

void TelevisionService::serve_playback() {
    playback_.set_listeners({.on_play = [this](const Playback::Wish& wish) { play_video(wish); },
                             .on_stop = [this] { stop_video(); },
                             .on_pause = [this](bool is_paused) { is_paused ? player_->pause() : player_->resume(); },
                             .on_seek = [this](std::chrono::seconds distance) { player_->seek_by(distance); },
                             .on_subtitles = [this](bool) { take_tracks(); }});
}

void TelevisionService::play_video(const Playback::Wish& wish) {
    loop_.stop_timer(retry_timer_);
    loop_.stop_timer(video_timer_);
    is_video_ = true;
    if (listeners_.on_picture) listeners_.on_picture(nullptr);
    play_id_ = player_->play({.uri = wish.uri, .begin = wish.from, .subtitle_uri = wish.subtitle_uri, .has_tables = false});
    follow_video();
}

void TelevisionService::stop_video() {
    // One that had no address was never played.
    if (!is_video_) return;
    loop_.stop_timer(video_timer_);
    is_video_ = false;
    if (listeners_.on_picture) listeners_.on_picture(nullptr);
    play_again();
}

void TelevisionService::follow_video() {
    video_timer_ = loop_.start_timer(kFollowVideoEvery, [this] { follow_video(); });
    auto progress = player_->progress();
    if (!progress) return;
    using std::chrono::seconds;
    auto told = [this] { return std::tuple(playback_.state(), playback_.position(), playback_.length(), playback_.can_seek()); };
    auto before = told();
    if (progress->position.count() > 0) playback_.hear_state(Playback::State::Playing);
    auto length = progress->duration ? std::optional(std::chrono::round<seconds>(*progress->duration)) : std::nullopt;
    playback_.hear_progress(std::chrono::floor<seconds>(progress->position), length, progress->can_seek);
    if (told() != before && listeners_.on_viewing) listeners_.on_viewing();
}

void TelevisionService::take_signal(media::Signal signal) {
    if (is_video_) return;
    switch (signal) {
        case media::Signal::Good: viewing_.set_picture(Picture::Coming); break;
        case media::Signal::Lost: viewing_.set_picture(Picture::NoSignal); break;
        case media::Signal::NoSuchProgram: viewing_.set_picture(Picture::Unplayable); break;
        case media::Signal::Scrambled: viewing_.set_picture(Picture::Scrambled); break;
    }
    if (signal != media::Signal::Good && listeners_.on_picture) listeners_.on_picture(nullptr);
    if (listeners_.on_viewing) listeners_.on_viewing();
}

void TelevisionService::take_tracks() {
    media::Tracks tracks = player_->tracks();
    if (is_video_) {
        bool are_shown = playback_.are_subtitles_shown() && !tracks.subtitles.empty();
        std::optional<std::size_t> wanted = are_shown ? std::optional<std::size_t>(0) : std::nullopt;
        if (tracks.subtitles_chosen != wanted) player_->choose_subtitles(wanted);
        return;
    }
    Viewing::Tracks told;
    for (const media::Track& track : tracks.audio) told.sounds.push_back({track.language});
    for (const media::Track& track : tracks.subtitles) told.subtitles.push_back({track.language});
    told.sound = tracks.audio_chosen ? static_cast<int>(*tracks.audio_chosen) : 0;
    told.subtitle = tracks.subtitles_chosen ? static_cast<int>(*tracks.subtitles_chosen) : -1;
    viewing_.set_tracks(std::move(told));
    if (listeners_.on_viewing) listeners_.on_viewing();
}

void TelevisionService::follow_live_area(std::optional<graphics::Rect> area) {
    live_area_ = area;
    if (player_ == nullptr) return;
    player_->set_visible(area.has_value());
    if (area) player_->set_area(*area);
}

void TelevisionService::take_picture(std::shared_ptr<const graphics::Image> picture) {
    // One of the old size may still be on its way.
    if (picture == nullptr || !live_area_ || !listeners_.on_picture) return;
    if (picture->size != graphics::Size{live_area_->width, live_area_->height}) return;
    if (!is_video_) {
        // So may one from before the signal went; and when that comes back, no picture is the first one of its player.
        Picture state = viewing_.picture();
        if (state != Picture::Coming && state != Picture::Shown) return;
        viewing_.set_picture(Picture::Shown);
        if (state == Picture::Coming && listeners_.on_viewing) listeners_.on_viewing();
    }
    listeners_.on_picture(std::move(picture));
}

}  // namespace linli::app
