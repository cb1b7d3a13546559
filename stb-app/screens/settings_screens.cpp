// Settings.

#include <algorithm>

#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

namespace {

std::string language_name(text::Language language) {
    // Each in its own words, so that whoever needs it finds it.
    return language == text::Language::Chinese ? "中文" : "English";
}

std::string day_before(const Context& context, int hour) {
    return hour == 0 ? context.tr("Off") : context.tr("at {}:00", hour);
}

std::string hours_before(const Context& context, int hours) {
    return hours == 0 ? context.tr("Off") : context.tr_n("{} hour before", "{} hours before", hours);
}

class SettingsScreen final : public ListScreen {
  public:
    explicit SettingsScreen(Context& context) : ListScreen(context) {}

  protected:
    std::string id() const override { return "settings"; }
    std::string title() override { return context_.tr("Settings"); }

    std::size_t load_rows() override { return 5; }

    RowElement row(std::size_t index, RowUse) override {
        RowElement row;
        row.hue = static_cast<int>(index);
        switch (index) {
            case 0:
                row.title = context_.tr("Text size");
                row.symbol = "format-size";
                row.detail = words::text_size(context_, context_.settings.text_size);
                break;
            case 1:
                row.title = context_.tr("Language");
                row.symbol = "translate";
                row.detail = language_name(context_.settings.language);
                break;
            case 2:
                row.title = context_.tr("Diagnostics");
                row.symbol = "tools";
                break;
            case 3:
                row.title = context_.tr("Reminder the day before");
                row.symbol = "calendar-check";
                row.detail = day_before(context_, context_.settings.remind_day_before_at);
                break;
            default:
                row.title = context_.tr("Reminder on the day");
                row.symbol = "clock";
                row.detail = hours_before(context_, context_.settings.remind_hours_before);
        }
        return row;
    }

    Action choose(std::size_t row) override {
        switch (row) {
            case 0: return Open{make_text_size_screen(context_)};
            case 1: return Open{make_language_screen(context_)};
            case 2: return Open{make_diagnostics_screen(context_)};
            case 3: return Open{make_day_reminder_screen(context_)};
            default: return Open{make_hours_reminder_screen(context_)};
        }
    }

    StateElement empty_state() override { return {}; }
};

/// One of a few: the present one has the focus at first, and is marked.
class ChoiceScreen : public ListScreen {
  protected:
    explicit ChoiceScreen(Context& context) : ListScreen(context) {}

    RowElement choice(std::string title, bool is_present) {
        RowElement row;
        row.title = std::move(title);
        row.symbol = is_present ? "check-circle" : "checkbox-blank-circle-outline";
        row.hue = is_present ? 4 : -1;
        if (is_present) row.detail = context_.tr("chosen");
        return row;
    }
    std::string choose_word() override { return context_.tr("Choose"); }
    StateElement empty_state() override { return {}; }
};

class TextSizeScreen final : public ChoiceScreen {
  public:
    explicit TextSizeScreen(Context& context) : ChoiceScreen(context) {
        focus_row(static_cast<std::size_t>(context.settings.text_size));
    }

  protected:
    std::string id() const override { return "text-size"; }
    std::string title() override { return context_.tr("Text size"); }

    std::size_t load_rows() override { return kTextSizeCount; }

    RowElement row(std::size_t index, RowUse) override {
        auto size = static_cast<TextSize>(index);
        return choice(words::text_size(context_, size), size == context_.settings.text_size);
    }

    Action choose(std::size_t row) override {
        Settings settings = context_.settings;
        settings.text_size = static_cast<TextSize>(row);
        return Change{settings};
    }
};

class LanguageScreen final : public ChoiceScreen {
  public:
    explicit LanguageScreen(Context& context) : ChoiceScreen(context) {
        focus_row(context.settings.language == text::Language::Chinese ? 0 : 1);
    }

  protected:
    std::string id() const override { return "language"; }
    std::string title() override { return context_.tr("Language"); }

    std::size_t load_rows() override { return 2; }

    RowElement row(std::size_t index, RowUse) override {
        auto language = index == 0 ? text::Language::Chinese : text::Language::English;
        return choice(language_name(language), language == context_.settings.language);
    }

    Action choose(std::size_t row) override {
        Settings settings = context_.settings;
        settings.language = row == 0 ? text::Language::Chinese : text::Language::English;
        return Change{settings};
    }
};

/// When appointments are reminded of, as one number of the settings.
class ReminderScreen final : public ChoiceScreen {
  public:
    using Words = std::string (*)(const Context&, int);
    ReminderScreen(Context& context, std::string id, const char* title, int Settings::* setting, std::vector<int> choices,
                   Words words)
        : ChoiceScreen(context),
          id_(std::move(id)),
          title_(title),
          setting_(setting),
          choices_(std::move(choices)),
          words_(words) {
        auto present = std::ranges::find(choices_, context.settings.*setting_);
        if (present != choices_.end()) focus_row(static_cast<std::size_t>(present - choices_.begin()));
    }

  protected:
    std::string id() const override { return id_; }
    std::string title() override { return context_.tr(title_); }
    std::size_t load_rows() override { return choices_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        return choice(words_(context_, choices_[index]), choices_[index] == context_.settings.*setting_);
    }

    Action choose(std::size_t row) override {
        Settings settings = context_.settings;
        settings.*setting_ = choices_[row];
        return Change{settings};
    }

  private:
    std::string id_;
    const char* title_;
    int Settings::* setting_;
    std::vector<int> choices_;
    Words words_;
};

}  // namespace

std::unique_ptr<Screen> make_settings_screen(Context& context) { return std::make_unique<SettingsScreen>(context); }
std::unique_ptr<Screen> make_text_size_screen(Context& context) { return std::make_unique<TextSizeScreen>(context); }
std::unique_ptr<Screen> make_language_screen(Context& context) { return std::make_unique<LanguageScreen>(context); }

std::unique_ptr<Screen> make_day_reminder_screen(Context& context) {
    return std::make_unique<ReminderScreen>(context, "reminder-day", LINLI_N_("Reminder the day before"),
                                            &Settings::remind_day_before_at, std::vector{0, 9, 12, 17, 19}, day_before);
}
std::unique_ptr<Screen> make_hours_reminder_screen(Context& context) {
    return std::make_unique<ReminderScreen>(context, "reminder-hours", LINLI_N_("Reminder on the day"),
                                            &Settings::remind_hours_before, std::vector{0, 1, 2, 3}, hours_before);
}

}  // namespace linli::app
