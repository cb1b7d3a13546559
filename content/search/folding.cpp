#include "content/search/folding.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "middleware/text/utf8.h"

namespace linli::content::search {

namespace {

constexpr char32_t kFirstPrivate = 0xE000;
constexpr char32_t kPrivateCount = 6400;
/// From here on a line break between two characters is nothing: Chinese and its neighbours.
constexpr char16_t kFirstWithoutSpaces = 0x2E80;

/// Of the characters below U+0080 only these can be in a word.
constexpr std::array<char16_t, 128> kAscii = [] {
    std::array<char16_t, 128> table{};
    for (char16_t c = '0'; c <= '9'; ++c) table[c] = c;
    for (char16_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = c;
    return table;
}();

constexpr bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// @spec the blocks of the Unicode Standard
char16_t fold(char32_t c) {
    if (c < 0x80) return kAscii[c];
    if (is_between(c, 0x4E00, 0x9FFF)) return static_cast<char16_t>(c);      // CJK unified ideographs
    if (is_between(c, 0xFF01, 0xFF5E)) return kAscii[c - 0xFF01 + 0x21];     // full-width forms
    if (c < 0xC0 || c == 0xD7 || c == 0xF7) return kBreak;                   // signs of Latin-1
    if (is_between(c, 0xC0, 0xDE)) return static_cast<char16_t>(c + 0x20);   // its capital letters
    if (is_between(c, 0x2000, 0x2E7F)) return kBreak;                        // punctuation and symbols
    if (is_between(c, 0x3000, 0x3004) || is_between(c, 0x3008, 0x3020)) return kBreak;  // 、。〈〉「」〒
    if (is_between(c, 0x3030, 0x303F) || is_between(c, 0xD800, 0xF8FF)) return kBreak;
    if (is_between(c, 0xFE00, 0xFE6F) || is_between(c, 0xFFE0, 0xFFFF)) return kBreak;
    if (is_between(c, 0x20000, 0x3FFFF)) return static_cast<char16_t>(kFirstPrivate + c % kPrivateCount);
    return c > 0xFFFF ? kBreak : static_cast<char16_t>(c);
}

/// Writes folded characters, with one break where there is a gap between them.
class Folding {
  public:
    explicit Folding(char16_t* begin) : begin_(begin), end_(begin) {}

    void put(char16_t unit) {
        if (unit == kBreak) {
            gap_ = Gap::Break;
            return;
        }
        if (gap_ != Gap::None) close_gap(unit);
        *end_++ = unit;
    }
    void put_ascii(char c) {
        if (c == '\n' || c == '\r') {
            gap_ = std::max(gap_, Gap::Line);
        } else if ((c == ' ' || c == '\t') && gap_ == Gap::Line) {
            // the next line is indented
        } else {
            put(kAscii[static_cast<unsigned char>(c)]);
        }
    }
    /// Takes one character off, which is not below U+0080.
    const char* put_wide(const char* at, const char* end) {
        auto first = static_cast<unsigned char>(*at);
        if (is_between(first, 0xE4, 0xE9) && end - at >= 3) {  // nearly all of Chinese
            put(fold(static_cast<char32_t>((first & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F))));
            return at + 3;
        }
        std::string_view rest(at, static_cast<std::size_t>(end - at));
        put(fold(text::take_character(rest)));
        return rest.data();
    }
    void put_text(std::string_view text) {
        const char* end = text.data() + text.size();
        for (const char* at = text.data(); at != end;) {
            if (static_cast<unsigned char>(*at) >= 0x80) {
                at = put_wide(at, end);
            } else {
                put_ascii(*at++);
            }
        }
    }
    void put_break() { gap_ = Gap::Break; }
    char16_t* finish() {
        if (end_ != begin_ && end_[-1] != kBreak) *end_++ = kBreak;
        return end_;
    }

  private:
    enum class Gap { None, Line, Break };

    void close_gap(char16_t next) {
        bool is_nothing = gap_ == Gap::Line && end_ != begin_ && end_[-1] >= kFirstWithoutSpaces && next >= kFirstWithoutSpaces;
        if (!is_nothing && end_ != begin_ && end_[-1] != kBreak) *end_++ = kBreak;
        gap_ = Gap::None;
    }

    char16_t* begin_;
    char16_t* end_;
    Gap gap_ = Gap::None;
};

/// Walks over the markup of an item. What it is given is well-formed: a reader has been there before.
class MarkupFolding {
  public:
    MarkupFolding(std::string_view xml, Title title, Folding& folding)
        : at_(xml.data()), end_(xml.data() + xml.size()), title_(title), folding_(folding) {}

    void run() {
        while (at_ != end_) {
            char c = *at_;
            if (static_cast<unsigned char>(c) >= 0x80) {
                at_ = folding_.put_wide(at_, end_);
            } else if (c == '<') {
                take_markup();
            } else if (c == '&') {
                take_reference();
            } else {
                folding_.put_ascii(c);
                ++at_;
            }
        }
    }

  private:
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    std::string_view take_until(std::string_view mark) {
        auto at = rest().find(mark);
        std::string_view taken = rest().substr(0, at);
        at_ = at == taken.npos ? end_ : at_ + at + mark.size();
        return taken;
    }
    void take_reference() {
        std::string_view name = take_until(";").substr(1);
        if (!name.starts_with('#')) return folding_.put_break();  // <, >, &, ' and " are no letters
        name.remove_prefix(1);
        int base = name.starts_with('x') ? 16 : 10;
        if (base == 16) name.remove_prefix(1);
        std::uint32_t character = 0;
        std::from_chars(name.data(), name.data() + name.size(), character, base);
        folding_.put(fold(character));
    }
    void take_markup() {
        char kind = rest().size() > 1 ? at_[1] : '>';
        if (kind == '?') return void(take_until("?>"));
        if (kind == '!') return take_declaration();
        folding_.put_break();
        if (kind == '/') return void(take_until(">"));
        bool is_title = title_ == Title::Without && (rest().starts_with("<title") || rest().starts_with("<name"));
        take_start_tag();
        if (!is_title) return;
        title_ = Title::With;  // what comes is none
        take_until("</");
        take_until(">");
    }
    void take_declaration() {
        if (!rest().starts_with("<![CDATA[")) return void(take_until("-->"));
        take_until("[CDATA[");
        folding_.put_text(take_until("]]>"));
    }
    /// A value may hold what would end a tag.
    void take_start_tag() {
        while (at_ != end_) {
            char c = *at_++;
            if (c == '>') return;
            if (c == '"' || c == '\'') take_until(std::string_view(&c, 1));
        }
    }

    const char* at_;
    const char* end_;
    Title title_;
    Folding& folding_;
};

/// Room for the units of so many bytes, which `write` fills.
template <typename Write>
void append(std::u16string& units, std::size_t bytes, Write write) {
    std::size_t before = units.size();
    units.resize_and_overwrite(before + bytes + 1, [&](char16_t* begin, std::size_t) {
        Folding folding(begin + before);
        write(folding);
        return static_cast<std::size_t>(folding.finish() - begin);
    });
}

}  // namespace

void fold_text(std::string_view utf8, std::u16string& units) {
    append(units, utf8.size(), [&](Folding& folding) { folding.put_text(utf8); });
}

void fold_item(std::string_view xml, Title title, std::u16string& units) {
    append(units, xml.size(), [&](Folding& folding) { MarkupFolding(xml, title, folding).run(); });
}

}  // namespace linli::content::search
