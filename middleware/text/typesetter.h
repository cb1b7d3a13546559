#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "middleware/text/font_metrics.h"

namespace linli::text {

/// Text that is drawn in one go: `x` is where it begins, in pixels from the start of the line.
struct Run {
    float x = 0;
    std::string text;
    Face face = Face::Regular;
};

struct Line {
    std::vector<Run> runs;
    /// From the start of the line to the last visible ink; blank at the end does not count.
    float width = 0;
    /// The bytes of the text that stand on this line: [begin, end).
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Sets text in lines as a Chinese book does: no closing punctuation at the start of a line and no opening
/// one at its end, a lone last character is given company, punctuation gives up its blank half beside other
/// punctuation and at the end of a line, a quarter of an em stands between Han and Latin. Where a word is
/// wider than the line it is broken anywhere rather than cut off. A new line in the text begins a new line.
/// One thread at a time.
class Typesetter {
  public:
    explicit Typesetter(FontMetrics& metrics) : metrics_(metrics) {}

    /// Never empty: an empty text has one empty line.
    std::vector<Line> set(std::string_view text, FontSpec font, float width);
    /// Whether a text certainly stands on one line of `width`, found out without setting it. Counts the widest
    /// it can be, so a false may still turn out to fit.
    bool surely_fits(std::string_view text, FontSpec font, float width);
    /// The width of a text on one line.
    float measure(std::string_view text, FontSpec font);

  private:
    struct Glyph;
    /// Widths of short texts that come again and again: dates, badges, labels.
    struct Measured {
        std::string text;
        FontSpec font;
        bool operator==(const Measured&) const = default;
    };
    struct MeasuredHash {
        std::size_t operator()(const Measured& measured) const;
    };
    static constexpr std::size_t kMostMeasured = 512;
    static constexpr std::size_t kLongestMeasured = 48;
    std::vector<Glyph> shape(std::string_view text, FontSpec font);
    void set_paragraph(std::string_view text, std::size_t offset, FontSpec font, float width,
                       std::vector<Line>& lines);

    FontMetrics& metrics_;
    std::unordered_map<Measured, float, MeasuredHash> measured_;
};

}  // namespace linli::text
