// The player on GStreamer: a thread of its own that sources and pipelines are made and ended on, so that the UI thread
// never waits for one.

#include <gst/gst.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "middleware/base/format.h"
#include "middleware/media/live_source.h"
#include "middleware/media/playback.h"
#include "middleware/media/player.h"
#include "middleware/media/program_filter.h"

namespace linli::media {
namespace {

using namespace std::chrono;
using Instant = steady_clock::time_point;

/// A live source that is silent for so long is lost.
constexpr seconds kSilence{2};
constexpr milliseconds kLookEvery{250};
/// A live program whose pictures stop for so long, while its packets come, is begun anew, once.
constexpr seconds kStuck{5};
/// A live program that cannot be decoded is begun anew so often before it is given up.
constexpr int kMostFailures = 3;
constexpr milliseconds kBeginAgainAfter{500};
/// A seek whose end is not told by then is not waited for.
constexpr seconds kLongestSeek{5};

template <typename Function, typename... Values>
void tell(const std::function<Function>& event, Values&&... values) {
    if (event) event(std::forward<Values>(values)...);
}

class GStreamerPlayer final : public Player {
  public:
    GStreamerPlayer(PlayerOptions options, PlayerEvents events) : options_(std::move(options)), events_(std::move(events)) {
        worker_ = std::thread([this] { work(); });
    }
    ~GStreamerPlayer() override {
        {
            std::lock_guard lock(mutex_);
            is_ending_ = true;
        }
        wake_.notify_one();
        worker_.join();
    }

    PlayId play(Source source) override {
        Instant asked = steady_clock::now();
        PlayId id = ++newest_;
        post(id, [this, id, asked, source = std::move(source)] {
            current_ = {.id = id, .source = source, .asked = asked};
            begin();
        });
        return id;
    }
    void stop() override {
        post(++newest_, [this] {
            end_playback();
            live_.reset();
            current_ = {};
        });
    }

    void set_area(graphics::Rect area) override {
        post(kAlways, [this, area] {
            if (std::exchange(area_, area) == area) return;
            if (!playback_) return;
            playback_->pictures().set_area(area);
            // A pipeline that stands still shows the new size when it is seeked to where it is.
            if (auto at = is_paused_ ? playback_->progress() : std::nullopt) playback_->seek_to(at->position);
        });
    }
    void set_visible(bool is_visible) override {
        post(kAlways, [this, is_visible] {
            is_visible_ = is_visible;
            if (last_picture_.load() != kNoPicture) note_picture();
            if (playback_) playback_->pictures().set_visible(is_visible);
        });
    }
    void set_volume(int percent) override {
        post(kAlways, [this, percent] {
            volume_ = std::clamp(percent, 0, 100);
            if (playback_) playback_->set_volume(volume_);
        });
    }
    void set_mute(bool is_mute) override {
        post(kAlways, [this, is_mute] {
            is_mute_ = is_mute;
            if (playback_) playback_->set_mute(is_mute);
        });
    }

    Tracks tracks() override {
        auto playback = shared_playback();
        Tracks tracks = playback ? playback->tracks() : Tracks();
        std::lock_guard lock(mutex_);
        if (subtitles_ && *subtitles_ < tracks.subtitles.size()) tracks.subtitles_chosen = subtitles_;
        return tracks;
    }
    void choose_audio(std::size_t index) override {
        post(newest_, [this, index] {
            if (playback_) playback_->choose_audio(index);
        });
    }
    void choose_subtitles(std::optional<std::size_t> index) override {
        {
            std::lock_guard lock(mutex_);
            subtitles_ = index;
        }
        post(newest_, [this, index] {
            if (playback_) playback_->choose_subtitles(index);
            tell(events_.on_tracks, current_.id);
        });
    }

    void pause() override { set_paused(true); }
    void resume() override { set_paused(false); }
    void seek_by(seconds distance) override {
        post(newest_, [this, distance] { seek(distance); });
    }
    std::optional<Progress> progress() override {
        auto playback = shared_playback();
        auto progress = playback && has_begun_ ? playback->progress() : std::nullopt;
        if (progress) progress->can_seek = progress->can_seek && gives_parts_;
        return progress;
    }

  private:
    static constexpr PlayId kAlways = 0;
    struct Task {
        /// Is dropped when something else is played by then.
        PlayId id;
        std::function<void()> run;
    };
    struct Current {
        PlayId id = 0;
        Source source;
        Instant asked;
    };

