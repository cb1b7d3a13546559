// Which sound and which subtitles of the channel that is being watched.

#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"

namespace linli::app {

namespace {

/// ISO 639-2, both spellings where there are two. Translators: names of languages.
std::string language_name(const Context& context, const std::string& code) {
    static constexpr std::pair<const char*, const char*> kNames[] = {
        {"chi", LINLI_N_("Mandarin")}, {"zho", LINLI_N_("Mandarin")}, {"zh", LINLI_N_("Mandarin")},
        {"cmn", LINLI_N_("Mandarin")}, {"yue", LINLI_N_("Cantonese")}, {"eng", LINLI_N_("English (language)")},
        {"en", LINLI_N_("English (language)")}, {"qaa", LINLI_N_("Original sound")}, {"uig", LINLI_N_("Uyghur")},
        {"tib", LINLI_N_("Tibetan")}, {"bod", LINLI_N_("Tibetan")}, {"mon", LINLI_N_("Mongolian")}};
    for (auto [known, name] : kNames)
        if (code == known) return std::string(context.text(name));
    return code;
}

class TracksScreen final : public ListScreen {
  public:
    explicit TracksScreen(Context& context) : ListScreen(context) {}

  protected:
    std::string id() const override { return "tracks"; }
    std::string title() override { return context_.tr("Sound and subtitles"); }

    std::size_t load_rows() override {
        rows_.clear();
        const Viewing::Tracks& tracks = context_.viewing->tracks();
        add_all(Kind::Sound, context_.tr("Sound"), tracks.sounds, tracks.sound);
        if (tracks.subtitles.empty()) return rows_.size();
        add(Kind::Subtitle, -1, context_.tr("No subtitles"), tracks.subtitle);
        add_all(Kind::Subtitle, context_.tr("Subtitles"), tracks.subtitles, tracks.subtitle);
        return rows_.size();
    }

    RowElement row(std::size_t index, RowUse) override { return rows_[index].element; }

    Action choose(std::size_t index) override {
        const Row& row = rows_[index];
        if (row.kind == Kind::Sound) context_.viewing->choose_sound(row.index);
        else context_.viewing->choose_subtitle(row.index);
        reload();
        return Stay{};
    }

    StateElement empty_state() override {
        return {"television", context_.tr("This channel has one sound and no subtitles."), ""};
    }

    std::string choose_word() override { return context_.tr("Choose"); }

  private:
    enum class Kind { Sound, Subtitle };
    struct Row {
        Kind kind;
        int index;
        RowElement element;
    };

    /// Those without a language bear their number.
    void add_all(Kind kind, const std::string& what, const std::vector<Track>& tracks, int chosen) {
        for (int i = 0; i < static_cast<int>(tracks.size()); ++i) {
            const std::string& language = tracks[static_cast<std::size_t>(i)].language;
            std::string name = language.empty() ? std::to_string(i + 1) : language_name(context_, language);
            add(kind, i, base::format("{}: {}", what, name), chosen);
        }
    }

    void add(Kind kind, int index, std::string title, int chosen) {
        RowElement element;
        element.title = std::move(title);
        element.symbol = index == chosen ? "check" : "checkbox-blank-circle-outline";
        rows_.push_back({kind, index, std::move(element)});
    }

    std::vector<Row> rows_;
};

}  // namespace

std::unique_ptr<Screen> make_tracks_screen(Context& context) { return std::make_unique<TracksScreen>(context); }

}  // namespace linli::app
