#pragma once

#include <memory>

#include "middleware/base/result.h"
#include "middleware/text/font.h"

namespace linli::text {

/// How wide the characters of a font are. Asks the font files for advances only and draws nothing, so that a
/// list of thousands of titles is measured in a moment.
class FontMetrics {
  public:
    static base::Result<std::unique_ptr<FontMetrics>> open(const FontFiles& files);
    ~FontMetrics();

    /// Pixels, unhinted, as DirectFB advances when it draws without hinting.
    float advance(char32_t character, FontSpec font);
    bool has(char32_t character, Face face);

  private:
    class Impl;
    explicit FontMetrics(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::text
