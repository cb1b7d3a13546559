// Pictures are taken from an appsink and blitted by us: the dfbvideosink of GStreamer crashes on a surface that it is
// given. On a box with a video plane the vendor's sink takes its place.

#include "middleware/media/picture_output.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <gst/video/videooverlay.h>

#include <cstring>

namespace linli::media {

using base::Result;

namespace {

constexpr const char* kToFunction =
    "videoconvert ! videoscale name=scale ! capsfilter name=size ! appsink name=pictures max-buffers=1 drop=true "
    "enable-last-sample=false";

std::shared_ptr<graphics::Image> copy_picture(GstBuffer* buffer, GstCaps* caps) {
    GstVideoInfo info;
    GstVideoFrame frame;
    if (!gst_video_info_from_caps(&info, caps) || !gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ)) return nullptr;
    auto width = static_cast<std::size_t>(info.width), height = static_cast<std::size_t>(info.height);
    auto image = std::make_shared<graphics::Image>();
    image->size = {info.width, info.height};
    image->pixels.resize(width * height);
    auto* bytes = static_cast<const char*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    auto stride = static_cast<std::size_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0));
    for (std::size_t y = 0; y < height; ++y)
        std::memcpy(image->pixels.data() + y * width, bytes + y * stride, width * sizeof(std::uint32_t));
    gst_video_frame_unmap(&frame);
    return image;
}

double shape_of(const GstCaps* caps) {
    GstVideoInfo info;
    if (!gst_video_info_from_caps(&info, caps) || info.height <= 0 || info.par_d <= 0) return 0;
    return static_cast<double>(info.width) * info.par_n / (static_cast<double>(info.height) * info.par_d);
}

}  // namespace

Result<std::unique_ptr<PictureOutput>> PictureOutput::create(const std::string& video_sink, Hearer hearer) {
    std::unique_ptr<PictureOutput> output(new PictureOutput(std::move(hearer)));
    output->has_plane_ = !video_sink.empty();
    GError* error = nullptr;
    GstElement* bin = gst_parse_bin_from_description_full(output->has_plane_ ? video_sink.c_str() : kToFunction, TRUE, nullptr,
                                                          GST_PARSE_FLAG_FATAL_ERRORS, &error);
    if (error != nullptr) {
        std::string reason = error->message;
        g_error_free(error);
        return base::fail("the video sink: " + reason);
    }
    output->bin_.reset(GST_ELEMENT(gst_object_ref_sink(bin)));
    output->watch_entrance();
    if (!output->has_plane_) output->watch_pictures();
    return output;
}

void PictureOutput::watch_entrance() {
    GstHandle<GstPad> pad(gst_element_get_static_pad(bin_.get(), "sink"));
    if (pad == nullptr) return;
    auto mask = static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                                              GST_PAD_PROBE_TYPE_EVENT_FLUSH);
    gst_pad_add_probe(pad.get(), mask, on_entrance, this, nullptr);
}

void PictureOutput::watch_pictures() {
    auto sink = find_element(bin_.get(), "pictures");
    GstHandle<GstPad> pad(gst_element_get_static_pad(sink.get(), "sink"));
    gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, on_arrival, this, nullptr);
    auto take = [](GstAppSink* from, GstSample* sample, gpointer data) {
        (void)from;
        if (sample == nullptr) return GST_FLOW_EOS;
        static_cast<PictureOutput*>(data)->hand_over(gst_sample_get_buffer(sample), gst_sample_get_caps(sample));
        gst_sample_unref(sample);
        return GST_FLOW_OK;
    };
    static const auto take_sample = +take;
    GstAppSinkCallbacks callbacks{};
    callbacks.new_sample = [](GstAppSink* from, gpointer data) { return take_sample(from, gst_app_sink_pull_sample(from), data); };
    // While it is paused this is the picture of the place that was seeked to.
    callbacks.new_preroll = [](GstAppSink* from, gpointer data) { return take_sample(from, gst_app_sink_pull_preroll(from), data); };
    gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
}

GstPadProbeReturn PictureOutput::on_entrance(GstPad*, GstPadProbeInfo* info, gpointer data) {
    auto* self = static_cast<PictureOutput*>(data);
    if ((GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) == 0) {
        GstEvent* event = GST_PAD_PROBE_INFO_EVENT(info);
        if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_STOP) self->is_empty_ = true;
        if (GST_EVENT_TYPE(event) == GST_EVENT_CAPS) {
            GstCaps* caps = nullptr;
            gst_event_parse_caps(event, &caps);
            self->picture_shape_ = shape_of(caps);
            self->choose_borders();
        }
        return GST_PAD_PROBE_OK;
    }
    if (self->has_plane_ && !self->has_shown_.exchange(true)) self->hearer_.on_first_picture();
    bool is_wanted = self->has_plane_ || (self->is_visible_ && self->has_area_) || self->is_empty_.exchange(false);
    return is_wanted ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

GstPadProbeReturn PictureOutput::on_arrival(GstPad* pad, GstPadProbeInfo* info, gpointer data) {
    // The first picture does not wait for its time: a live stream would have it stand in the queue for a second.
    auto* self = static_cast<PictureOutput*>(data);
    self->is_empty_ = false;
    if (!self->has_area_ || !self->is_visible_ || self->has_shown_.exchange(true)) return GST_PAD_PROBE_OK;
    if (GstCaps* caps = gst_pad_get_current_caps(pad)) {
        self->hand_over(GST_PAD_PROBE_INFO_BUFFER(info), caps);
        gst_caps_unref(caps);
    }
    self->hearer_.on_first_picture();
    return GST_PAD_PROBE_OK;
}

void PictureOutput::hand_over(GstBuffer* buffer, GstCaps* caps) {
    if (!has_area_ || !is_visible_) return;
    if (auto image = copy_picture(buffer, caps)) hearer_.on_picture(std::move(image));
}

void PictureOutput::choose_borders() {
    // A picture of 4:3 has black beside it; one that differs by a few lines is stretched a little.
    constexpr double kClose = 0.03;
    double area = area_shape_, picture = picture_shape_;
    if (has_plane_ || area <= 0 || picture <= 0) return;
    bool is_close = picture / area < 1 + kClose && area / picture < 1 + kClose;
    auto scale = find_element(bin_.get(), "scale");
    g_object_set(scale.get(), "add-borders", is_close ? FALSE : TRUE, nullptr);
}

void PictureOutput::set_area(graphics::Rect area) {
    if (area.width <= 0 || area.height <= 0) return;
    has_area_ = true;
    if (has_plane_) {
        GstHandle<GstElement> overlay(gst_bin_get_by_interface(GST_BIN(bin_.get()), GST_TYPE_VIDEO_OVERLAY));
        if (overlay == nullptr) return;
        gst_video_overlay_set_render_rectangle(GST_VIDEO_OVERLAY(overlay.get()), area.x, area.y, area.width, area.height);
        gst_video_overlay_expose(GST_VIDEO_OVERLAY(overlay.get()));
        return;
    }
    area_shape_ = static_cast<double>(area.width) / area.height;
    choose_borders();
    auto filter = find_element(bin_.get(), "size");
    GstCaps* caps = gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, area.width, "height",
                                        G_TYPE_INT, area.height, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, nullptr);
    g_object_set(filter.get(), "caps", caps, nullptr);
    gst_caps_unref(caps);
}

}  // namespace linli::media
