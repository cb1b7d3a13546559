#include "stb-app/television/television_service.h"

#include <mutex>
#include <utility>

#include "epg/guide/stored_keeper.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"

namespace linli::app {

namespace {

/// What could not be played is tried again after this.
constexpr std::chrono::seconds kRetryAfter{5};
/// Changes of the guide are told of at most so often: a carousel brings hundreds in a second.
constexpr std::chrono::milliseconds kTellEvery{300};

epg::TextRules text_rules_of(const epg::ChannelFile& file, base::Log& log) {
    std::vector<epg::TextRule> rules;
    for (const epg::EncodingRule& rule : file.encodings) {
        auto encoding = epg::encoding_of_name(rule.encoding);
        if (!encoding) log.error(base::format("file of channels: {} is no encoding that is known", rule.encoding));
        else rules.push_back({rule.network, rule.stream, rule.service, *encoding, epg::TextRule::When::Always});
    }
    return epg::TextRules(std::move(rules));
}

}  // namespace

struct TelevisionService::PictureSlot {
    std::mutex mutex;
    std::shared_ptr<const graphics::Image> picture;
};

TelevisionService::TelevisionService(TelevisionOptions options, base::EventLoop& loop, base::Clock& clock, base::Log& log)
    : options_(std::move(options)),
      loop_(loop),
      log_(log),
      guide_(clock, std::make_unique<epg::StoredKeeper>(options_.data / "guide.db", log)),
      channels_(read_channel_file(), guide_.channels()),
      viewing_(guide_, clock),
      reminder_file_(options_.data / "reminders.xml"),
      picture_slot_(std::make_shared<PictureSlot>()),
      feed_(std::in_place, loop, [this](const epg::GuideBatch& batch) { apply(batch); }),
      reader_({.text_rules = text_rules_of(channels_.file(), log)},
              {.on_batch = feed_->sink(), .on_time = [&clock](std::chrono::sys_seconds time) { clock.hear(time); }}) {
    for (const epg::ChannelRule& rule : channels_.file().channels) guide_.set_preference(rule.service, rule.preference);
    guide_.set_channels(channels_.channels());
    if (auto reminders = reminder_file_.load()) reminders_ = std::move(*reminders);
    else log_.warning("reminders: " + reminders.error().message);
    told_version_ = guide_.version();
}

TelevisionService::~TelevisionService() {
    *is_alive_ = false;
    loop_.stop_timer(retry_timer_);
    loop_.stop_timer(guide_timer_);
    player_.reset();
    // The reader may be waiting for room in it.
    feed_.reset();
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

void TelevisionService::take_events(const epg::GuideUpdate& update) { apply({.events = update, .services = {}}); }

void TelevisionService::apply(const epg::GuideBatch& batch) {
    guide_.apply(batch.events);
    if (channels_.apply(batch.services)) guide_.set_channels(channels_.channels());
    if (guide_.version() == told_version_ || guide_timer_ != 0) return;
    guide_timer_ = loop_.start_timer(kTellEvery, [this] { tell_of_guide(); });
}

void TelevisionService::tell_of_guide() {
    guide_timer_ = 0;
    told_version_ = guide_.version();
    if (reminders_.follow(guide_)) save_reminders();
    if (listeners_.on_guide) listeners_.on_guide();
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
    events.on_picture = [this, post, slot = picture_slot_](std::shared_ptr<const graphics::Image> picture) {
        bool was_empty;
        {
            std::lock_guard lock(slot->mutex);
            was_empty = slot->picture == nullptr;
            slot->picture = std::move(picture);
        }
        // A picture that comes before the last one was shown takes its place.
        if (!was_empty) return;
        post([this, slot] {
            std::shared_ptr<const graphics::Image> newest;
            {
                std::lock_guard lock(slot->mutex);
                newest.swap(slot->picture);
            }
            take_picture(std::move(newest));
        });
    };
    events.on_first_picture = [this, post](const media::FirstPicture& first) {
        post([this, id = first.id] {
            if (id != play_id_) return;
            viewing_.set_picture(Picture::Shown);
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
    events.on_stop = [this, post](media::PlayId id, std::string reason) {
        post([this, id, reason = std::move(reason)] {
            // One failure tells of itself several times.
            if (id != play_id_) return;
            play_id_ = 0;
            log_.warning("television: " + reason);
            viewing_.set_picture(Picture::Unplayable);
            if (listeners_.on_picture) listeners_.on_picture(nullptr);
            if (listeners_.on_viewing) listeners_.on_viewing();
            loop_.stop_timer(retry_timer_);
            retry_timer_ = loop_.start_timer(kRetryAfter, [this] { play_again(); });
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
    if (listeners_.on_picture && play_id_ != 0) listeners_.on_picture(nullptr);
    play_again();
}

void TelevisionService::play_again() { play_id_ = player_->play(source_); }

void TelevisionService::take_signal(media::Signal signal) {
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
    listeners_.on_picture(std::move(picture));
}

}  // namespace linli::app
