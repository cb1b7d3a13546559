#include "content/text_encoding.h"

#include <algorithm>
#include <cctype>

#include "middleware/text/utf8.h"

namespace linli::content {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The first byte that is not UTF-8.
std::size_t find_damage(std::string_view bytes) {
    std::string_view rest = bytes;
    while (!rest.empty()) {
        std::size_t offset = bytes.size() - rest.size();
        if (static_cast<unsigned char>(rest.front()) < 0x80) {
            rest.remove_prefix(1);
            continue;
        }
        bool is_replacement = rest.starts_with(kReplacement);
        if (text::take_character(rest) == 0xFFFD && !is_replacement) return offset;
    }
    return bytes.size();
}

/// Whether all bytes above ASCII come in the pairs of GBK.
bool looks_like_gbk(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) continue;
        if (lead == 0x80 || lead == 0xFF || ++i == bytes.size()) return false;
        auto trail = static_cast<unsigned char>(bytes[i]);
        if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return false;
    }
    return true;
}

/// The value of encoding="…" in the XML declaration.
std::string_view declared_encoding(std::string_view bytes) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (!bytes.starts_with("<?xml")) return {};
    std::string_view declaration = bytes.substr(0, bytes.find("?>"));
    auto at = declaration.find("encoding");
    if (at == std::string_view::npos) return {};
    auto begin = declaration.find_first_of("\"'", at);
    if (begin == std::string_view::npos) return {};
    auto end = declaration.find(declaration[begin], begin + 1);
    return end == std::string_view::npos ? std::string_view()
                                         : declaration.substr(begin + 1, end - begin - 1);
}

bool is_utf8_name(std::string_view name) {
    constexpr std::string_view kName = "utf-8";
    return std::ranges::equal(name, kName, {}, [](unsigned char c) { return std::tolower(c); });
}

}  // namespace

xml::Place place_of(std::string_view bytes, std::size_t offset) {
    std::string_view before = bytes.substr(0, offset);
    auto line_start = before.rfind('\n');
    return {static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
            line_start == std::string_view::npos ? offset + 1 : offset - line_start, offset};
}

std::optional<Fault> check_encoding(std::string_view bytes) {
    const Message kSaveAgain = {N_("the file saved again with the encoding UTF-8"), {}};
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return Fault{{},
                     {},
                     {N_("this file is written in UTF-16 (Windows calls it Unicode)"), {}},
                     kSaveAgain};
    std::size_t damage = find_damage(bytes);
    if (damage < bytes.size()) {
        Message what = looks_like_gbk(bytes)
                           ? Message{N_("this file is written in GBK (Windows calls it ANSI)"), {}}
                           : Message{N_("a byte that is not UTF-8: the file is damaged, or written "
                                        "in another encoding"),
                                     {}};
        return Fault{{}, place_of(bytes, damage), what, kSaveAgain};
    }
    std::string_view declared = declared_encoding(bytes);
    if (declared.empty() || is_utf8_name(declared)) return std::nullopt;
    return Fault{{},
                 {},
                 {N_("the first line says encoding=\"{}\""), {std::string(declared)}},
                 {"encoding=\"UTF-8\"", {}}};
}

}  // namespace linli::content
