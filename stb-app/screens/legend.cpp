#include "stb-app/screens/legend.h"

#include <iterator>

namespace linli::app {

using input::Key;

std::vector<KeyHint> list_legend(const Context& context, Pages pages, const std::string& choose,
                                 std::vector<KeyHint> own) {
    std::vector<KeyHint> legend{{{Key::Up, Key::Down}, context.tr("Select")}, {{Key::Ok}, choose}};
    if (pages == Pages::Several) legend.push_back({{Key::Left, Key::Right}, context.tr("Turn page")});
    std::ranges::move(own, std::back_inserter(legend));
    legend.push_back({{Key::Red}, context.tr("Text size")});
    legend.push_back({{Key::Back}, context.tr("Back")});
    return legend;
}

std::vector<KeyHint> text_legend(const Context& context, Pages pages, const std::string& ok, Buttons buttons) {
    std::vector<KeyHint> legend;
    if (pages == Pages::Several) legend.push_back({{Key::Up, Key::Down}, context.tr("Turn page")});
    else if (buttons == Buttons::Several) legend.push_back({{Key::Left, Key::Right}, context.tr("Select")});
    legend.push_back({{Key::Ok}, ok});
    legend.push_back({{Key::Red}, context.tr("Text size")});
    legend.push_back({{Key::Back}, context.tr("Back")});
    legend.push_back({{Key::Home}, context.tr("Home")});
    return legend;
}

KeyHint search_key(const Context& context) { return {{Key::Yellow}, context.tr("Find")}; }

}  // namespace linli::app