    void post(PlayId id, std::function<void()> run) {
        {
            std::lock_guard lock(mutex_);
            tasks_.push_back({id, std::move(run)});
        }
        wake_.notify_one();
    }

    std::shared_ptr<Playback> shared_playback() {
        std::lock_guard lock(mutex_);
        return playback_;
    }

    // What follows runs on the worker.

    void work() {
        std::unique_lock lock(mutex_);
        while (!is_ending_) {
            if (tasks_.empty()) {
                wake_.wait_for(lock, live_ || begin_again_at_ ? kLookEvery : milliseconds(hours(1)));
                if (tasks_.empty() && !is_ending_) {
                    lock.unlock();
                    look();
                    lock.lock();
                }
                continue;
            }
            Task task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            if (task.id == kAlways || task.id == newest_) task.run();
            task = {};
            lock.lock();
        }
        lock.unlock();
        end_playback();
        live_.reset();
    }

    /// Plays `current_` from its beginning.
    void begin() {
        end_playback();
        is_paused_ = false;
        seek_target_.reset();
        sought_.reset();
        duration_.reset();
        failures_ = 0;
        gives_parts_ = true;
        signal_ = Signal::Good;
        {
            std::lock_guard lock(mutex_);
            subtitles_ = current_.source.subtitle_uri.empty() ? std::nullopt : std::optional<std::size_t>(0);
        }
        if (!LiveSource::is_live(current_.source.uri)) live_.reset();
        else if (!open_live()) return;
        start_playback();
    }

    bool open_live() {
        if (live_ && live_uri_ == current_.source.uri) return true;
        live_.reset();
        aligner_ = {};
        filter_ = {};
        last_packet_ = steady_clock::now();
        LiveSource::Hearer hearer;
        hearer.on_bytes = [this](std::span<const std::byte> bytes, Instant came) { route(bytes, came); };
        hearer.on_error = [this](std::string reason) {
            post(kAlways, [this, reason] {
                if (!live_) return;
                end_playback();
                live_.reset();
                tell(events_.on_stop, current_.id, Failure{Failure::Kind::Unreachable, reason});
            });
        };
        live_uri_ = current_.source.uri;
        auto opened = LiveSource::open(live_uri_, std::move(hearer));
        if (opened) live_ = std::move(*opened);
        else tell(events_.on_stop, current_.id, Failure{Failure::Kind::Unreachable, opened.error().message});
        return live_ != nullptr;
    }

    void start_playback() {
        begin_again_at_.reset();
        last_picture_ = kNoPicture;
        PlayId id = current_.id;
        auto made = Playback::create(current_.source, options_, hearer_of(id));
        if (!made) return tell(events_.on_stop, id, Failure{.reason = made.error().message});
        std::shared_ptr<Playback> playback = std::move(*made);
        if (area_) playback->pictures().set_area(*area_);
        playback->pictures().set_visible(is_visible_);
        playback->set_volume(volume_);
        playback->set_mute(is_mute_);
        has_begun_ = current_.source.begin.count() == 0;
        sought_.reset();
        {
            std::lock_guard lock(mutex_);
            // One that is begun anew keeps its subtitles.
            if (live_ && subtitles_) playback->choose_subtitles(subtitles_);
            playback_ = playback;
        }
        if (auto started = playback->start(); !started) {
            if (playback->has_told()) return;  // what it told comes next
            end_playback();
            return tell(events_.on_stop, id, Failure{.reason = started.error().message});
        }
        if (!live_) return;
        std::lock_guard lock(route_mutex_);
        auto kept = filter_.pick(current_.source.service_id);
        begun_ = kept.empty() ? steady_clock::now() : kept.front().came;
        for (const auto& batch : kept) playback->push(batch.packets, batch.came - begun_);
        route_to_ = playback.get();
        changes_ = filter_.changes();
    }

    void end_playback() {
        {
            std::lock_guard lock(route_mutex_);
            route_to_ = nullptr;
        }
        std::shared_ptr<Playback> ending;
        {
            std::lock_guard lock(mutex_);
            ending.swap(playback_);
        }
        // It ends here, without a lock: its threads may be calling us.
    }

