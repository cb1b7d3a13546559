// The player on GStreamer. Pictures are taken from an appsink and blitted by us: the dfbvideosink of GStreamer
// crashes on a surface that it is given. On a box with a video plane the vendor's sink takes this one's place.

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <cstring>

#include "middleware/media/player.h"

namespace linli::media {
namespace {

struct Unref {
    template <typename Object>
    void operator()(Object* object) const {
        gst_object_unref(object);
    }
};
using ElementHandle = std::unique_ptr<GstElement, Unref>;

class GStreamerPlayer final : public Player {
  public:
    explicit GStreamerPlayer(PlayerEvents events) : events_(std::move(events)) {}
    ~GStreamerPlayer() override { stop(); }

    void play(const std::string& uri) override {
        stop();
        GError* error = nullptr;
        // Pictures only: sound belongs to the channels, which are not there yet.
        const char* description =
            "uridecodebin name=source "
            "source. ! queue ! valve name=valve ! videoconvert ! videoscale add-borders=false ! capsfilter name=size ! appsink name=pictures max-buffers=1 drop=true";
        pipeline_.reset(gst_parse_launch(description, &error));
        if (error != nullptr) {
            std::string reason = error->message;
            g_error_free(error);
            events_.on_stop(reason);
            pipeline_.reset();
            return;
        }
        ElementHandle source(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "source"));
        g_object_set(source.get(), "uri", uri.c_str(), nullptr);
        ElementHandle sink(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "pictures"));
        GstAppSinkCallbacks callbacks{};
        callbacks.new_sample = on_sample;
        gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
        GstBus* bus = gst_pipeline_get_bus(GST_PIPELINE(pipeline_.get()));
        gst_bus_set_sync_handler(bus, on_message, this, nullptr);
        gst_object_unref(bus);
        apply_size();
        set_visible(is_visible_);
        gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
    }

    void set_size(graphics::Size size) override {
        if (size == size_) return;
        size_ = size;
        apply_size();
    }

    void set_visible(bool is_visible) override {
        is_visible_ = is_visible;
        if (pipeline_ == nullptr) return;
        ElementHandle valve(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "valve"));
        g_object_set(valve.get(), "drop", is_visible ? FALSE : TRUE, nullptr);
    }

    void stop() override {
        if (pipeline_ == nullptr) return;
        gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
        pipeline_.reset();
    }

  private:
    void apply_size() {
        if (pipeline_ == nullptr || size_.width <= 0) return;
        ElementHandle filter(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "size"));
        GstCaps* caps = gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, size_.width,
                                            "height", G_TYPE_INT, size_.height, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1,
                                            nullptr);
        g_object_set(filter.get(), "caps", caps, nullptr);
        gst_caps_unref(caps);
    }

    static GstFlowReturn on_sample(GstAppSink* sink, gpointer data) {
        auto* self = static_cast<GStreamerPlayer*>(data);
        GstSample* sample = gst_app_sink_pull_sample(sink);
        if (sample == nullptr) return GST_FLOW_EOS;
        GstVideoInfo info;
        GstVideoFrame frame;
        if (gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) &&
            gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ)) {
            auto width = static_cast<std::size_t>(info.width), height = static_cast<std::size_t>(info.height);
            auto image = std::make_shared<graphics::Image>();
            image->size = {info.width, info.height};
            image->pixels.resize(width * height);
            auto* bytes = static_cast<const char*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
            auto stride = static_cast<std::size_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0));
            for (std::size_t y = 0; y < height; ++y)
                std::memcpy(image->pixels.data() + y * width, bytes + y * stride, width * sizeof(std::uint32_t));
            gst_video_frame_unmap(&frame);
            self->events_.on_picture(std::move(image));
        }
        gst_sample_unref(sample);
        return GST_FLOW_OK;
    }

    static GstBusSyncReply on_message(GstBus*, GstMessage* message, gpointer data) {
        auto* self = static_cast<GStreamerPlayer*>(data);
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) {
            gst_element_call_async(
                self->pipeline_.get(),
                [](GstElement* pipeline, gpointer) {
                    gst_element_seek_simple(pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, 0);
                },
                nullptr, nullptr);
        } else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
            GError* error = nullptr;
            gst_message_parse_error(message, &error, nullptr);
            self->events_.on_stop(error->message);
            g_error_free(error);
        }
        gst_message_unref(message);
        return GST_BUS_DROP;
    }

    PlayerEvents events_;
    ElementHandle pipeline_;
    graphics::Size size_;
    bool is_visible_ = true;
};

}  // namespace
}  // namespace linli::media

/// The door of the module; see load_player.
extern "C" linli::media::Player* linli_make_player(linli::media::PlayerEvents* events, std::string* error) {
    GError* failure = nullptr;
    if (!gst_init_check(nullptr, nullptr, &failure)) {
        *error = std::string("cannot start GStreamer: ") + (failure ? failure->message : "unknown error");
        if (failure) g_error_free(failure);
        return nullptr;
    }
    return new linli::media::GStreamerPlayer(std::move(*events));
}
