#include "stb-app/layout/qr_plate.h"

#include <algorithm>

#include "middleware/graphics/qr_code.h"

namespace linli::app {
namespace {

/// A telephone reads a code of this size, in lines of 1080, from an armchair's distance when its modules are large enough.
constexpr double kSide = 540;
/// 4 px on 720 lines.
constexpr double kLeastModule = 6;
/// Narrower than this many characters, a caption stands under its code.
constexpr Pixels kLeastCaptionCharacters = 6;

}  // namespace

Pixels place_qr(Pen& pen, const QrElement& element, const Rect& area) {
    const Theme& theme = pen.theme();
    Pixels small_line = Theme::line_height(theme.small());
    auto code = graphics::make_qr_code(element.text);
    if (!code) return pen.text(element.caption, theme.font(theme.small()), colors::kMuted, area, small_line);

    Pixels modules = code->side_with_quiet_zone();
    Pixels wanted = std::max(theme.scaled(kSide) / modules, theme.scaled(kLeastModule));
    Pixels room = std::min(area.width, area.height) / modules;
    Pixels side = modules * std::max(1, std::min(wanted, room));
    Rect plate{area.x, area.y, side, side};
    // Within the quiet zone, whose corners may be round.
    pen.card(plate, std::min(theme.radius(), side / modules * graphics::kQuietModules / 2), colors::kText);
    Shape shape;
    shape.kind = Shape::Kind::QrCode;
    shape.area = plate;
    shape.color = colors::kScreen;
    shape.text = element.text;
    pen.add(std::move(shape));

    Pixels gap = 2 * theme.unit();
    Rect beside{area.x + side + gap, area.y, area.width - side - gap, 0};
    if (beside.width < kLeastCaptionCharacters * theme.small()) {
        Rect below{area.x, area.y + side + theme.unit(), area.width, 0};
        return side + theme.unit() + pen.text(element.caption, theme.font(theme.small()), colors::kText, below, small_line);
    }
    Pixels em = theme.body();
    if (pen.text_height(element.caption, theme.font(em), beside.width, Theme::line_height(em)) > side) em = theme.small();
    Pixels line = Theme::line_height(em);
    Pixels height = pen.text_height(element.caption, theme.font(em), beside.width, line);
    beside.y += std::max(0, (side - height) / 2);
    pen.text(element.caption, theme.font(em), colors::kText, beside, line);
    return std::max(side, height);
}

}  // namespace linli::app