    Playback::Hearer hearer_of(PlayId id) {
        Playback::Hearer hearer;
        hearer.pictures.on_picture = [this, id](std::shared_ptr<const graphics::Image> picture) {
            if (id != newest_) return;
            note_picture();
            tell(events_.on_picture, id, std::move(picture));
        };
        hearer.pictures.on_first_picture = [this, id, asked = current_.asked] { tell_first_picture(id, asked); };
        hearer.on_error = [this, id](Failure failure) {
            post(id, [this, failure = std::move(failure)] { fail(failure); });
        };
        hearer.on_sound_error = [this, id](std::string reason) {
            post(id, [this, reason] { lose_sound(reason); });
        };
        hearer.on_seek_error = [this, id](std::string reason) {
            post(id, [this, reason] { lose_seeking(reason); });
        };
        hearer.on_warning = [this](std::string reason) { tell(events_.on_warning, reason); };
        hearer.on_end = [this, id] {
            post(id, [this] { reach_end(); });
        };
        hearer.on_tracks = [this, id] { tell(events_.on_tracks, id); };
        hearer.on_ready = [this, id] {
            post(id, [this] { become_ready(); });
        };
        hearer.on_bytes = [this](std::span<const std::byte> packets) { tell(events_.on_packets, packets); };
        return hearer;
    }

    void tell_first_picture(PlayId id, Instant asked) {
        FirstPicture first{.id = id, .asked = asked, .entry = asked, .shown = steady_clock::now()};
        {
            std::lock_guard lock(route_mutex_);
            if (auto entry = filter_.entry()) first.entry = std::max(*entry, asked);
        }
        post(id, [this] { failures_ = 0; });
        tell(events_.on_first_picture, first);
    }

    void fail(const Failure& failure) {
        if (playback_ && playback_->has_lost_sound()) return;
        if (live_ && ++failures_ < kMostFailures) {
            end_playback();
            begin_again_at_ = steady_clock::now() + kBeginAgainAfter;
            return;
        }
        if (!playback_) return;
        end_playback();
        tell(events_.on_stop, current_.id, failure);
    }

    void lose_sound(const std::string& reason) {
        options_.audio_sink.clear();
        tell(events_.on_warning, "there is no sound: " + reason);
        if (auto at = playback_ ? playback_->progress() : std::nullopt) current_.source.begin = at->position;
        end_playback();
        start_playback();
    }

    /// A server gives whole files only, which is known when it was tried. Where nobody wished to seek, it was GStreamer,
    /// after a connection had been cut.
    void lose_seeking(const std::string& reason) {
        if (!sought_ || !gives_parts_.exchange(false)) return fail({Failure::Kind::Unreachable, reason});
        tell(events_.on_warning, "it plays from its beginning: " + reason);
        current_.source.begin = milliseconds(0);
        seek_target_.reset();
        end_playback();
        start_playback();
        if (playback_ && is_paused_) playback_->set_paused(true);
    }

    void reach_end() {
        if (!playback_ || live_) return;
        if (current_.source.at_end == AtEnd::Repeat) playback_->seek_to(milliseconds(0));
        else tell(events_.on_end, current_.id);
    }

    void become_ready() {
        if (!playback_) return;
        bool is_there = sought_ ? seek_target_ == sought_->target : has_begun_.load();
        if (!is_there) seek_to(seek_target_.value_or(current_.source.begin));
        // Only one that stands at its place is set going: going and seeking at the same time a pipeline loses its data.
        if (!is_there && sought_) return;
        if (!has_begun_) playback_->set_paused(is_paused_);
        has_begun_ = true;
        sought_.reset();
        seek_target_.reset();
    }

    void seek_to(milliseconds target) {
        seek_target_ = target;
        sought_ = Sought{target, steady_clock::now()};
        if (playback_->seek_to(target)) return;
        sought_.reset();
        seek_target_.reset();
    }

    void set_paused(bool is_paused) {
        post(newest_, [this, is_paused] {
            if (live_ || !playback_) return;
            is_paused_ = is_paused;
            if (has_begun_) playback_->set_paused(is_paused);
        });
    }

    void seek(seconds distance) {
        if (!playback_ || live_) return;
        if (!has_begun_) {
            seek_target_ = std::max(seek_target_.value_or(current_.source.begin) + distance, milliseconds(0));
            return;
        }
        // While an earlier one is under way a pipeline does not know where it is.
        if (!seek_target_) {
            auto at = playback_->progress();
            if (!at || !at->can_seek || !gives_parts_) return;
            seek_target_ = at->position;
            if (at->duration) duration_ = at->duration;
        }
        milliseconds target = *seek_target_ + distance;
        if (duration_) target = std::min(target, *duration_);
        seek_target_ = std::max(target, milliseconds(0));
        // One after the other: over HTTP a second one into the middle of the first leaves a pipeline without data.
        bool is_under_way = sought_ && steady_clock::now() < sought_->at + kLongestSeek;
        if (!is_under_way) seek_to(*seek_target_);
    }

