#include "middleware/graphics/canvas.h"

#include <cmath>
#include <cstring>
#include <map>

#include "middleware/graphics/directfb_handles.h"
#include "middleware/graphics/rounded_mask.h"

namespace linli::graphics {

class Canvas::Impl {
  public:
    Impl(IDirectFB* directfb, IDirectFBSurface* surface, const text::FontFiles& fonts)
        : directfb_(directfb), surface_(surface), font_files_(fonts) {
        surface_->GetSize(surface, &size_.width, &size_.height);
        surface_->SetPorterDuff(surface, DSPD_NONE);
    }

    Size size() const { return size_; }
    int failures() const { return failures_; }

    void clip(const Rect& area) {
        DFBRegion region{area.x, area.y, area.right() - 1, area.bottom() - 1};
        check(surface_->SetClip(surface_.get(), &region));
    }

    void fill(const Rect& area, Color color) {
        if (area.empty()) return;
        set_color(color);
        check(surface_->FillRectangle(surface_.get(), area.x, area.y, area.width, area.height));
    }

    void fill_rounded(const Rect& area, Pixels radius, Color color) {
        radius = std::min({radius, area.width / 2, area.height / 2});
        if (radius <= 0) return fill(area, color);
        fill({area.x + radius, area.y, area.width - 2 * radius, radius}, color);
        fill({area.x, area.y + radius, area.width, area.height - 2 * radius}, color);
        fill({area.x + radius, area.bottom() - radius, area.width - 2 * radius, radius}, color);

        IDirectFBSurface* mask = disc(radius);
        if (mask == nullptr) return;
        set_color(color);
        check(surface_->SetBlittingFlags(surface_.get(), flags(DSBLIT_BLEND_ALPHACHANNEL, DSBLIT_COLORIZE)));
        for (Pixels right = 0; right < 2; ++right) {
            for (Pixels lower = 0; lower < 2; ++lower) {
                DFBRectangle quarter{right * radius, lower * radius, radius, radius};
                check(surface_->Blit(surface_.get(), mask, &quarter, right ? area.right() - radius : area.x,
                                     lower ? area.bottom() - radius : area.y));
            }
        }
    }

    void draw_text(float x, Pixels baseline, std::string_view text, text::FontSpec spec, Color color) {
        IDirectFBFont* font = this->font(spec);
        if (font == nullptr) return;
        set_color(color);
        check(surface_->SetFont(surface_.get(), font));
        check(surface_->DrawString(surface_.get(), text.data(), static_cast<int>(text.size()),
                                   static_cast<int>(std::lround(x)), baseline, DSTF_LEFT));
    }

    void draw_image(const Image& image, Pixels x, Pixels y) {
        DFBSurfaceDescription description{};
        description.flags = flags(DSDESC_WIDTH, DSDESC_HEIGHT, DSDESC_PIXELFORMAT, DSDESC_PREALLOCATED, DSDESC_CAPS);
        description.caps = DSCAPS_SYSTEMONLY;
        description.width = image.size.width;
        description.height = image.size.height;
        description.pixelformat = DSPF_RGB32;
        description.preallocated[0].data = const_cast<std::uint32_t*>(image.pixels.data());
        description.preallocated[0].pitch = image.size.width * 4;
        IDirectFBSurface* source = nullptr;
        if (!check(directfb_->CreateSurface(directfb_, &description, &source))) return;
        SurfaceHandle owner(source);
        check(surface_->SetBlittingFlags(surface_.get(), DSBLIT_NOFX));
        check(surface_->Blit(surface_.get(), source, nullptr, x, y));
    }

    Image read() const {
        Image image{size_, std::vector<std::uint32_t>(static_cast<std::size_t>(size_.width) *
                                                      static_cast<std::size_t>(size_.height))};
        void* data = nullptr;
        int pitch = 0;
        // A lock for writing is on the back buffer, where we paint; one for reading would be on the front.
        if (surface_->Lock(surface_.get(), flags(DSLF_READ, DSLF_WRITE), &data, &pitch) != DFB_OK) return image;
        for (Pixels y = 0; y < size_.height; ++y) {
            std::uint32_t* row = image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width);
            std::memcpy(row, static_cast<const char*>(data) + std::ptrdiff_t{y} * pitch,
                        static_cast<std::size_t>(size_.width) * sizeof(std::uint32_t));
        }
        surface_->Unlock(surface_.get());
        for (std::uint32_t& pixel : image.pixels) pixel |= 0xFF000000;
        return image;
    }

