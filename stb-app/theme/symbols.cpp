#include "stb-app/theme/symbols.h"

#include <algorithm>
#include <utility>

#include "middleware/text/utf8.h"

namespace linli::app {
namespace {

/// Code points of Material Design Icons 1.6 (Debian's fonts-materialdesignicons-webfont), by our names, in the
/// order of the names.
constexpr std::pair<std::string_view, char32_t> kSymbols[] = {
    {"access-point", 0xF002},
    {"account-card-details", 0xF5D2},
    {"account-circle", 0xF009},
    {"account-group", 0xF00E},
    {"alert", 0xF026},
    {"arrow-down-bold", 0xF046},
    {"arrow-left-bold", 0xF04E},
    {"arrow-right-bold", 0xF055},
    {"arrow-up-bold", 0xF05E},
    {"baby-carriage", 0xF06C},
    {"bell", 0xF09A},
    {"book-open-variant", 0xF0BE},
    {"briefcase", 0xF0D6},
    {"broom", 0xF0E2},
    {"bullhorn", 0xF0E6},
    {"bus", 0xF0E7},
    {"calendar-check", 0xF0EF},
    {"card-account-details", 0xF5D2},
    {"cart", 0xF110},
    {"cash", 0xF114},
    {"check", 0xF12C},
    {"check-circle", 0xF5E0},
    {"checkbox-blank-circle", 0xF12F},
    {"checkbox-blank-circle-outline", 0xF130},
    {"chevron-left", 0xF141},
    {"chevron-right", 0xF142},
    {"clock", 0xF150},
    {"cog", 0xF493},
    {"file-document", 0xF219},
    {"file-find", 0xF21E},
    {"fire", 0xF238},
    {"flash", 0xF241},
    {"format-size", 0xF27F},
    {"hand-heart", 0xF2D5},
    {"home", 0xF2DC},
    {"home-heart", 0xF2DE},
    {"hospital-box", 0xF2E0},
    {"human-cane", 0xF64A},
    {"image", 0xF2E9},
    {"inbox", 0xF2FB},
    {"information", 0xF2FC},
    {"lan-disconnect", 0xF319},
    {"lock", 0xF33E},
    {"magnify", 0xF349},
    {"map-marker", 0xF34E},
    {"map-marker-path", 0xF1D0},
    {"movie", 0xF381},
    {"music", 0xF387},
    {"office-building", 0xF1D7},
    {"palette", 0xF3D8},
    {"palm-tree", 0xF092},
    {"phone", 0xF3F2},
    {"pill", 0xF402},
    {"recycle", 0xF44C},
    {"ring", 0xF1C8},
    {"run", 0xF46E},
    {"scale-balance", 0xF5D1},
    {"school", 0xF474},
    {"scissors-cutting", 0xF190},
    {"shield-account", 0xF498},
    {"silverware-fork-knife", 0xF4A6},
    {"storefront", 0xF4DC},
    {"television", 0xF502},
    {"timer-sand", 0xF51F},
    {"tools", 0xF5B7},
    {"translate", 0xF5CA},
    {"truck-delivery", 0xF53E},
    {"undo-variant", 0xF54D},
    {"water", 0xF58C},
    {"weather-partly-cloudy", 0xF595},
    {"wifi-off", 0xF5AA},
};
static_assert(std::ranges::is_sorted(kSymbols, {}, &std::pair<std::string_view, char32_t>::first));

}  // namespace

std::string symbol(std::string_view name) {
    auto find = [](std::string_view wanted) {
        return std::ranges::lower_bound(kSymbols, wanted, {}, &std::pair<std::string_view, char32_t>::first);
    };
    auto found = find(name);
    if (found == std::end(kSymbols) || found->first != name) found = find("information");
    std::string out;
    text::append_utf8(out, found->second);
    return out;
}

}  // namespace linli::app
