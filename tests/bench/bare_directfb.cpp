// The limit that the core benchmark is measured against: a bare DirectFB program without store, layout or text
// setting. It draws the same Home and list from fixed shapes (bare_frames.inc, written by `linli-bench
// dump-frames`): two rows when an arrow is pressed, the whole screen for any other key. A key a line on standard
// input; answers "shown in N us".

#include <directfb.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {

enum class Kind { Card, Text, Live };

struct Area {
    int x, y, width, height;
};

struct Shape {
    Kind kind;
    Area area;
    unsigned color;
    int radius;
    int face;
    int size;
    int x, baseline;
    const char* text;
};

/// One look of a screen, and what changes from it to the screen's next look.
struct Frame {
    int screen;
    std::vector<Shape> shapes;
    std::vector<Area> changes;
};

const std::vector<Frame> kFrames = {
#include "tests/bench/bare_frames.inc"
};

constexpr int kWidth = 1280, kHeight = 720;
const char* const kFaces[] = {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                              "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
                              "/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf"};
const int kFaceIndex[] = {2, 2, 0};

IDirectFB* directfb;
IDirectFBSurface* surface;
std::map<std::pair<int, int>, IDirectFBFont*> fonts;
std::map<int, IDirectFBSurface*> discs;

template <typename Flags>
Flags flags(unsigned value) {
    return static_cast<Flags>(value);
}

void set_color(unsigned rgb) { surface->SetColor(surface, rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255); }

IDirectFBFont* font(int face, int size) {
    IDirectFBFont*& font = fonts[{face, size}];
    if (font != nullptr) return font;
    DFBFontDescription description{};
    description.flags = flags<DFBFontDescriptionFlags>(DFDESC_HEIGHT | DFDESC_INDEX | DFDESC_ATTRIBUTES);
    description.height = size;
    description.index = static_cast<unsigned>(kFaceIndex[face]);
    description.attributes = DFFA_NOHINTING;
    directfb->CreateFont(directfb, kFaces[face], &description, &font);
    return font;
}

IDirectFBSurface* disc(int radius) {
    IDirectFBSurface*& mask = discs[radius];
    if (mask != nullptr) return mask;
    DFBSurfaceDescription description{};
    description.flags = flags<DFBSurfaceDescriptionFlags>(DSDESC_WIDTH | DSDESC_HEIGHT | DSDESC_PIXELFORMAT | DSDESC_CAPS);
    description.caps = DSCAPS_SYSTEMONLY;
    description.width = description.height = 2 * radius;
    description.pixelformat = DSPF_A8;
    directfb->CreateSurface(directfb, &description, &mask);
    void* data;
    int pitch;
    mask->Lock(mask, DSLF_WRITE, &data, &pitch);
    for (int y = 0; y < 2 * radius; ++y)
        for (int x = 0; x < 2 * radius; ++x) {
            double away = std::hypot(x + 0.5 - radius, y + 0.5 - radius);
            static_cast<unsigned char*>(data)[y * pitch + x] =
                static_cast<unsigned char>(255 * std::fmin(1, std::fmax(0, radius - away + 0.5)));
        }
    mask->Unlock(mask);
    return mask;
}

void draw(const Shape& shape) {
    const Area& area = shape.area;
    set_color(shape.color);
    if (shape.kind == Kind::Text) {
        surface->SetFont(surface, font(shape.face, shape.size));
        surface->DrawString(surface, shape.text, -1, shape.x, shape.baseline, DSTF_LEFT);
        return;
    }
    int radius = shape.radius;
    surface->FillRectangle(surface, area.x + radius, area.y, area.width - 2 * radius, area.height);
    if (radius == 0) return;
    surface->FillRectangle(surface, area.x, area.y + radius, radius, area.height - 2 * radius);
    surface->FillRectangle(surface, area.x + area.width - radius, area.y + radius, radius, area.height - 2 * radius);
    surface->SetBlittingFlags(surface, flags<DFBSurfaceBlittingFlags>(DSBLIT_BLEND_ALPHACHANNEL | DSBLIT_COLORIZE));
    for (int quarter = 0; quarter < 4; ++quarter) {
        DFBRectangle part{quarter % 2 * radius, quarter / 2 * radius, radius, radius};
        surface->Blit(surface, disc(radius), &part, quarter % 2 ? area.x + area.width - radius : area.x,
                      quarter / 2 ? area.y + area.height - radius : area.y);
    }
}

bool intersects(const Area& a, const Area& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

void paint(const Frame& frame, const std::vector<Area>& areas) {
    for (const Area& area : areas) {
        DFBRegion region{area.x, area.y, area.x + area.width - 1, area.y + area.height - 1};
        surface->SetClip(surface, &region);
        for (int band = 0; band < 16; ++band) {
            set_color(static_cast<unsigned>((0x10 - 6 * band / 16) << 16 | (0x30 - band) << 8 | (0x3A - 18 * band / 16)));
            surface->FillRectangle(surface, 0, band * kHeight / 16, kWidth, kHeight / 16);
        }
        for (const Shape& shape : frame.shapes)
            if (intersects(shape.area, area)) draw(shape);
    }
    for (const Area& area : areas) {
        DFBRegion region{area.x, area.y, area.x + area.width - 1, area.y + area.height - 1};
        surface->Flip(surface, &region, DSFLIP_BLIT);
    }
}

const Area kWhole{0, 0, kWidth, kHeight};

}  // namespace

int main(int argc, char** argv) {
    DirectFBInit(&argc, &argv);
    DirectFBCreate(&directfb);
    directfb->SetCooperativeLevel(directfb, DFSCL_FULLSCREEN);
    DFBSurfaceDescription description{};
    description.flags = flags<DFBSurfaceDescriptionFlags>(DSDESC_CAPS | DSDESC_PIXELFORMAT);
    description.caps = flags<DFBSurfaceCapabilities>(DSCAPS_PRIMARY | DSCAPS_DOUBLE);
    description.pixelformat = DSPF_RGB32;
    directfb->CreateSurface(directfb, &description, &surface);
    std::size_t shown = 0;
    paint(kFrames[shown], {kWhole});
    std::printf("%lld\n", static_cast<long long>(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::fflush(stdout);

    char key[64];
    while (std::fgets(key, sizeof key, stdin) != nullptr) {
        auto begin = std::chrono::steady_clock::now();
        bool is_arrow = std::strcmp(key, "UP\n") == 0 || std::strcmp(key, "DOWN\n") == 0;
        std::size_t next = (shown + 1) % kFrames.size();
        if (is_arrow) {
            // The next look of this screen, or its first again.
            if (kFrames[next].screen != kFrames[shown].screen)
                for (next = shown; next > 0 && kFrames[next - 1].screen == kFrames[shown].screen;) --next;
            paint(kFrames[next], kFrames[shown].changes);
        } else {
            while (kFrames[next].screen == kFrames[shown].screen) next = (next + 1) % kFrames.size();
            paint(kFrames[next], {kWhole});
        }
        shown = next;
        auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        std::printf("shown in %lld us\n", static_cast<long long>(took.count()));
        std::fflush(stdout);
    }
    return 0;
}
