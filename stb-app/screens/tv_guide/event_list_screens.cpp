// Programmes of all channels: at an hour of the evening, of a kind, and found by the digit keys.

#include <algorithm>
#include <array>

#include "middleware/base/local_time.h"
#include "stb-app/screens/digit_list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using input::Key;

namespace {

constexpr minutes kStep{30};
/// Nobody turns so many pages.
constexpr std::size_t kMostFound = 100;
/// What is of a kind is looked for this far ahead.
constexpr hours kKindsAhead{24};

/// "19:30 ‹title›" with day and channel: of a list whose programmes are not all of one channel and one time.
RowElement event_row(const Context& context, const epg::Event& event) {
    RowElement row;
    row.title = event.title;
    row.symbol = has_reminder(context, event.key()) ? "bell" : genre_symbol(event.genre);
    row.hue = event.genre == epg::Genre::Unknown ? -1 : static_cast<int>(event.genre);
    std::string when = is_on_air(context, event) ? context.tr("on now") : words::day_and_time(context, event.start);
    row.detail = base::format("{} · {}", channel_name(context, event.channel), when);
    return row;
}

class EveningScreen final : public ListScreen {
  public:
    explicit EveningScreen(Context& context) : ListScreen(context) {
        auto now = context_.now();
        if (!now) return;
        // Until the evening's film is under way "tonight" is today's.
        auto date = base::to_local(*now).date;
        time_ = base::from_local(date, kEveningHour, 0);
        if (*now >= *time_ + hours(1)) time_ = base::from_local(sys_days(date) + days(1), kEveningHour, 0);
    }

    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide.evening"; }
    std::string title() override {
        return time_ ? context_.tr("On at {}", words::day_and_time(context_, *time_)) : context_.tr("TV guide");
    }

    std::size_t load_rows() override {
        events_ = time_ && context_.guide != nullptr ? context_.guide->on_air_at(*time_) : std::vector<epg::Event>();
        return events_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        RowElement row;
        // Without its number: a row bears one number, that of the key that chooses it.
        const epg::Channel* channel = context_.guide->channel(events_[index].channel);
        row.title = channel == nullptr ? std::string() : channel->name;
        row.cells = {{words::time_of_day(events_[index].start), events_[index].title}};
        return row;
    }

    Action choose(std::size_t row) override { return Open{make_event_screen(context_, events_[row].key())}; }
    StateElement empty_state() override { return no_programme_state(context_); }

    std::vector<KeyHint> own_keys() override {
        return {{{Key::Green}, context_.tr("Earlier")}, {{Key::Blue}, context_.tr("Later")}};
    }

    Action press_own(Key key) override {
        if (!time_ || (key != Key::Green && key != Key::Blue)) return Stay{};
        *time_ += key == Key::Blue ? kStep : -kStep;
        reload();
        return Stay{};
    }

  private:
    std::optional<sys_seconds> time_;
    std::vector<epg::Event> events_;
};

class GenreScreen final : public ListScreen {
  public:
    GenreScreen(Context& context, epg::Genre genre) : ListScreen(context), genre_(genre) {}
    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide.kind"; }
    std::string title() override { return genre_name(context_, genre_); }

    std::size_t load_rows() override {
        events_.clear();
        if (auto now = context_.now(); now && context_.guide != nullptr)
            events_ = context_.guide->of_genre(genre_, *now, *now + kKindsAhead, kMostFound);
        return events_.size();
    }

    RowElement row(std::size_t index, RowUse) override { return event_row(context_, events_[index]); }
    Action choose(std::size_t row) override { return Open{make_event_screen(context_, events_[row].key())}; }
    StateElement empty_state() override { return no_programme_state(context_); }

  private:
    epg::Genre genre_;
    std::vector<epg::Event> events_;
};

class GenresScreen final : public ListScreen {
  public:
    explicit GenresScreen(Context& context) : ListScreen(context) {}
    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide.kinds"; }
    std::string title() override { return context_.tr("Programmes until tomorrow by kind"); }

    std::size_t load_rows() override {
        static constexpr std::array kAll{epg::Genre::News,      epg::Genre::Film,    epg::Genre::Music,   epg::Genre::Show,
                                         epg::Genre::Education, epg::Genre::Leisure, epg::Genre::Society, epg::Genre::Arts,
                                         epg::Genre::Sports,    epg::Genre::Children, epg::Genre::Special};
        kinds_.clear();
        auto now = context_.now();
        if (!now || context_.guide == nullptr) return 0;
        for (epg::Genre genre : kAll) {
            auto found = context_.guide->of_genre(genre, *now, *now + kKindsAhead, kMostFound);
            if (!found.empty()) kinds_.push_back({genre, found.size()});
        }
        return kinds_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        auto [genre, count] = kinds_[index];
        RowElement row;
        row.title = genre_name(context_, genre);
        row.symbol = genre_symbol(genre);
        row.hue = static_cast<int>(genre);
        row.detail = context_.tr_n("{} programme", "{} programmes", static_cast<std::int64_t>(count));
        return row;
    }

    Action choose(std::size_t row) override { return Open{std::make_unique<GenreScreen>(context_, kinds_[row].genre)}; }
    StateElement empty_state() override { return no_programme_state(context_); }

  private:
    struct Kind {
        epg::Genre genre;
        std::size_t count;
    };
    std::vector<Kind> kinds_;
};

class GuideSearchScreen final : public DigitListScreen {
  public:
    explicit GuideSearchScreen(Context& context) : DigitListScreen(context) {}
    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide.search"; }

    std::size_t load_rows() override {
        channels_.clear();
        events_.clear();
        if (digits().empty() || context_.guide == nullptr) return 0;
        channels_ = context_.guide->find_channels_by_digits(digits(), kMostFound);
        if (auto now = context_.now()) events_ = context_.guide->find_by_digits(digits(), *now, kMostFound);
        return channels_.size() + events_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        if (index >= channels_.size()) return event_row(context_, events_[index - channels_.size()]);
        RowElement row;
        row.title = channel_name(context_, channels_[index].id);
        row.detail = context_.tr("Channel");
        row.symbol = "television";
        return row;
    }

    Action choose(std::size_t row) override {
        if (row < channels_.size()) return Open{make_channel_day_screen(context_, channels_[row].id, std::nullopt)};
        return Open{make_event_screen(context_, events_[row - channels_.size()].key())};
    }

    StateElement empty_state() override {
        if (digits().empty())
            return {"magnify", context_.tr("Type a part of the name."),
                    context_.tr("For evening news, type 9599. A Chinese character is the first letter of its pinyin.")};
        return {"magnify", context_.tr("Nothing was found."),
                context_.tr("Delete the last digit, or type fewer letters of the name.")};
    }

  private:
    std::vector<epg::Channel> channels_;
    std::vector<epg::Event> events_;
};

}  // namespace

std::unique_ptr<Screen> make_evening_screen(Context& context) { return std::make_unique<EveningScreen>(context); }
std::unique_ptr<Screen> make_genres_screen(Context& context) { return std::make_unique<GenresScreen>(context); }
std::unique_ptr<Screen> make_guide_search_screen(Context& context) { return std::make_unique<GuideSearchScreen>(context); }

}  // namespace linli::app
