// A class or video, full screen, and over it for a while where one is. Where it was left is kept, and gone on from.

#include <algorithm>

#include "stb-app/screens/object_hash.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/state_pages.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using input::Key;
using State = Playback::State;

namespace {

/// The banner stands so long after a key.
constexpr seconds kBannerStands{8};
constexpr seconds kJump{10};
/// While it plays the place is kept so often: a power cut costs no more.
constexpr seconds kKeepEvery{15};
/// Nobody goes on from so near its beginning, or so near its end.
constexpr seconds kNotWorthKeeping{5};

class PlayScreen final : public Screen {
  public:
    PlayScreen(Context& context, content::ItemKey key, content::Course what, seconds from)
        : context_(context), key_(std::move(key)), what_(std::move(what)), state_pages_(context), from_(from) {
        begin();
    }
    ~PlayScreen() override {
        keep_place();
        context_.playback->stop();
    }

    Page describe() override {
        Page page;
        if (context_.playback->has_failed()) {
            page.id = "play.state";
            page.title = what_.title;
            state_pages_.describe(page, {trouble()}, context_.tr("Back"));
            return page;
        }
        page.id = "play";
        page.arrangement = Arrangement::FullScreen;
        page.elements.push_back(LiveElement{context_.has_picture ? "" : waiting_words()});
        if (shows_banner()) {
            page.elements.push_back(banner());
            page.legend = {{{Key::Ok}, is_paused() ? context_.tr("Go on") : context_.tr("Pause")}};
            if (context_.playback->can_seek()) {
                page.legend.push_back({{Key::Left}, context_.tr("10 seconds back")});
                page.legend.push_back({{Key::Right}, context_.tr("10 seconds on")});
            }
            if (!what_.subtitles.empty())
                page.legend.push_back({{Key::Green}, context_.playback->are_subtitles_shown() ? context_.tr("No subtitles")
                                                                                              : context_.tr("Subtitles")});
            page.legend.push_back({{Key::Back}, context_.tr("Stop")});
        }
        return page;
    }

    Action press(Key key) override {
        if (context_.playback->has_failed()) return state_pages_.press(key);
        shown_at_ = context_.clock.steady();
        switch (key) {
            case Key::Ok: context_.playback->toggle_pause(); break;
            case Key::Left: context_.playback->seek_by(-kJump); break;
            case Key::Right: context_.playback->seek_by(kJump); break;
            case Key::Green:
                if (!what_.subtitles.empty()) context_.playback->show_subtitles(!context_.playback->are_subtitles_shown());
                break;
            default: break;
        }
        if (is_paused()) keep_place();
        return Stay{};
    }

    std::optional<steady_clock::time_point> wakes_at() const override {
        auto now = context_.clock.steady();
        if (context_.playback->state() == State::Ended) return now;
        if (context_.playback->state() != State::Playing) return std::nullopt;
        auto next = kept_at_ + kKeepEvery;
        return now < shown_at_ + kBannerStands ? std::min(next, shown_at_ + kBannerStands) : next;
    }

    Action wake() override {
        if (context_.playback->state() == State::Ended) return GoBack{};
        if (context_.clock.steady() >= kept_at_ + kKeepEvery) keep_place();
        return Stay{};
    }

  private:
    void begin() {
        shown_at_ = kept_at_ = context_.clock.steady();
        Playback::Wish wish{.uri = address(what_.media), .subtitle_uri = {}, .from = from_};
        // The one in the language of the pages, or else the first.
        bool is_chinese = context_.settings.language == text::Language::Chinese;
        auto best = std::ranges::find(what_.subtitles, is_chinese ? "zh" : "en", &content::Subtitles::language);
        if (best == what_.subtitles.end()) best = what_.subtitles.begin();
        if (best != what_.subtitles.end()) wish.subtitle_uri = address(best->file);
        context_.playback->play(std::move(wish));
    }

    std::string address(const content::Media& media) const {
        if (!media.url.empty()) return media.url;
        std::string hash = object_hash(media.object.src);
        return context_.object_address && !hash.empty() ? context_.object_address(hash) : std::string();
    }

    bool is_paused() const { return context_.playback->state() == State::Paused; }
    bool shows_banner() const { return is_paused() || context_.clock.steady() < shown_at_ + kBannerStands; }

    /// Where there is no picture: because it has not come yet, or because there is only sound.
    std::string waiting_words() const {
        return context_.playback->state() == State::Coming ? context_.tr("It begins in a moment...") : what_.title;
    }

    StateElement trouble() const {
        if (context_.playback->state() == State::Missing)
            return {"information", context_.tr("This video is not there any more."),
                    context_.tr("Please choose another one, or tell your community office.")};
        if (context_.playback->state() == State::Unreachable)
            return {"lan-disconnect", context_.tr("This video cannot be fetched just now."),
                    context_.tr("Please try again later. The pages of text can be read all the same.")};
        return {"information", context_.tr("This television cannot play this video."),
                context_.tr("Please tell your community office, so that it is put right.")};
    }

    BannerElement banner() const {
        BannerElement banner;
        banner.channel = what_.title;
        banner.now_time = words::playing_time(context_.playback->position());
        auto length = context_.playback->length();
        if (!length) length = what_.duration;
        if (length && length->count() > 0) {
            banner.now_time += " / " + words::playing_time(*length);
            banner.percent = static_cast<int>(std::clamp<std::int64_t>(100 * context_.playback->position() / *length, 0, 100));
        }
        bool is_coming = context_.playback->state() == State::Coming;
        banner.now = is_paused() ? context_.tr("Paused") : is_coming ? context_.tr("It begins in a moment...") : what_.provider;
        return banner;
    }

    void keep_place() {
        kept_at_ = context_.clock.steady();
        // What has not begun is where it was.
        State state = context_.playback->state();
        if (state == State::Coming || context_.playback->has_failed()) return;
        seconds position = context_.playback->position();
        auto length = context_.playback->length();
        bool is_over = state == State::Ended || (length && position + kNotWorthKeeping >= *length);
        // Who leaves again at once has not given up where he was before.
        if (!is_over && position < kNotWorthKeeping) return;
        auto kept = is_over ? context_.household.forget_place(key_) : context_.household.save_place(key_, position);
        if (!kept) context_.log.warning("the place in a video was not kept: " + kept.error().message);
    }

    Context& context_;
    content::ItemKey key_;
    content::Course what_;
    StatePages state_pages_;
    seconds from_;
    /// A key was pressed, or it began.
    steady_clock::time_point shown_at_;
    steady_clock::time_point kept_at_;
};

}  // namespace

std::unique_ptr<Screen> make_play_screen(Context& context, content::ItemKey key, content::Course what, seconds from) {
    return std::make_unique<PlayScreen>(context, std::move(key), std::move(what), from);
}

}  // namespace linli::app
