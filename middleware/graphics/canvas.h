#pragma once

#include <memory>
#include <string_view>

#include "middleware/base/result.h"
#include "middleware/graphics/geometry.h"
#include "middleware/graphics/image.h"
#include "middleware/text/font.h"

struct _IDirectFB;
struct _IDirectFBSurface;

namespace linli::graphics {

/// Draws on a DirectFB surface. Smooth shapes are coverage masks that are made once a radius and kept; glyphs
/// are kept by DirectFB. UI thread only. What cannot be drawn (a lost surface, a missing font) is left out and
/// counted in `failures`.
class Canvas {
  public:
    /// Takes the surface over.
    Canvas(_IDirectFB* directfb, _IDirectFBSurface* surface, const text::FontFiles& fonts);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    Size size() const;
    /// Nothing outside `area` is drawn until the next call.
    void clip(const Rect& area);

    void fill(const Rect& area, Color color);
    /// From `top` at the upper edge of `area` to `bottom` at its lower edge.
    void fill_gradient(const Rect& area, Color top, Color bottom);
    /// A card with rounded corners.
    void fill_rounded(const Rect& area, Pixels radius, Color color);
    /// One run of text; (x, baseline) is where its first glyph stands.
    void draw_text(float x, Pixels baseline, std::string_view text, text::FontSpec font, Color color);
    void draw_image(const Image& image, Pixels x, Pixels y);

    int failures() const;
    /// What is on the surface now.
    Image read() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::graphics
