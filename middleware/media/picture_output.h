#pragma once

#include <gst/gst.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "middleware/base/result.h"
#include "middleware/graphics/image.h"
#include "middleware/media/gst_handles.h"

namespace linli::media {

/// The end of a pipeline where pictures go: to a function, or onto a video plane. One for each pipeline.
class PictureOutput {
  public:
    struct Hearer {
        /// Every picture; not called with a video plane. Streaming thread.
        std::function<void(std::shared_ptr<const graphics::Image>)> on_picture;
        /// The first one, when it is handed over or has been given to the plane. Streaming thread.
        std::function<void()> on_first_picture;
    };

    /// `video_sink` as in PlayerOptions.
    static base::Result<std::unique_ptr<PictureOutput>> create(const std::string& video_sink, Hearer hearer);

    /// The element to build in; the pipeline that takes it may live longer than this object only when it is stopped.
    GstElement* element() const { return bin_.get(); }

    void set_area(graphics::Rect area);
    void set_visible(bool is_visible) { is_visible_ = is_visible; }

  private:
    explicit PictureOutput(Hearer hearer) : hearer_(std::move(hearer)) {}
    void watch_entrance();
    void watch_pictures();
    void hand_over(GstBuffer* buffer, GstCaps* caps);
    void choose_borders();

    static GstPadProbeReturn on_entrance(GstPad*, GstPadProbeInfo* info, gpointer data);
    static GstPadProbeReturn on_arrival(GstPad* pad, GstPadProbeInfo* info, gpointer data);

    Hearer hearer_;
    ElementHandle bin_;
    bool has_plane_ = false;
    std::atomic<bool> is_visible_ = true;
    std::atomic<bool> has_area_ = false;
    /// Width by height, of the area and of the pictures as they are meant; 0: not known yet.
    std::atomic<double> area_shape_ = 0, picture_shape_ = 0;
    /// A sink must get one picture after each flush, or the pipeline does not begin.
    std::atomic<bool> is_empty_ = true;
    std::atomic<bool> has_shown_ = false;
};

}  // namespace linli::media