  private:
    bool check(DFBResult result) {
        if (result != DFB_OK) ++failures_;
        return result == DFB_OK;
    }

    void set_color(Color color) {
        check(surface_->SetColor(surface_.get(), color.red, color.green, color.blue, color.alpha));
    }

    IDirectFBFont* font(text::FontSpec spec) {
        if (auto found = fonts_.find(spec); found != fonts_.end()) return found->second.get();
        const text::FontFile& file = font_files_.of(spec.face);
        DFBFontDescription description{};
        description.flags = flags(DFDESC_HEIGHT, DFDESC_INDEX, DFDESC_ATTRIBUTES);
        description.height = spec.size;
        description.index = static_cast<unsigned>(file.index);
        // Without hinting advances are exact fractions, as FontMetrics measures them.
        description.attributes = DFFA_NOHINTING;
        IDirectFBFont* font = nullptr;
        check(directfb_->CreateFont(directfb_, file.path.c_str(), &description, &font));
        return fonts_.emplace(spec, FontHandle(font)).first->second.get();
    }

    IDirectFBSurface* disc(Pixels radius) {
        if (auto found = discs_.find(radius); found != discs_.end()) return found->second.get();
        DFBSurfaceDescription description{};
        description.flags = flags(DSDESC_WIDTH, DSDESC_HEIGHT, DSDESC_PIXELFORMAT, DSDESC_CAPS);
        description.caps = DSCAPS_SYSTEMONLY;
        description.width = description.height = 2 * radius;
        description.pixelformat = DSPF_A8;
        IDirectFBSurface* surface = nullptr;
        void* data = nullptr;
        int pitch = 0;
        if (check(directfb_->CreateSurface(directfb_, &description, &surface)) &&
            check(surface->Lock(surface, DSLF_WRITE, &data, &pitch))) {
            std::vector<std::uint8_t> mask = make_disc_mask(radius);
            auto side = static_cast<std::size_t>(2 * radius);
            for (std::size_t y = 0; y < side; ++y)
                std::memcpy(static_cast<char*>(data) + y * static_cast<std::size_t>(pitch), mask.data() + y * side, side);
            surface->Unlock(surface);
        }
        return discs_.emplace(radius, SurfaceHandle(surface)).first->second.get();
    }

    IDirectFB* directfb_;
    SurfaceHandle surface_;
    text::FontFiles font_files_;
    Size size_;
    std::map<text::FontSpec, FontHandle> fonts_;
    std::map<Pixels, SurfaceHandle> discs_;
    int failures_ = 0;
};

Canvas::Canvas(IDirectFB* directfb, IDirectFBSurface* surface, const text::FontFiles& fonts)
    : impl_(std::make_unique<Impl>(directfb, surface, fonts)) {}
Canvas::~Canvas() = default;

Size Canvas::size() const { return impl_->size(); }
void Canvas::clip(const Rect& area) { impl_->clip(area); }
void Canvas::fill(const Rect& area, Color color) { impl_->fill(area, color); }

void Canvas::fill_gradient(const Rect& area, Color top, Color bottom) {
    // The two colours are close: whole bands of lines have the same colour, so a fill a band is enough.
    auto mix = [&](std::uint8_t from, std::uint8_t to, Pixels y) {
        return static_cast<std::uint8_t>(from + (to - from) * y / std::max(1, area.height - 1));
    };
    auto color_at = [&](Pixels y) {
        return Color{mix(top.red, bottom.red, y), mix(top.green, bottom.green, y), mix(top.blue, bottom.blue, y)};
    };
    for (Pixels y = 0; y < area.height;) {
        Color color = color_at(y);
        Pixels end = y + 1;
        while (end < area.height && color_at(end) == color) ++end;
        fill({area.x, area.y + y, area.width, end - y}, color);
        y = end;
    }
}

void Canvas::fill_rounded(const Rect& area, Pixels radius, Color color) { impl_->fill_rounded(area, radius, color); }
void Canvas::draw_text(float x, Pixels baseline, std::string_view text, text::FontSpec font, Color color) {
    impl_->draw_text(x, baseline, text, font, color);
}
void Canvas::draw_image(const Image& image, Pixels x, Pixels y) { impl_->draw_image(image, x, y); }
int Canvas::failures() const { return impl_->failures(); }
Image Canvas::read() const { return impl_->read(); }

}  // namespace linli::graphics
