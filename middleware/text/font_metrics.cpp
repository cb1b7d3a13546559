#include "middleware/text/font_metrics.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "middleware/base/format.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

namespace linli::text {
namespace {

struct CloseLibrary {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
struct CloseFace {
    void operator()(FT_Face face) const { FT_Done_Face(face); }
};

/// The advances of one face in font units, filled as characters are asked for, in blocks of 256 characters.
class AdvanceTable {
  public:
    explicit AdvanceTable(FT_Face face) : face_(face) {}

    /// kMissing when the face has no such character.
    std::uint16_t units(char32_t character) {
        if (character >= kCharacters) return kMissing;
        auto& block = blocks_[character / kBlock];
        if (block.empty()) block.assign(kBlock, kUnasked);
        std::uint16_t& units = block[character % kBlock];
        if (units == kUnasked) units = ask(character);
        return units;
    }
    int em() const { return face_->units_per_EM; }

    static constexpr std::uint16_t kMissing = 0xFFFF;

  private:
    static constexpr std::size_t kCharacters = 0x110000;
    static constexpr std::size_t kBlock = 256;
    static constexpr std::uint16_t kUnasked = 0xFFFE;

    std::uint16_t ask(char32_t character) {
        FT_UInt glyph = FT_Get_Char_Index(face_.get(), character);
        FT_Fixed advance = 0;
        if (glyph == 0 || FT_Get_Advance(face_.get(), glyph, FT_LOAD_NO_SCALE, &advance) != 0) return kMissing;
        return static_cast<std::uint16_t>(advance);
    }

    std::unique_ptr<FT_FaceRec_, CloseFace> face_;
    std::vector<std::vector<std::uint16_t>> blocks_{kCharacters / kBlock};
};

}  // namespace

class FontMetrics::Impl {
  public:
    base::Result<void> open(const FontFiles& files) {
        FT_Library library = nullptr;
        if (FT_Init_FreeType(&library) != 0) return base::fail("cannot start FreeType");
        library_.reset(library);
        fallback_file_ = files.fallback;
        for (Face face : {Face::Regular, Face::Bold, Face::Symbols})
            if (const FontFile& file = files.of(face); !open(face, file))
                return base::fail(base::format("cannot open the font {} (face {})", file.path, file.index));
        return {};
    }

    /// The fallback font is large and rarely needed: it is opened when a character is asked of it.
    AdvanceTable* table(Face face) {
        if (face == Face::Fallback && !std::exchange(is_fallback_opened_, true)) (void)open(face, fallback_file_);
        return tables_[static_cast<std::size_t>(face)].get();
    }

  private:
    bool open(Face face, const FontFile& file) {
        FT_Face opened = nullptr;
        if (file.path.empty() || FT_New_Face(library_.get(), file.path.c_str(), file.index, &opened) != 0) return false;
        tables_[static_cast<std::size_t>(face)] = std::make_unique<AdvanceTable>(opened);
        return true;
    }

    FontFile fallback_file_;
    bool is_fallback_opened_ = false;
    std::unique_ptr<FT_LibraryRec_, CloseLibrary> library_;
    std::array<std::unique_ptr<AdvanceTable>, kFaceCount> tables_;
};

FontMetrics::FontMetrics(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FontMetrics::~FontMetrics() = default;

base::Result<std::unique_ptr<FontMetrics>> FontMetrics::open(const FontFiles& files) {
    auto impl = std::make_unique<Impl>();
    LINLI_CHECK(impl->open(files));
    return std::unique_ptr<FontMetrics>(new FontMetrics(std::move(impl)));
}

float FontMetrics::advance(char32_t character, FontSpec font) {
    AdvanceTable* table = impl_->table(font.face);
    if (table == nullptr) return static_cast<float>(font.size);
    auto units = table->units(character);
    // A character that the face lacks is drawn as a box of about an em.
    if (units == AdvanceTable::kMissing) return static_cast<float>(font.size);
    return static_cast<float>(units) * static_cast<float>(font.size) / static_cast<float>(table->em());
}

bool FontMetrics::has(char32_t character, Face face) {
    AdvanceTable* table = impl_->table(face);
    return table != nullptr && table->units(character) != AdvanceTable::kMissing;
}

}  // namespace linli::text
