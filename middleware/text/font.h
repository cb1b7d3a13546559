#pragma once

#include <compare>
#include <string>

namespace linli::text {

/// The typefaces of the screen: two weights of one family, the symbols, and a font for rare characters that
/// the family lacks.
enum class Face { Regular, Bold, Symbols, Fallback };
inline constexpr int kFaceCount = 4;

/// A face at a size: the em in pixels of the output.
struct FontSpec {
    Face face = Face::Regular;
    int size = 0;
    auto operator<=>(const FontSpec&) const = default;
};

/// Where a face is found. `index` counts the faces of a collection (.ttc).
struct FontFile {
    std::string path;
    int index = 0;
};

/// The font files of an installation; which they are is a setting. An empty path: there is no such face.
struct FontFiles {
    FontFile regular{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2};
    FontFile bold{"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2};
    FontFile symbols{"/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf", 0};
    FontFile fallback{"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0};

    const FontFile& of(Face face) const {
        switch (face) {
            case Face::Regular: return regular;
            case Face::Bold: return bold;
            case Face::Symbols: return symbols;
            case Face::Fallback: return fallback;
        }
        return regular;
    }
};

}  // namespace linli::text
