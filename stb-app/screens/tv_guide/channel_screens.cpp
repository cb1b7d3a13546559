// The programme of one channel: a day of it, and the days of its week.

#include <algorithm>

#include "middleware/base/local_time.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using input::Key;

namespace {

/// A week and today.
constexpr int kMostDays = 8;

sys_seconds begin_of(year_month_day date) { return base::from_local(date, 0, 0); }
year_month_day day_after(year_month_day date) { return sys_days(date) + days(1); }

using OnDay = std::function<void(year_month_day)>;

class WeekScreen final : public ListScreen {
  public:
    WeekScreen(Context& context, epg::ServiceId channel, OnDay on_day)
        : ListScreen(context), channel_(channel), on_day_(std::move(on_day)) {}

  protected:
    std::string id() const override { return "tv-guide.week"; }
    std::string title() override { return channel_name(context_, channel_); }

    std::size_t load_rows() override {
        days_.clear();
        auto now = context_.now();
        auto until = context_.guide->known_until(channel_);
        if (!now || !until) return 0;
        year_month_day date = base::to_local(*now).date;
        for (int i = 0; i < kMostDays && begin_of(date) < *until; ++i, date = day_after(date)) days_.push_back(date);
        return days_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        // What is on in the evening stands for the day.
        sys_seconds evening = base::from_local(days_[index], kEveningHour, 0);
        auto events = context_.guide->events(channel_, evening, evening + minutes(1));
        RowElement row;
        std::string day = words::day(context_, begin_of(days_[index])), date = words::date(context_, days_[index]);
        // "Today", "tomorrow" stand before their date; of other days the date says it all.
        row.title = date.starts_with(day) || date.ends_with(day) ? date : base::format("{} · {}", day, date);
        row.cells = {events.empty() ? RowCell{} : RowCell{words::time_of_day(events.front().start), events.front().title}};
        return row;
    }

    Action choose(std::size_t row) override {
        on_day_(days_[row]);
        return GoBack{};
    }

    StateElement empty_state() override { return no_programme_state(context_); }

  private:
    epg::ServiceId channel_;
    OnDay on_day_;
    std::vector<year_month_day> days_;
};

class ChannelDayScreen final : public ListScreen {
  public:
    ChannelDayScreen(Context& context, epg::ServiceId channel, std::optional<year_month_day> date)
        : ListScreen(context), channel_(channel), date_(date) {
        if (!date_ && context_.now()) date_ = base::to_local(*context_.now()).date;
        focus_present();
    }

    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide.channel"; }
    std::string title() override {
        std::string name = channel_name(context_, channel_);
        return date_ ? base::format("{} · {}", name, words::day(context_, begin_of(*date_))) : name;
    }

    std::size_t load_rows() override {
        events_.clear();
        if (date_ && context_.guide != nullptr)
            events_ = context_.guide->events(channel_, begin_of(*date_), begin_of(day_after(*date_)));
        return events_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        const epg::Event& event = events_[index];
        RowElement row;
        row.title = base::format("{}  {}", words::time_of_day(event.start), event.title);
        row.symbol = genre_symbol(event.genre);
        row.hue = event.genre == epg::Genre::Unknown ? -1 : static_cast<int>(event.genre);
        auto now = context_.now();
        row.is_done = now && event.end() <= *now;
        if (is_on_air(context_, event)) {
            row.detail = context_.tr("on now");
            row.symbol = "television";
        } else if (has_reminder(context_, event.key())) {
            row.detail = context_.tr("reminder");
            row.symbol = "bell";
        }
        return row;
    }

    Action choose(std::size_t row) override { return Open{make_event_screen(context_, events_[row].key())}; }
    StateElement empty_state() override { return no_programme_state(context_); }

    std::vector<KeyHint> own_keys() override {
        return {{{Key::Green}, context_.tr("Other day")}, {{Key::Blue}, context_.tr("Watch")}};
    }

    Action press_own(Key key) override {
        if (key == Key::Blue && context_.guide != nullptr) return Watch{channel_};
        if (key != Key::Green || context_.guide == nullptr) return Stay{};
        return Open{std::make_unique<WeekScreen>(context_, channel_, [this](year_month_day date) {
            date_ = date;
            start_again();
            focus_present();
        })};
    }

  private:
    /// On what is on now; on another day, on its first programme.
    void focus_present() {
        auto now = context_.now();
        if (!now || load_rows() == 0) return;
        auto present = std::ranges::find_if(events_, [&](const epg::Event& event) { return event.end() > *now; });
        focus_row(present == events_.end() ? 0 : static_cast<std::size_t>(present - events_.begin()));
    }

    epg::ServiceId channel_;
    std::optional<year_month_day> date_;
    std::vector<epg::Event> events_;
};

}  // namespace

std::unique_ptr<Screen> make_channel_day_screen(Context& context, const epg::ServiceId& channel,
                                                std::optional<year_month_day> date) {
    return std::make_unique<ChannelDayScreen>(context, channel, date);
}

}  // namespace linli::app
