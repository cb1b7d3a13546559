#include "stb-app/screens/text_screen.h"

#include <algorithm>
#include <utility>

#include "middleware/base/file.h"
#include "stb-app/screens/legend.h"
#include "stb-app/screens/object_hash.h"

namespace linli::app {

using input::Key;

std::vector<TextScreen::Button> TextScreen::buttons() {
    std::vector<Button> buttons;
    bool has_next = index_ + 1 < pages_.size();
    if (has_next) buttons.push_back({Button::Kind::Next, 0, context_.tr("Next page")});
    if (!has_next || action_pages() == ActionPages::All)
        for (std::size_t i = 0; i < actions_.size(); ++i) buttons.push_back({Button::Kind::Own, i, actions_[i]});
    if (!has_next) buttons.push_back({Button::Kind::Back, 0, back_word()});
    return buttons;
}

Page TextScreen::frame_page() {
    Page page;
    page.id = id();
    // The title stands over the first page; the others are for the text.
    if (index_ == 0) page.title = first_title_.empty() ? title() : first_title_;
    page.legend = text_legend(context_, Pages::Several, context_.tr("Next page"));
    return page;
}

void TextScreen::load() {
    if (has_pages_) return;
    has_pages_ = true;
    actions_ = actions();
    first_title_.clear();
    index_ = 0;
    Page page = frame_page();
    page.position = "99 / 99";
    // Room for the most buttons there can be.
    page.elements.push_back(ButtonElement{context_.tr("Next page")});
    for (const std::string& action : actions_) page.elements.push_back(ButtonElement{action});
    std::vector<Element> all = elements();
    context_.layouter->keep_number_with_state(page, all);
    first_title_ = page.title;
    Page rest = page;
    rest.title.clear();
    pages_ = context_.layouter->paginate(page, rest, std::move(all));
    index_ = 0;
    while (index_ + 1 < pages_.size() && text_before(index_ + 1) <= place_) ++index_;
    focus_first_button();
}

void TextScreen::focus_first_button() {
    bool is_last_page = index_ + 1 == pages_.size();
    button_ = is_last_page && first_button() == FirstButton::Back ? buttons().size() - 1 : 0;
}

std::size_t TextScreen::text_before(std::size_t page) const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < page; ++i)
        for (const Element& element : pages_[i]) bytes += element_text(element).size();
    return bytes;
}

Page TextScreen::describe() {
    load();
    Page page = frame_page();
    page.elements = pages_[index_];
    std::vector<Button> all = buttons();
    button_ = std::min(button_, all.size() - 1);
    page.focus = page.elements.size() + button_;
    for (Button& button : all) page.elements.push_back(ButtonElement{button.label});
    bool has_pages = pages_.size() > 1;
    if (has_pages) page.position = base::format("{} / {}", index_ + 1, pages_.size());
    page.legend = text_legend(context_, has_pages ? Pages::Several : Pages::One, all[button_].label,
                              all.size() > 1 ? Buttons::Several : Buttons::One);
    shown();
    return page;
}

void TextScreen::turn(int pages) {
    auto last = static_cast<std::ptrdiff_t>(pages_.size()) - 1;
    auto to = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(index_) + pages, 0, last));
    if (to == index_) return;
    index_ = to;
    place_ = text_before(index_);
    focus_first_button();
}

Action TextScreen::press(Key key) {
    load();
    std::vector<Button> all = buttons();
    button_ = std::min(button_, all.size() - 1);
    switch (key) {
        case Key::Ok:
            switch (all[button_].kind) {
                case Button::Kind::Next: turn(+1); return Stay{};
                case Button::Kind::Own: return act(all[button_].action);
                case Button::Kind::Back: return GoBack{};
            }
            return Stay{};
        case Key::Left:
            if (all.size() == 1) turn(-1);
            else if (button_ > 0) --button_;
            return Stay{};
        case Key::Right:
            if (all.size() == 1) turn(+1);
            else if (button_ + 1 < all.size()) ++button_;
            return Stay{};
        case Key::Up:
        case Key::PageUp:
        case Key::ChannelUp: turn(-1); return Stay{};
        case Key::Down:
        case Key::PageDown:
        case Key::ChannelDown: turn(+1); return Stay{};
        default: return Stay{};
    }
}

namespace {

/// A picture takes at most this share of the height of the screen, so that its text stands with it.
constexpr double kPictureShare = 0.45;
constexpr double kPictureShareSd = 0.30;

/// The pictures that were shown longest ago are the first to leave a full disk; when that was is told by the time of
/// the file, set at most once a day. It never goes back, as the clock does at a start.
void note_shown(const std::filesystem::path& file) {
    std::error_code error;
    auto now = std::filesystem::file_time_type::clock::now();
    auto shown = std::filesystem::last_write_time(file, error);
    if (!error && now - shown >= std::chrono::hours(24)) std::filesystem::last_write_time(file, now, error);
}

/// Null while it is not there; then it is asked for.
std::shared_ptr<const graphics::Image> load_picture(const Context& context, const std::string& src) {
    std::string hash = object_hash(src);
    if (hash.empty()) return nullptr;
    std::filesystem::path file = context.objects / hash;
    auto bytes = base::read_file(file, 8u << 20);
    if (!bytes) {
        if (context.want_object) context.want_object(std::move(hash));
        return nullptr;
    }
    note_shown(file);
    auto image = graphics::decode_image(*bytes);
    if (!image) {
        context.log.warning(base::format("picture {}: {}", src, image.error().message));
        return nullptr;
    }
    const Theme& theme = context.layouter->theme();
    Size bounds{theme.safe_area().width, static_cast<Pixels>(theme.screen().height * (theme.is_sd() ? kPictureShareSd : kPictureShare))};
    return std::make_shared<graphics::Image>(graphics::scale_image(*image, graphics::fit_within(image->size, bounds)));
}

}  // namespace

std::vector<Element> body_elements(const Context& context, const content::Body& body) {
    std::vector<Element> elements;
    for (const content::Block& block : body) {
        if (const auto* heading = std::get_if<content::Heading>(&block)) {
            elements.push_back(HeadingElement{heading->text});
        } else if (const auto* paragraph = std::get_if<content::Paragraph>(&block)) {
            elements.push_back(ParagraphElement{.text = paragraph->text});
        } else if (const auto* list = std::get_if<content::List>(&block)) {
            int number = 0;
            for (const std::string& entry : list->entries) {
                std::string marker = list->style == content::ListStyle::Numbers ? base::format("{}.", ++number) : "•";
                elements.push_back(ParagraphElement{.text = entry, .marker = marker});
            }
        } else if (const auto* table = std::get_if<content::Table>(&block)) {
            elements.push_back(TableElement{table->rows});
        } else if (const auto* picture = std::get_if<content::Picture>(&block)) {
            elements.push_back(PictureElement{load_picture(context, picture->object.src), picture->alt, picture->caption});
        }
    }
    return elements;
}

}  // namespace linli::app