    /// What the live source does, looked at from time to time.
    void look() {
        if (begin_again_at_ && steady_clock::now() >= *begin_again_at_) start_playback();
        if (!live_) return;
        Signal signal = Signal::Good;
        bool has_changed = false;
        {
            std::lock_guard lock(route_mutex_);
            if (steady_clock::now() - last_packet_ > kSilence) signal = Signal::Lost;
            else if (filter_.knows_programs() && !filter_.has_program()) signal = Signal::NoSuchProgram;
            else if (filter_.is_scrambled()) signal = Signal::Scrambled;
            has_changed = playback_ && filter_.changes() != changes_;
            is_lost_ = signal == Signal::Lost;
        }
        Signal before = std::exchange(signal_, signal);
        // What was decoded before ends in the middle; the clocks of what comes now are others.
        if ((before == Signal::Lost && signal != Signal::Lost) || has_changed || (signal == Signal::Good && is_stuck())) {
            end_playback();
            start_playback();
        }
        if (signal != before) tell(events_.on_signal, current_.id, signal);
    }

    void note_picture() { last_picture_ = steady_clock::now().time_since_epoch(); }

    /// Pictures came, and come no more, though somebody looks: whatever in the pipeline waits for whatever. A video plane
    /// tells of none.
    bool is_stuck() const {
        auto last = last_picture_.load();
        return playback_ && is_visible_ && last != kNoPicture && steady_clock::now().time_since_epoch() - last > kStuck;
    }

    /// On the thread of the live source.
    void route(std::span<const std::byte> bytes, Instant came) {
        auto packets = aligner_.feed(bytes);
        if (packets.empty()) return;
        tell(events_.on_packets, packets);
        bool is_back;
        {
            std::lock_guard lock(route_mutex_);
            last_packet_ = came;
            is_back = std::exchange(is_lost_, false);
            auto program = filter_.feed(packets, came);
            if (route_to_ != nullptr) route_to_->push(program, came - begun_);
        }
        if (is_back) post(kAlways, [this] { look(); });
    }

    PlayerOptions options_;
    PlayerEvents events_;
    std::atomic<PlayId> newest_ = 0;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> tasks_;                      // guarded by mutex_
    bool is_ending_ = false;                      // guarded by mutex_
    std::shared_ptr<Playback> playback_;          // written by the worker, guarded by mutex_
    std::optional<std::size_t> subtitles_;        // guarded by mutex_

    // The worker's own.
    Current current_;
    std::optional<graphics::Rect> area_;
    bool is_visible_ = true;
    int volume_ = 100;
    bool is_mute_ = false;
    bool is_paused_ = false;
    /// As far as is known: the file can be had from any place on.
    std::atomic<bool> gives_parts_ = true;
    /// It is where it was to begin.
    std::atomic<bool> has_begun_ = true;
    /// Where all that was asked for leads.
    std::optional<milliseconds> seek_target_;
    /// Where the pipeline is on its way to, since when.
    struct Sought {
        milliseconds target;
        Instant at;
    };
    std::optional<Sought> sought_;
    std::optional<milliseconds> duration_;
    int failures_ = 0;
    /// When the last picture of what is played now came.
    static constexpr steady_clock::duration kNoPicture{0};
    std::atomic<steady_clock::duration> last_picture_ = kNoPicture;
    std::optional<Instant> begin_again_at_;
    Signal signal_ = Signal::Good;
    int changes_ = 0;
    std::string live_uri_;
    PacketAligner aligner_;  // of the source's thread while there is one

    std::mutex route_mutex_;
    ProgramFilter filter_;          // guarded by route_mutex_, as what follows
    Playback* route_to_ = nullptr;
    Instant begun_;
    Instant last_packet_;
    bool is_lost_ = false;

    /// Ends before what its thread uses.
    std::unique_ptr<LiveSource> live_;
    std::thread worker_;
};

}  // namespace
}  // namespace linli::media

/// The door of the module; see load_player.
extern "C" linli::media::Player* linli_make_player(linli::media::PlayerOptions* options, linli::media::PlayerEvents* events,
                                                   std::string* error) {
    GError* failure = nullptr;
    if (!gst_init_check(nullptr, nullptr, &failure)) {
        *error = std::string("cannot start GStreamer: ") + (failure ? failure->message : "unknown error");
        if (failure) g_error_free(failure);
        return nullptr;
    }
    return new linli::media::GStreamerPlayer(std::move(*options), std::move(*events));
}
