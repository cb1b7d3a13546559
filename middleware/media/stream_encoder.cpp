#include "middleware/media/stream_encoder.h"

#include <gst/app/gstappsrc.h>

#include "middleware/base/format.h"
#include "middleware/media/gst_handles.h"

namespace linli::media {

using base::Result;

namespace {

class GStreamerEncoder final : public StreamEncoder {
  public:
    explicit GStreamerEncoder(const Options& options) : options_(options) {}
    ~GStreamerEncoder() override {
        if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    }

    Result<void> start() {
        // One thread: how x264 shares its work out is part of the result.
        std::string description = base::format(
            "appsrc name=pictures format=time block=true max-bytes=16000000 "
            "caps=video/x-raw,format=BGRx,width={0},height={1},framerate={2}/1,pixel-aspect-ratio=1/1 "
            "! videoconvert ! video/x-raw,format=I420 "
            "! x264enc bitrate={3} speed-preset=veryfast threads=1 key-int-max={2} bframes=0 "
            "! video/x-h264,profile=main ! h264parse config-interval=-1 ! queue ! mpegtsmux name=mux alignment=7 "
            "! filesink name=file "
            "appsrc name=sound format=time block=true max-bytes=1000000 "
            "caps=audio/x-raw,format=S16LE,layout=interleaved,channels=2,rate={4} "
            "! audioconvert ! twolamemp2enc bitrate=192 ! mpegaudioparse ! queue ! mux.",
            options_.size.width, options_.size.height, options_.pictures_per_second, options_.kilobits_per_second,
            options_.samples_per_second);
        GError* error = nullptr;
        pipeline_.reset(gst_parse_launch(description.c_str(), &error));
        if (error != nullptr) {
            std::string reason = error->message;
            g_error_free(error);
            return base::fail("cannot encode: " + reason);
        }
        ElementHandle file = find_element(pipeline_.get(), "file");
        g_object_set(file.get(), "location", options_.file.c_str(), nullptr);
        pictures_.reset(GST_APP_SRC(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "pictures")));
        sound_.reset(GST_APP_SRC(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sound")));
        if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) return failure();
        return {};
    }

    Result<void> add(const graphics::Image& picture, std::span<const std::int16_t> sound) override {
        if (picture.size != options_.size) return base::fail("a picture has another size than the stream");
        GstClockTime begin = time_of(pictures_added_++);
        GstClockTime length = time_of(pictures_added_) - begin;
        bool is_taken = push(sound_.get(), sound.data(), sound.size_bytes(), begin, length) &&
                        push(pictures_.get(), picture.pixels.data(), picture.pixels.size() * sizeof(std::uint32_t), begin, length);
        if (!is_taken) return failure();
        return {};
    }

    Result<void> finish() override {
        gst_app_src_end_of_stream(pictures_.get());
        gst_app_src_end_of_stream(sound_.get());
        GstHandle<GstBus> bus(gst_pipeline_get_bus(GST_PIPELINE(pipeline_.get())));
        constexpr auto kEnds = static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
        GstMessage* message = gst_bus_timed_pop_filtered(bus.get(), GST_CLOCK_TIME_NONE, kEnds);
        auto result = GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS ? Result<void>() : Result<void>(explain(message));
        gst_message_unref(message);
        return result;
    }

  private:
    GstClockTime time_of(std::uint64_t picture) const {
        return gst_util_uint64_scale(picture, GST_SECOND, static_cast<std::uint64_t>(options_.pictures_per_second));
    }

    static bool push(GstAppSrc* source, const void* bytes, std::size_t size, GstClockTime begin, GstClockTime length) {
        GstBuffer* buffer = gst_buffer_new_allocate(nullptr, size, nullptr);
        gst_buffer_fill(buffer, 0, bytes, size);
        GST_BUFFER_PTS(buffer) = begin;
        GST_BUFFER_DURATION(buffer) = length;
        return gst_app_src_push_buffer(source, buffer) == GST_FLOW_OK;
    }

    static std::unexpected<base::Error> explain(GstMessage* message) { return base::fail("cannot encode: " + error_text(message)); }

    std::unexpected<base::Error> failure() {
        GstHandle<GstBus> bus(gst_pipeline_get_bus(GST_PIPELINE(pipeline_.get())));
        GstMessage* message = gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR);
        if (message == nullptr) return base::fail("cannot encode: the encoder stopped");
        auto error = explain(message);
        gst_message_unref(message);
        return error;
    }

    Options options_;
    ElementHandle pipeline_;
    GstHandle<GstAppSrc> pictures_;
    GstHandle<GstAppSrc> sound_;
    std::uint64_t pictures_added_ = 0;
};

}  // namespace

Result<std::unique_ptr<StreamEncoder>> StreamEncoder::create(const Options& options) {
    GError* error = nullptr;
    if (!gst_init_check(nullptr, nullptr, &error)) {
        std::string reason = error ? error->message : "unknown error";
        if (error) g_error_free(error);
        return base::fail("cannot start GStreamer: " + reason);
    }
    auto encoder = std::make_unique<GStreamerEncoder>(options);
    LINLI_CHECK(encoder->start());
    return encoder;
}

}  // namespace linli::media
