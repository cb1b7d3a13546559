#include "middleware/media/live_source.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "middleware/base/format.h"
#include "middleware/media/gst_handles.h"

namespace linli::media {

using base::Result;

namespace {

/// Room of the socket: a second of a full multiplex, as the system allows.
constexpr int kSocketBytes = 4 << 20;

class GStreamerSource final : public LiveSource {
  public:
    explicit GStreamerSource(Hearer hearer) : hearer_(std::move(hearer)) {}
    ~GStreamerSource() override {
        if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    }

    Result<void> start(const std::string& uri) {
        LINLI_TRY(pipeline, make_pipeline(uri));
        pipeline_ = std::move(pipeline);
        auto sink = find_element(pipeline_.get(), "bytes");
        GstAppSinkCallbacks callbacks{};
        callbacks.new_sample = on_sample;
        gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
        GstHandle<GstBus> bus(gst_pipeline_get_bus(GST_PIPELINE(pipeline_.get())));
        gst_bus_set_sync_handler(bus.get(), on_message, this, nullptr);
        if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
            return base::fail(base::format("cannot receive {}{}", uri, reason_.empty() ? "" : ": " + reason_));
        return {};
    }

  private:
    static Result<ElementHandle> make_pipeline(const std::string& uri) {
        constexpr const char* kSink = "appsink name=bytes sync=false async=false enable-last-sample=false";
        std::string description;
        if (uri.starts_with("dvb://")) description = base::format("dvbsrc name=source ! {}", kSink);
        else if (uri.starts_with("rtp://"))
            description = base::format(
                "udpsrc name=source caps=\"application/x-rtp,media=(string)video,clock-rate=(int)90000,encoding-name=(string)MP2T\" "
                "! rtpjitterbuffer latency=100 ! rtpmp2tdepay ! {}", kSink);
        else description = base::format("udpsrc name=source ! {}", kSink);
        GError* error = nullptr;
        ElementHandle pipeline(gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
        if (error != nullptr) {
            std::string reason = error->message;
            g_error_free(error);
            return base::fail("cannot receive " + uri + ": " + reason);
        }
        auto source = find_element(pipeline.get(), "source");
        if (!uri.starts_with("dvb://")) {
            std::string address = "udp" + uri.substr(3, uri.find('?') - 3);
            g_object_set(source.get(), "uri", address.c_str(), "buffer-size", kSocketBytes, nullptr);
        } else if (!uri.contains('?')) {
            return base::fail(uri + " does not say where to tune to: expected dvb://?frequency=…");
        }
        LINLI_CHECK(set_up(source.get(), uri));
        return pipeline;
    }

    /// "dvb://?frequency=474000000&symbol-rate=6875&modulation=qam-64", "udp://239.1.1.1:5500?multicast-iface=eth1": each a
    /// property of the element that receives.
    static Result<void> set_up(GstElement* source, const std::string& uri) {
        GstUri* parsed = gst_uri_from_string(uri.c_str());
        GHashTable* parameters = parsed != nullptr ? gst_uri_get_query_table(parsed) : nullptr;
        if (parsed != nullptr) gst_uri_unref(parsed);
        if (parameters == nullptr) return {};
        std::string unknown;
        GHashTableIter iterator;
        gpointer name, value;
        g_hash_table_iter_init(&iterator, parameters);
        while (g_hash_table_iter_next(&iterator, &name, &value)) {
            auto* property = static_cast<const char*>(name);
            if (g_object_class_find_property(G_OBJECT_GET_CLASS(source), property) == nullptr || value == nullptr) unknown = property;
            else gst_util_set_object_arg(G_OBJECT(source), property, static_cast<const char*>(value));
        }
        g_hash_table_unref(parameters);
        if (!unknown.empty()) return base::fail(base::format("{}: there is no setting \"{}\"", uri, unknown));
        return {};
    }

    static GstFlowReturn on_sample(GstAppSink* sink, gpointer data) {
        auto* self = static_cast<GStreamerSource*>(data);
        GstSample* sample = gst_app_sink_pull_sample(sink);
        if (sample == nullptr) return GST_FLOW_EOS;
        GstMapInfo map;
        GstBuffer* buffer = gst_sample_get_buffer(sample);
        if (buffer != nullptr && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
            self->hearer_.on_bytes(std::as_bytes(std::span(map.data, map.size)), std::chrono::steady_clock::now());
            gst_buffer_unmap(buffer, &map);
        }
        gst_sample_unref(sample);
        return GST_FLOW_OK;
    }

    static GstBusSyncReply on_message(GstBus*, GstMessage* message, gpointer data) {
        auto* self = static_cast<GStreamerSource*>(data);
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
            self->reason_ = error_text(message);
            self->hearer_.on_error(self->reason_);
        } else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) {
            self->hearer_.on_error("the stream has ended");
        }
        gst_message_unref(message);
        return GST_BUS_DROP;
    }

    Hearer hearer_;
    ElementHandle pipeline_;
    std::string reason_;
};

}  // namespace

bool LiveSource::is_live(const std::string& uri) {
    return uri.starts_with("udp://") || uri.starts_with("rtp://") || uri.starts_with("dvb://");
}

Result<std::unique_ptr<LiveSource>> LiveSource::open(const std::string& uri, Hearer hearer) {
    auto source = std::make_unique<GStreamerSource>(std::move(hearer));
    LINLI_CHECK(source->start(uri));
    return source;
}

}  // namespace linli::media
