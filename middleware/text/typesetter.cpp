// Where a line may end is the Unicode line breaking algorithm (UAX #14, by libunibreak). What it leaves to the
// typographer is here, after the W3C's "Requirements for Chinese Text Layout" (clreq) §3.1 and §3.2:
//   compression of adjacent punctuation        Typesetter.AdjacentPunctuationSharesItsBlank
//   half-width punctuation at the line's end   Typesetter.PunctuationAtTheEndOfALineGivesUpItsBlank
//   space between Han and Latin                Typesetter.SpaceStandsBetweenHanAndLatin
//   no lone last character                     Typesetter.LastLineHasCompany

#include "middleware/text/typesetter.h"

#include <linebreak.h>

#include <algorithm>
#include <mutex>
#include <span>

#include "middleware/text/utf8.h"

namespace linli::text {
namespace {

/// The space between Han and Latin, in em.
constexpr float kHanLatinSpace = 0.22f;
/// The blank half of a full-width punctuation mark, in em.
constexpr float kPunctuationBlank = 0.5f;

/// Full-width marks whose ink is in the left half.
bool is_closing(char32_t c) {
    switch (c) {
        case U'，': case U'。': case U'、': case U'；': case U'：': case U'！': case U'？':
        case U'）': case U'》': case U'」': case U'』': case U'】': case U'〉': case U'〕':
            return true;
        default: return false;
    }
}

/// Full-width marks whose ink is in the right half.
bool is_opening(char32_t c) {
    switch (c) {
        case U'（': case U'《': case U'「': case U'『': case U'【': case U'〈': case U'〔':
            return true;
        default: return false;
    }
}

bool is_latin(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
           (c >= 0xC0 && c < 0x250) || c == U'%' || c == U'+' || c == U'#';
}

char32_t narrow_quotation_mark(char32_t c) {
    switch (c) {
        case U'‘': case U'’': return U'\'';
        case U'“': case U'”': return U'"';
        default: return c;
    }
}

bool is_ideograph(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF); }

bool has_ideograph(std::string_view text) {
    while (!text.empty())
        if (is_ideograph(take_character(text))) return true;
    return false;
}

}  // namespace

struct Typesetter::Glyph {
    char32_t character = 0;
    /// Just after its bytes in the text.
    std::size_t end = 0;
    Face face = Face::Regular;
    float advance = 0;
    /// Moved by this much against the natural place: negative where punctuation is compressed.
    float shift = 0;
    /// Blank at its right that may be given up at the end of a line.
    float trailing_blank = 0;
    bool can_break_after = false;
    bool is_space = false;
};

std::vector<Typesetter::Glyph> Typesetter::shape(std::string_view text, FontSpec font) {
    static std::once_flag initialised;  // libunibreak builds its index once a process
    std::call_once(initialised, init_linebreak);

    std::vector<char> breaks(text.size());
    // In Chinese, quotation marks open and close; elsewhere an apostrophe may be one.
    bool is_chinese = has_ideograph(text);
    set_linebreaks_utf8(reinterpret_cast<const utf8_t*>(text.data()), text.size(), is_chinese ? "zh" : "en", breaks.data());

    auto em = static_cast<float>(font.size);
    std::vector<Glyph> glyphs;
    glyphs.reserve(text.size() / 2);
    char32_t previous = 0;
    for (std::string_view rest = text; !rest.empty();) {
        Glyph glyph;
        glyph.character = take_character(rest);
        // A Chinese font draws these as wide as an ideograph; in Latin text the typewriter's forms stand well.
        if (!is_chinese) glyph.character = narrow_quotation_mark(glyph.character);
        glyph.end = text.size() - rest.size();
        glyph.can_break_after = breaks[glyph.end - 1] == LINEBREAK_ALLOWBREAK;
        glyph.is_space = glyph.character == U' ' || glyph.character == U'\u3000';
        glyph.face = font.face;
        if (!glyph.is_space && !metrics_.has(glyph.character, font.face) &&
            metrics_.has(glyph.character, Face::Fallback))
            glyph.face = Face::Fallback;
        glyph.advance = metrics_.advance(glyph.character, {glyph.face, font.size});
        if (is_closing(glyph.character) && glyph.advance > 0.9f * em) glyph.trailing_blank = kPunctuationBlank * em;

        bool is_first = glyphs.empty();
        if (!is_first && is_closing(previous) && (is_closing(glyph.character) || is_opening(glyph.character)))
            glyph.shift = -kPunctuationBlank * em;
        else if (!is_first && is_opening(previous) && is_opening(glyph.character))
            glyph.shift = -kPunctuationBlank * em;
        else if ((is_ideograph(previous) && is_latin(glyph.character)) ||
                 (is_latin(previous) && is_ideograph(glyph.character)))
            glyph.shift = kHanLatinSpace * em;
        previous = glyph.character;
        glyphs.push_back(glyph);
    }
    return glyphs;
}

