// The television picture alone, and over it, for a while, what is being watched. OK or Home opens the portal, the arrow to
// the right the programme guide: many a remote control has no key for it.

#include <algorithm>

#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using input::Key;

namespace {

/// The banner stands so long after the picture was turned to, the channel has changed or a digit was typed.
constexpr seconds kBannerStands{8};
/// A number that is being typed is taken after this; slow fingers need it. OK takes it at once.
constexpr seconds kNumberIsTaken{3};
constexpr std::size_t kMostDigits = 4;

class LiveScreen final : public Screen {
  public:
    explicit LiveScreen(Context& context) : context_(context), entered_at_(context.clock.steady()) {}

    Page describe() override {
        Page page;
        page.id = "live";
        page.arrangement = Arrangement::FullScreen;
        page.elements.push_back(LiveElement{context_.has_picture ? "" : picture_sentence()});
        page.focus = 0;
        if (shows_banner()) {
            page.elements.push_back(banner());
            page.legend = {{{Key::Up, Key::Down}, context_.tr("Channel")},
                           {{Key::Ok}, context_.tr("Community pages")},
                           {{Key::Right}, context_.tr("TV guide")},
                           {{Key::Yellow}, context_.tr("Channel before")},
                           {{Key::Blue}, context_.tr("Sound")}};
        }
        return page;
    }

    Action press(Key key) override {
        if (context_.viewing == nullptr) return key == Key::Ok ? Action(GoHome{}) : Action(Stay{});
        if (auto digit = input::digit_of(key)) return type(*digit);
        if (key == Key::Ok && !number_.empty()) return take_number();
        number_.clear();
        switch (key) {
            case Key::Ok: return GoHome{};
            case Key::Up:
            case Key::ChannelUp: context_.viewing->step(+1); return Stay{};
            case Key::Down:
            case Key::ChannelDown: context_.viewing->step(-1); return Stay{};
            case Key::Yellow: context_.viewing->watch_previous(); return Stay{};
            case Key::Right: return Open{make_now_next_screen(context_)};
            case Key::Blue: return Open{make_tracks_screen(context_)};
            case Key::Info:
                // Kept for whoever reads slowly: until the next key.
                is_kept_ = !is_kept_;
                if (!is_kept_) hidden_at_ = context_.clock.steady();
                return Stay{};
            default: return Stay{};
        }
    }

    std::optional<steady_clock::time_point> wakes_at() const override {
        if (!number_.empty()) return typed_at_ + kNumberIsTaken;
        if (is_kept_ || !shows_banner()) return std::nullopt;
        return banner_ends();
    }

    Action wake() override { return number_.empty() ? Action(Stay{}) : take_number(); }

  private:
    std::string picture_sentence() const {
        if (context_.viewing == nullptr || context_.viewing->channel() == nullptr)
            return context_.tr("No television picture. Press OK for the community pages.");
        std::string radio = words::sound_only(context_);
        switch (context_.viewing->picture()) {
            case Picture::Coming:
            case Picture::Shown: return !radio.empty() ? radio : context_.tr("The picture is coming...");
            case Picture::NoSignal: return context_.tr("No signal. Please check that the cable is plugged in firmly.");
            case Picture::Scrambled: return context_.tr("This channel is encrypted. Ask the cable company about it.");
            case Picture::Unplayable: return context_.tr("This channel cannot be shown just now. Please try another one.");
        }
        return {};
    }

    /// What the banner says of a picture that does not come; one that is on its way comes sooner than it is read.
    std::string trouble() const {
        bool is_coming = context_.viewing->picture() == Picture::Coming || context_.viewing->picture() == Picture::Shown;
        return context_.has_picture || is_coming ? std::string() : picture_sentence();
    }

    /// Until when the banner stands; nothing: it does not.
    std::optional<steady_clock::time_point> banner_ends() const {
        auto begins = std::max(context_.viewing->changed_at(), noted_at_);
        // Where there is no channel yet there is nothing to tell of it.
        if (context_.viewing->channel() != nullptr) begins = std::max(begins, std::optional(entered_at_));
        if (!begins || begins <= hidden_at_) return std::nullopt;
        return *begins + kBannerStands;
    }

    bool shows_banner() const {
        if (context_.viewing == nullptr) return false;
        if (is_kept_ || !number_.empty()) return true;
        auto ends = banner_ends();
        return ends && context_.clock.steady() < *ends;
    }

    BannerElement banner() const {
        BannerElement banner;
        banner.note = note_.empty() ? trouble() : note_;
        if (!number_.empty()) {
            banner.number = number_ + "–";
            return banner;
        }
        const epg::Channel* channel = context_.viewing->channel();
        if (channel == nullptr) return banner;
        if (channel->number > 0) banner.number = std::to_string(channel->number);
        banner.channel = channel->name;
        auto now = context_.now();
        if (!now || context_.guide == nullptr) return banner;
        auto [present, next] = context_.guide->now_and_next(channel->id, *now);
        if (present) {
            banner.now_time = time_span(*present);
            banner.now = present->title;
            banner.percent = static_cast<int>(100 * (*now - present->start).count() / std::max<std::int64_t>(1, present->duration.count()));
        } else {
            banner.now = context_.tr("Programme not known");
        }
        if (next) {
            banner.next_time = words::time_of_day(next->start);
            banner.next = next->title;
        }
        return banner;
    }

    Action type(int digit) {
        if (number_.empty() && digit == 0) return Stay{};
        if (number_.size() < kMostDigits) number_ += static_cast<char>('0' + digit);
        note_.clear();
        typed_at_ = context_.clock.steady();
        return Stay{};
    }

    Action take_number() {
        int number = 0;
        for (char digit : number_) number = number * 10 + (digit - '0');
        number_.clear();
        note_.clear();
        if (!context_.viewing->watch_number(number)) {
            note_ = context_.tr("There is no channel {}.", number);
            noted_at_ = context_.clock.steady();
        }
        return Stay{};
    }

    Context& context_;
    steady_clock::time_point entered_at_;
    std::string number_;
    steady_clock::time_point typed_at_;
    std::string note_;
    std::optional<steady_clock::time_point> noted_at_;
    bool is_kept_ = false;
    std::optional<steady_clock::time_point> hidden_at_;
};

}  // namespace

std::unique_ptr<Screen> make_live_screen(Context& context) { return std::make_unique<LiveScreen>(context); }

}  // namespace linli::app
