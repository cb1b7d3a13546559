// Settings.

#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

namespace {

std::string language_name(text::Language language) {
    // Each in its own words, so that whoever needs it finds it.
    return language == text::Language::Chinese ? "中文" : "English";
}

class SettingsScreen final : public ListScreen {
  public:
    explicit SettingsScreen(Context& context) : ListScreen(context) {}

  protected:
    std::string id() const override { return "settings"; }
    std::string title() override { return context_.tr("Settings"); }

    std::size_t load_rows() override { return 3; }

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
            default:
                row.title = context_.tr("Diagnostics");
                row.symbol = "tools";
        }
        return row;
    }

    Action choose(std::size_t row) override {
        switch (row) {
            case 0: return Open{make_text_size_screen(context_)};
            case 1: return Open{make_language_screen(context_)};
            default: return Open{make_diagnostics_screen(context_)};
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

}  // namespace

std::unique_ptr<Screen> make_settings_screen(Context& context) { return std::make_unique<SettingsScreen>(context); }
std::unique_ptr<Screen> make_text_size_screen(Context& context) { return std::make_unique<TextSizeScreen>(context); }
std::unique_ptr<Screen> make_language_screen(Context& context) { return std::make_unique<LanguageScreen>(context); }

}  // namespace linli::app