namespace {

/// Lays glyphs[begin, end) out on one line.
template <typename Glyph>
Line lay_out(std::span<const Glyph> glyphs) {
    Line line;
    while (!glyphs.empty() && glyphs.back().is_space) glyphs = glyphs.first(glyphs.size() - 1);
    float x = 0;
    bool is_first = true;
    for (const Glyph& glyph : glyphs) {
        // What stands before a glyph only counts inside a line.
        float shift = is_first ? 0 : glyph.shift;
        x += shift;
        if (is_first || shift != 0 || line.runs.back().face != glyph.face)
            line.runs.push_back({x, {}, glyph.face});
        append_utf8(line.runs.back().text, glyph.character);
        x += glyph.advance;
        is_first = false;
    }
    line.width = glyphs.empty() ? 0 : x - glyphs.back().trailing_blank;
    return line;
}

/// How many glyphs, from the first, go on the next line of `width`.
template <typename Glyph>
std::size_t fill_line(std::span<const Glyph> glyphs, float width) {
    float x = 0;
    std::size_t last_break = 0;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const Glyph& glyph = glyphs[i];
        float end = x + (i == 0 ? 0 : glyph.shift) + glyph.advance;
        if (!glyph.is_space && end - glyph.trailing_blank > width + 0.01f)
            return last_break > 0 ? last_break : std::max<std::size_t>(i, 1);
        x = end;
        if (glyph.can_break_after) last_break = i + 1;
    }
    return glyphs.size();
}

}  // namespace

void Typesetter::set_paragraph(std::string_view text, std::size_t offset, FontSpec font, float width,
                               std::vector<Line>& lines) {
    std::vector<Glyph> glyphs = shape(text, font);
    std::vector<std::size_t> ends;
    for (std::size_t begin = 0; begin < glyphs.size();) {
        begin += fill_line(std::span<const Glyph>(glyphs).subspan(begin), width);
        ends.push_back(begin);
    }
    if (ends.empty()) ends.push_back(0);

    if (ends.size() >= 2) {
        // Count what stands on the last line; when it is one ideograph, fetch the one before it.
        std::size_t last = ends[ends.size() - 2];
        auto ideographs = std::ranges::count_if(glyphs.begin() + static_cast<std::ptrdiff_t>(last), glyphs.end(),
                                                [](const Glyph& glyph) { return is_ideograph(glyph.character); });
        bool has_only_han = std::ranges::none_of(glyphs.begin() + static_cast<std::ptrdiff_t>(last), glyphs.end(),
                                                 [](const Glyph& glyph) { return is_latin(glyph.character); });
        if (ideographs <= 1 && has_only_han) {
            std::size_t line_begin = ends.size() >= 3 ? ends[ends.size() - 3] : 0;
            for (std::size_t earlier = last - 1; earlier > line_begin + 1; --earlier) {
                if (!glyphs[earlier - 1].can_break_after) continue;
                auto moved = std::span<const Glyph>(glyphs).subspan(earlier);
                if (fill_line(moved, width) == moved.size()) ends[ends.size() - 2] = earlier;
                break;
            }
        }
    }

    std::size_t begin = 0;
    for (std::size_t end : ends) {
        Line line = lay_out(std::span<const Glyph>(glyphs).subspan(begin, end - begin));
        line.begin = offset + (begin == 0 ? 0 : glyphs[begin - 1].end);
        line.end = offset + (end == 0 ? 0 : glyphs[end - 1].end);
        lines.push_back(std::move(line));
        begin = end;
    }
}

std::vector<Line> Typesetter::set(std::string_view text, FontSpec font, float width) {
    std::vector<Line> lines;
    for (std::size_t begin = 0;;) {
        auto end = text.find('\n', begin);
        set_paragraph(text.substr(begin, end == text.npos ? end : end - begin), begin, font, width, lines);
        if (end == text.npos) return lines;
        begin = end + 1;
    }
}

bool Typesetter::surely_fits(std::string_view text, FontSpec font, float width) {
    float used = 0;
    bool was_latin = false;
    while (!text.empty()) {
        char32_t character = take_character(text);
        if (character == U'\n') return false;
        bool is_latin_now = is_latin(character);
        if (is_latin_now != was_latin) used += kHanLatinSpace * static_cast<float>(font.size);
        was_latin = is_latin_now;
        used += metrics_.advance(character, font);
        if (used > width) return false;
    }
    return true;
}

std::size_t Typesetter::MeasuredHash::operator()(const Measured& measured) const {
    return std::hash<std::string>()(measured.text) ^ static_cast<std::size_t>(measured.font.size * 8 + static_cast<int>(measured.font.face));
}

float Typesetter::measure(std::string_view text, FontSpec font) {
    bool is_short = text.size() <= kLongestMeasured;
    Measured key{is_short ? std::string(text) : std::string(), font};
    if (is_short)
        if (auto found = measured_.find(key); found != measured_.end()) return found->second;
    std::vector<Glyph> glyphs = shape(text, font);
    float width = lay_out(std::span<const Glyph>(glyphs)).width;
    if (is_short) {
        if (measured_.size() == kMostMeasured) measured_.clear();
        measured_.emplace(std::move(key), width);
    }
    return width;
}

}  // namespace linli::text
