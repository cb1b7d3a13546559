// One programme: when, where, what it is about, and what can be done about it.

#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"
#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

namespace {

using epg::ReminderMode;

class EventScreen final : public TextScreen {
  public:
    EventScreen(Context& context, epg::EventKey key) : TextScreen(context), key_(key) { read(); }

    void reload() override {
        read();
        TextScreen::reload();
    }

  protected:
    std::string id() const override { return "tv-guide.event"; }
    std::string title() override { return event_ ? event_->title : std::string(); }

    std::vector<Element> elements() override {
        if (!event_)
            return {StateElement{"television", context_.tr("This programme is no longer in the guide."),
                                 context_.tr("The channel has changed it.")}};
        std::vector<Element> elements;
        auto fact = [&](std::string label, std::string value) {
            if (!value.empty()) elements.push_back(FactElement{std::move(label), std::move(value)});
        };
        auto length = std::chrono::duration_cast<std::chrono::minutes>(event_->duration).count();
        std::string when = base::format("{} {}", words::day(context_, event_->start), time_span(*event_));
        std::string channel = channel_name(context_, event_->channel);
        // Extra large, a fact with its name takes a page of its own: these two say by themselves what they are.
        if (context_.layouter->theme().text_size() == TextSize::ExtraLarge) {
            elements.push_back(ParagraphElement{.text = std::move(when)});
            elements.push_back(ParagraphElement{.text = std::move(channel)});
        } else {
            fact(context_.tr("When"), std::move(when));
            fact(context_.tr("Channel"), std::move(channel));
        }
        fact(context_.tr("Takes"), context_.tr_n("{} minute", "{} minutes", length));
        fact(context_.tr("Kind"), genre_name(context_, event_->genre));
        if (event_->minimum_age > 0)
            fact(context_.tr("For whom"), context_.tr("from {} years on", event_->minimum_age));
        if (!event_->summary.empty()) elements.push_back(ParagraphElement{.text = event_->summary});
        if (!event_->description.empty()) elements.push_back(ParagraphElement{.text = event_->description});
        return elements;
    }

    std::vector<std::string> actions() override {
        actions_.clear();
        std::vector<std::string> labels;
        auto add = [&](Do what, std::string label) {
            actions_.push_back(what);
            labels.push_back(std::move(label));
        };
        auto now = context_.now();
        if (!event_ || !now) return labels;
        if (is_on_air(context_, *event_)) {
            add(Do::Watch, context_.tr("Watch"));
        } else if (event_->start > *now && context_.reminders != nullptr) {
            if (has_reminder(context_, key_)) {
                add(Do::Forget, context_.tr("Take the reminder back"));
            } else {
                add(Do::Remind, context_.tr("Remind me"));
                add(Do::SwitchOver, context_.tr("Switch over then"));
            }
        }
        return labels;
    }

    Action act(std::size_t index) override {
        switch (actions_[index]) {
            case Do::Watch: return Watch{key_.channel};
            case Do::Remind: return Remind{*event_, ReminderMode::Tell};
            case Do::SwitchOver: return Remind{*event_, ReminderMode::Switch};
            case Do::Forget: return Remind{*event_, std::nullopt};
        }
        return Stay{};
    }

  private:
    enum class Do { Watch, Remind, SwitchOver, Forget };

    void read() { event_ = context_.guide == nullptr ? std::nullopt : context_.guide->event(key_); }

    epg::EventKey key_;
    std::optional<epg::Event> event_;
    std::vector<Do> actions_;
};

}  // namespace

std::unique_ptr<Screen> make_event_screen(Context& context, const epg::EventKey& key) {
    return std::make_unique<EventScreen>(context, key);
}

}  // namespace linli::app
