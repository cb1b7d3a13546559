#pragma once

#include "middleware/graphics/display.h"

namespace linli::tests {

/// What every display keeps to. Each check fails the running test.
class DisplayContract {
  public:
    explicit DisplayContract(graphics::Display& display)
        : display_(display), canvas_(display.canvas()) {}

    void check_paints_inside_the_clip_only();
    void check_reads_back_what_was_painted();
    void check_text_inks_where_it_stands();
    void check_rounded_corners_leave_the_ground();
    void check_pictures_are_painted_as_they_are();
    void check_gradient_goes_from_top_to_bottom();
    void check_keeps_what_was_painted_when_it_is_presented();
    void check_bears_what_cannot_be_painted();

  private:
    void clear(graphics::Color color);

    graphics::Display& display_;
    graphics::Canvas& canvas_;
};

}  // namespace linli::tests
