// What is on now and what comes next, of every channel: where the programme guide begins.

#include <algorithm>

#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/tv_guide/guide_words.h"
#include "stb-app/words.h"

namespace linli::app {

using input::Key;

namespace {

class NowNextScreen final : public ListScreen {
  public:
    explicit NowNextScreen(Context& context) : ListScreen(context) { focus_watched(); }

    void resume() override { reload(); }

  protected:
    std::string id() const override { return "tv-guide"; }
    std::string title() override { return context_.tr("TV guide"); }

    std::size_t load_rows() override {
        now_ = context_.now();
        return context_.guide == nullptr ? 0 : context_.guide->channels().size();
    }

    RowElement row(std::size_t index, RowUse) override {
        const epg::Channel& channel = context_.guide->channels()[index];
        epg::Guide::NowAndNext programme;
        if (now_) programme = context_.guide->now_and_next(channel.id, *now_);
        RowElement row;
        // Without its number: a row bears one number, that of the key that chooses it.
        row.title = channel.name;
        row.cells = {cell_of(programme.now)};
        // Extra large, two channels are more than one with what comes next.
        if (context_.layouter->theme().text_size() != TextSize::ExtraLarge) row.cells.push_back(cell_of(programme.next));
        if (!programme.now) row.cells[0].text = context_.tr("Programme not known");
        return row;
    }

    Action choose(std::size_t row) override {
        return Open{make_channel_day_screen(context_, context_.guide->channels()[row].id, std::nullopt)};
    }

    StateElement empty_state() override { return no_programme_state(context_); }

    std::vector<KeyHint> own_keys() override {
        return {{{Key::Green}, context_.tr("Tonight")},
                {{Key::Yellow}, context_.tr("Find")},
                {{Key::Blue}, context_.tr("Kinds")}};
    }

    Action press_own(Key key) override {
        if (context_.guide == nullptr) return Stay{};
        if (key == Key::Green) return Open{make_evening_screen(context_)};
        if (key == Key::Yellow) return Open{make_guide_search_screen(context_)};
        if (key == Key::Blue) return Open{make_genres_screen(context_)};
        return Stay{};
    }

  private:
    static RowCell cell_of(const std::optional<epg::Event>& event) {
        if (!event) return {};
        return {words::time_of_day(event->start), event->title};
    }

    void focus_watched() {
        const epg::Channel* watched = context_.viewing == nullptr ? nullptr : context_.viewing->channel();
        if (watched == nullptr || context_.guide == nullptr) return;
        const auto& channels = context_.guide->channels();
        auto found = std::ranges::find(channels, watched->id, &epg::Channel::id);
        if (found != channels.end()) focus_row(static_cast<std::size_t>(found - channels.begin()));
    }

    std::optional<std::chrono::sys_seconds> now_;
};

}  // namespace

std::unique_ptr<Screen> make_now_next_screen(Context& context) { return std::make_unique<NowNextScreen>(context); }

}  // namespace linli::app
