#include "platform/importers/editor_file.h"

#include <algorithm>
#include <string_view>

#include "content/exchange_writer.h"

namespace linli::platform {
namespace {

constexpr std::size_t kIndent = 2;

/// Puts every element that holds elements, and every element in it, on lines of its own. The
/// canonical form has either elements or text in an element, and no `>` within a tag.
std::string indent(std::string_view xml) {
    std::string out;
    std::size_t depth = 0;
    bool is_after_start = false;
    while (!xml.empty()) {
        std::size_t begin = std::min(xml.find('<'), xml.size());
        std::string_view text = xml.substr(0, begin);
        xml.remove_prefix(begin);
        if (text.find_first_not_of("\r\n ") != text.npos) out += text;
        if (xml.empty()) break;
        std::string_view tag = xml.substr(0, xml.find('>') + 1);
        xml.remove_prefix(tag.size());
        bool is_end = tag.starts_with("</");
        if (is_end) --depth;
        // The end tag of a text, or of nothing, stays where it is.
        if (!is_end || !is_after_start) {
            if (!out.empty()) out += '\n';
            out.append(depth * kIndent, ' ');
        }
        out += tag;
        is_after_start = !is_end && !tag.ends_with("/>") && !tag.starts_with("<?");
        if (is_after_start) ++depth;
    }
    return out + "\n";
}

}  // namespace

std::string write_editor_file(const content::AreaCode& area, std::span<const content::Item> items) {
    return indent(content::write_exchange(area, items));
}

}  // namespace linli::platform
