// Home: the portal's tiles, the television picture, and what is newest.

#include <algorithm>

#include "stb-app/screens/legend.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using content::Board;
using input::Key;

namespace {

constexpr int kHeadlineDigit = 9;
constexpr int kMostTiles = 8;

class HomeScreen final : public Screen {
  public:
    explicit HomeScreen(Context& context) : context_(context) {}

    Page describe() override {
        load();
        Page page = frame_page();
        std::string in_place_of_it = words::sound_only(context_);
        if (in_place_of_it.empty()) in_place_of_it = context_.tr("The television picture will appear here.");
        page.elements.push_back(LiveElement{context_.has_picture ? "" : in_place_of_it});
        std::size_t begin = first_tile();
        std::size_t end = std::min(begin + per_page_, portal_.tiles.size());
        for (std::size_t i = begin; i < end; ++i) page.elements.push_back(tile(i));
        if (headline_) page.elements.push_back(headline_element());
        std::size_t pages = (portal_.tiles.size() + per_page_ - 1) / per_page_;
        if (pages > 1) page.position = base::format("{} / {}", tile_ / per_page_ + 1, pages);
        switch (focus_) {
            case Focus::Live: page.focus = 0; break;
            case Focus::Tile: page.focus = 1 + tile_ - begin; break;
            case Focus::Headline: page.focus = page.elements.size() - 1; break;
        }
        return page;
    }

    Action press(Key key) override {
        load();
        if (auto digit = input::digit_of(key)) return press_digit(*digit);
        if (key == Key::Ok) return open_focused();
        if (key == Key::Yellow) return Open{make_search_screen(context_)};
        if (key == Key::PageDown || key == Key::ChannelDown) return turn(+1);
        if (key == Key::PageUp || key == Key::ChannelUp) return turn(-1);
        if (input::is_arrow(key)) move(key);
        return Stay{};
    }

    void reload() override { is_loaded_ = false; }
    /// Notices have come into force and expired meanwhile.
    void resume() override { reload(); }

  private:
    enum class Focus { Live, Tile, Headline };

    Page frame_page() {
        Page page;
        page.id = "home";
        page.arrangement = Arrangement::Home;
        page.legend = {{{Key::Up, Key::Down, Key::Left, Key::Right}, context_.tr("Select")},
                       {{Key::Ok}, context_.tr("Open")},
                       search_key(context_),
                       {{Key::Red}, context_.tr("Text size")},
                       {{Key::Back}, context_.tr("TV")}};
        return page;
    }

    void load() {
        if (is_loaded_) return;
        is_loaded_ = true;
        auto portal = context_.content.portal(context_.chain);
        portal_ = portal && *portal && !(*portal)->tiles.empty() ? **portal : default_portal();
        if (portal_.tiles.size() > kMostTiles) portal_.tiles.resize(kMostTiles);
        std::vector<TileElement> tiles;
        for (std::size_t i = 0; i < portal_.tiles.size(); ++i) tiles.push_back(tile(i));
        Page page = frame_page();
        page.position = "9 / 9";  // room for it
        per_page_ = context_.layouter->tiles_per_page(page, tiles);
        tile_ = std::min(tile_, portal_.tiles.size() - 1);

        headline_.reset();
        auto newest = context_.content.items(Board::Notices, "", context_.chain, context_.now(), {.most = 1});
        if (newest && !newest->empty()) headline_ = newest->front();
        if (headline_ && !context_.layouter->headline_fits(page, headline_element())) headline_.reset();
        if (focus_ == Focus::Headline && !headline_) focus_ = Focus::Tile;
    }

    /// Until the first sync there is no portal: what always works stands here.
    content::Portal default_portal() const {
        return {{{Board::Notices, "", "bullhorn", context_.tr("Notices")},
                 {Board::Services, "", "storefront", context_.tr("Services")},
                 {Board::Guides, "", "map-marker-path", context_.tr("Guides")},
                 {Board::Appointments, "", "calendar-check", context_.tr("Bookings")},
                 {Board::Live, "", "television", context_.tr("Live TV")},
                 {Board::Settings, "", "cog", context_.tr("Settings")}}};
    }

    std::size_t first_tile() const { return tile_ / per_page_ * per_page_; }

    TileElement tile(std::size_t index) const {
        const content::Tile& tile = portal_.tiles[index];
        return {static_cast<int>(index) + 1, tile.label, tile.icon, static_cast<int>(index)};
    }

    HeadlineElement headline_element() const {
        bool is_urgent = headline_->urgency == content::Urgency::Urgent;
        return {kHeadlineDigit, is_urgent ? context_.tr("Urgent") : context_.tr("Latest"), headline_->title};
    }

    void move(Key key) {
        // Down from the last tile of a page and up from its first lead to the next page of tiles.
        Page page = describe();
        Frame frame = context_.layouter->lay_out(page);
        std::size_t to = neighbour(page, frame, key);
        if (to == page.focus && focus_ == Focus::Tile) {
            if (key == Key::Down) turn(+1);
            if (key == Key::Up) turn(-1);
            return;
        }
        if (std::holds_alternative<LiveElement>(page.elements[to])) focus_ = Focus::Live;
        else if (std::holds_alternative<HeadlineElement>(page.elements[to])) focus_ = Focus::Headline;
        else {
            std::size_t begin = first_tile();
            focus_ = Focus::Tile;
            tile_ = begin + to - 1;
        }
    }

    Action turn(int pages) {
        auto begin = static_cast<std::ptrdiff_t>(first_tile()) + pages * static_cast<std::ptrdiff_t>(per_page_);
        if (begin < 0 || begin >= static_cast<std::ptrdiff_t>(portal_.tiles.size())) return Stay{};
        focus_ = Focus::Tile;
        tile_ = static_cast<std::size_t>(begin);
        return Stay{};
    }

    Action press_digit(int digit) {
        if (digit == 0) return GoLive{};
        if (digit == kHeadlineDigit && headline_) {
            focus_ = Focus::Headline;
            return open_focused();
        }
        auto index = static_cast<std::size_t>(digit) - 1;
        if (index >= portal_.tiles.size()) return Stay{};
        focus_ = Focus::Tile;
        tile_ = index;
        return open_focused();
    }

    Action open_focused() {
        if (focus_ == Focus::Live) return GoLive{};
        if (focus_ == Focus::Headline) return Open{make_item_screen(context_, headline_->key)};
        const content::Tile& tile = portal_.tiles[tile_];
        if (auto screen = make_board_screen(context_, tile.board, tile.category)) return Open{std::move(screen)};
        return GoLive{};
    }

    Context& context_;
    bool is_loaded_ = false;
    content::Portal portal_;
    std::optional<content::ItemRow> headline_;
    std::size_t per_page_ = 1;
    Focus focus_ = Focus::Tile;
    std::size_t tile_ = 0;
};

}  // namespace

std::unique_ptr<Screen> make_home_screen(Context& context) { return std::make_unique<HomeScreen>(context); }

std::unique_ptr<Screen> make_board_screen(Context& context, Board board, const std::string& category) {
    switch (board) {
        case Board::Notices:
        case Board::Guides:
        case Board::Classes: return make_item_list_screen(context, board, category);
        case Board::Services:
            if (category.empty()) return make_category_screen(context, board);
            return make_item_list_screen(context, board, category);
        case Board::Appointments: return make_booking_board_screen(context);
        case Board::Results: return make_results_screen(context);
        case Board::Settings: return make_settings_screen(context);
        case Board::Live: return nullptr;
    }
    return nullptr;
}

}  // namespace linli::app
