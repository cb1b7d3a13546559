#include "stb-app/screens/digit_list_screen.h"

#include <utility>

namespace linli::app {

using input::Key;

namespace {

constexpr std::size_t kMostDigits = 20;

KeyHint type_hint(const Context& context) { return {{Key::Digit0, Key::Digit9}, context.tr("Type")}; }
KeyHint delete_hint(const Context& context) { return {{Key::Left}, context.tr("Delete")}; }

}  // namespace

/// Extra large, the field says enough and leaves the room to what is found.
std::string DigitListScreen::title() {
    bool is_extra_large = context_.layouter->theme().text_size() == TextSize::ExtraLarge;
    return is_extra_large ? std::string() : context_.tr("Find");
}

std::vector<Element> DigitListScreen::head() { return {TypedElement{digits_}}; }

bool DigitListScreen::take(Key key) {
    if (auto digit = input::digit_of(key)) {
        if (digits_.size() < kMostDigits) digits_ += static_cast<char>('0' + *digit);
    } else if (key == Key::Left) {
        if (!digits_.empty()) digits_.pop_back();
    } else {
        // There is nothing to open.
        return key == Key::Ok && count() == 0;
    }
    start_again();
    return true;
}

/// As much of it as there is room for, the hint rather than the sentence: the field is what this page is about.
void DigitListScreen::describe_empty(Page& page) {
    StateElement state = empty_state();
    std::vector<Element> elements = std::exchange(page.elements, {});
    page.focus = 0;
    page.legend = {type_hint(context_)};
    if (!digits_.empty()) page.legend.push_back(delete_hint(context_));
    page.legend.push_back({{Key::Back}, context_.tr("Back")});
    elements.push_back(HeadingElement{state.sentence});
    elements.push_back(ParagraphElement{.text = state.hint});
    auto fits = [&] { return context_.layouter->paginate(page, page, elements).size() == 1; };
    if (!fits()) std::get<ParagraphElement>(elements.back()).tone = Tone::Muted;
    if (!fits()) elements.erase(elements.begin() + 1);
    page.elements = std::move(elements);
}

std::vector<KeyHint> DigitListScreen::legend(Pages) {
    return {type_hint(context_),
            delete_hint(context_),
            {{Key::Up, Key::Down}, context_.tr("Select")},
            {{Key::Ok}, context_.tr("Open")},
            {{Key::Back}, context_.tr("Back")}};
}

}  // namespace linli::app
