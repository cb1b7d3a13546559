// What GStreamer 1.22 really does: playbin waits for the first data of every stream before it shows any, so a sound
// that never comes would keep the pictures back; tsdemux adds 700 ms to every live stream unless told otherwise.

#include "middleware/media/playback.h"

#include <gst/audio/streamvolume.h>

#include "middleware/base/format.h"
#include "middleware/media/live_source.h"

namespace linli::media {

using base::Result;
using namespace std::chrono;

namespace {

/// Values of GstPlayFlags, which no header gives: video, audio, volume in software, deinterlacing.
constexpr int kFlags = 0x01 | 0x02 | 0x10 | 0x200;
constexpr int kText = 0x04;
constexpr int kBuffering = 0x100;
/// How long packets of a live stream may be underway, beyond what the stream itself allows for.
constexpr int kJitterMilliseconds = 100;
/// What the decoder may lag behind; more is dropped, oldest first.
constexpr guint64 kMostQueued = 6u << 20;

std::string tag_of(GstTagList* tags, const char* name) {
    gchar* value = nullptr;
    std::string text;
    if (tags != nullptr && gst_tag_list_get_string(tags, name, &value)) text = value;
    g_free(value);
    return text;
}

/// GStreamer's code of what went wrong with a file or a server; nothing where it was something else.
std::optional<int> resource_error(GstMessage* message) {
    GError* parsed = nullptr;
    gst_message_parse_error(message, &parsed, nullptr);
    ErrorHandle error(parsed);
    return error && error->domain == GST_RESOURCE_ERROR ? std::optional(error->code) : std::nullopt;
}

Failure::Kind kind_of(GstMessage* message) {
    constexpr guint kGone = 410;  // GStreamer knows 404 only
    auto code = resource_error(message);
    // A server that cannot be connected to is "a data stream error" of the element that reads from it.
    GstObject* from = GST_MESSAGE_SRC(message);
    bool is_source = from != nullptr && !GST_IS_BIN(from) && GST_OBJECT_FLAG_IS_SET(from, GST_ELEMENT_FLAG_SOURCE);
    if (!code) return is_source ? Failure::Kind::Unreachable : Failure::Kind::Unplayable;
    const GstStructure* details = nullptr;
    gst_message_parse_error_details(message, &details);
    guint status = 0;
    if (details != nullptr) gst_structure_get_uint(details, "http-status-code", &status);
    bool is_missing = *code == GST_RESOURCE_ERROR_NOT_FOUND || status == kGone;
    return is_missing ? Failure::Kind::Missing : Failure::Kind::Unreachable;
}

std::vector<Track> list_tracks(GstElement* playbin, const char* count_name, const char* tags_signal) {
    gint count = 0;
    g_object_get(playbin, count_name, &count, nullptr);
    std::vector<Track> tracks;
    for (gint i = 0; i < count; ++i) {
        GstTagList* tags = nullptr;
        g_signal_emit_by_name(playbin, tags_signal, i, &tags);
        tracks.push_back({tag_of(tags, GST_TAG_LANGUAGE_CODE), tag_of(tags, GST_TAG_TITLE)});
        if (tags != nullptr) gst_tag_list_unref(tags);
    }
    return tracks;
}

}  // namespace

Result<std::unique_ptr<Playback>> Playback::create(const Source& source, const PlayerOptions& options, Hearer hearer) {
    std::unique_ptr<Playback> playback(new Playback(source, std::move(hearer)));
    LINLI_CHECK(playback->build(options));
    return playback;
}

Playback::~Playback() {
    if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

Result<void> Playback::build(const PlayerOptions& options) {
    is_live_ = LiveSource::is_live(source_.uri);
    LINLI_TRY(pictures, PictureOutput::create(options.video_sink, hearer_.pictures));
    pictures_ = std::move(pictures);
    constexpr const char* kToNobody = "fakesink sync=true";
    auto make_audio = [](const std::string& description, GError** error) {
        return gst_parse_bin_from_description_full(description.c_str(), TRUE, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, error);
    };
    GError* error = nullptr;
    GstElement* sink = make_audio(options.audio_sink.empty() ? kToNobody : options.audio_sink, &error);
    if (error != nullptr) {
        hearer_.on_warning(std::string("there is no sound: ") + error->message);
        g_error_free(error);
        sink = make_audio(kToNobody, nullptr);
    }
    audio_sink_.reset(GST_ELEMENT(gst_object_ref_sink(sink)));
    GstElement* playbin = gst_element_factory_make("playbin", nullptr);
    if (playbin == nullptr) return base::fail("GStreamer's playback plugin is not installed");
    pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(playbin)));
    bool is_remote = source_.uri.starts_with("http");
    g_object_set(playbin, "uri", is_live_ ? "appsrc://" : source_.uri.c_str(), "video-sink", pictures_->element(), "audio-sink",
                 audio_sink_.get(), "flags", kFlags | (is_remote ? kBuffering : 0) | (source_.subtitle_uri.empty() ? 0 : kText), nullptr);
    if (!source_.subtitle_uri.empty()) g_object_set(playbin, "suburi", source_.subtitle_uri.c_str(), nullptr);
    g_signal_connect(playbin, "deep-element-added", G_CALLBACK(on_element), this);
    for (const char* signal : {"audio-changed", "text-changed", "audio-tags-changed", "text-tags-changed", "video-changed"})
        g_signal_connect_swapped(playbin, signal, G_CALLBACK(+[](Playback* self) { self->hearer_.on_tracks(); }), this);
    GstHandle<GstBus> bus(gst_pipeline_get_bus(GST_PIPELINE(playbin)));
    gst_bus_set_sync_handler(bus.get(), on_message, this, nullptr);
    return {};
}

Result<void> Playback::start() {
    // A file that begins in its middle is seeked in before it is shown.
    bool waits = !is_live_ && source_.begin.count() > 0;
    if (gst_element_set_state(pipeline_.get(), waits ? GST_STATE_PAUSED : GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
        return base::fail("cannot play " + source_.uri);
    if (!is_live_) return {};
    GstElement* source = nullptr;
    g_object_get(pipeline_.get(), "source", &source, nullptr);
    if (source == nullptr) return base::fail("GStreamer's app plugin is not installed");
    live_.reset(GST_APP_SRC(source));
    return {};
}

void Playback::push(std::span<const std::byte> packets, nanoseconds after_start) {
    if (live_ == nullptr || packets.empty()) return;
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, packets.size(), nullptr);
    gst_buffer_fill(buffer, 0, packets.data(), packets.size());
    GST_BUFFER_PTS(buffer) = GST_BUFFER_DTS(buffer) = static_cast<GstClockTime>(std::max(after_start, nanoseconds(0)).count());
    gst_app_src_push_buffer(live_.get(), buffer);
}

void Playback::on_element(GstBin*, GstBin*, GstElement* element, gpointer data) {
    auto* self = static_cast<Playback*>(data);
    GstElementFactory* factory = gst_element_get_factory(element);
    std::string_view name = factory != nullptr ? GST_OBJECT_NAME(factory) : "";
    if (name == "appsrc" && self->is_live_) {
        GstCaps* caps = gst_caps_from_string("video/mpegts,systemstream=(boolean)true,packetsize=(int)188");
        g_object_set(element, "caps", caps, "is-live", TRUE, "format", GST_FORMAT_TIME, "max-bytes", kMostQueued, nullptr);
        gst_util_set_object_arg(G_OBJECT(element), "leaky-type", "downstream");
        gst_caps_unref(caps);
    } else if (name == "tsdemux" && self->is_live_) {
        g_object_set(element, "latency", kJitterMilliseconds, nullptr);
    } else if (name == "tsdemux") {
        if (self->source_.service_id != 0) g_object_set(element, "program-number", gint{self->source_.service_id}, nullptr);
        if (!self->source_.has_tables) return;
        GstHandle<GstPad> pad(gst_element_get_static_pad(element, "sink"));
        gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, on_file_bytes, self, nullptr);
    }
}

GstPadProbeReturn Playback::on_file_bytes(GstPad*, GstPadProbeInfo* info, gpointer data) {
    auto* self = static_cast<Playback*>(data);
    GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
    GstMapInfo map;
    if (buffer == nullptr || !gst_buffer_map(buffer, &map, GST_MAP_READ)) return GST_PAD_PROBE_OK;
    auto packets = self->aligner_.feed(std::as_bytes(std::span(map.data, map.size)));
    if (!packets.empty()) self->hearer_.on_bytes(packets);
    gst_buffer_unmap(buffer, &map);
    return GST_PAD_PROBE_OK;
}

GstBusSyncReply Playback::on_message(GstBus*, GstMessage* message, gpointer data) {
    auto* self = static_cast<Playback*>(data);
    switch (GST_MESSAGE_TYPE(message)) {
        case GST_MESSAGE_EOS: self->hearer_.on_end(); break;
        case GST_MESSAGE_ERROR: self->hear_error(message); break;
        case GST_MESSAGE_STREAM_START: self->hearer_.on_tracks(); break;
        case GST_MESSAGE_ASYNC_DONE:
            if (GST_MESSAGE_SRC(message) == GST_OBJECT(self->pipeline_.get())) self->hearer_.on_ready();
            break;
        case GST_MESSAGE_LATENCY:
            gst_element_call_async(
                self->pipeline_.get(), [](GstElement* pipeline, gpointer) { gst_bin_recalculate_latency(GST_BIN(pipeline)); }, nullptr,
                nullptr);
            break;
        default: break;
    }
    gst_message_unref(message);
    return GST_BUS_DROP;
}

void Playback::hear_error(GstMessage* message) {
    GstObject* from = GST_MESSAGE_SRC(message);
    bool is_sound = from != nullptr && gst_object_has_as_ancestor(from, GST_OBJECT(audio_sink_.get()));
    bool is_first = !has_told_.exchange(true);
    if (is_sound && !has_lost_sound_.exchange(true)) return hearer_.on_sound_error(error_text(message));
    // What comes after the first follows from it.
    if (is_sound || !is_first) return;
    if (resource_error(message) == GST_RESOURCE_ERROR_SEEK) hearer_.on_seek_error(error_text(message));
    else hearer_.on_error({kind_of(message), error_text(message)});
}

void Playback::set_volume(int percent) {
    gst_stream_volume_set_volume(GST_STREAM_VOLUME(pipeline_.get()), GST_STREAM_VOLUME_FORMAT_CUBIC, percent / 100.0);
}

void Playback::set_mute(bool is_mute) { g_object_set(pipeline_.get(), "mute", is_mute ? TRUE : FALSE, nullptr); }

Tracks Playback::tracks() const {
    Tracks tracks;
    gint videos = 0, audio = -1;
    g_object_get(pipeline_.get(), "n-video", &videos, "current-audio", &audio, nullptr);
    tracks.has_video = videos > 0;
    tracks.audio = list_tracks(pipeline_.get(), "n-audio", "get-audio-tags");
    tracks.subtitles = list_tracks(pipeline_.get(), "n-text", "get-text-tags");
    if (audio >= 0 && static_cast<std::size_t>(audio) < tracks.audio.size()) tracks.audio_chosen = static_cast<std::size_t>(audio);
    return tracks;
}

void Playback::choose_audio(std::size_t index) { g_object_set(pipeline_.get(), "current-audio", static_cast<gint>(index), nullptr); }

void Playback::choose_subtitles(std::optional<std::size_t> index) {
    gint flags = 0;
    g_object_get(pipeline_.get(), "flags", &flags, nullptr);
    if (index) g_object_set(pipeline_.get(), "current-text", static_cast<gint>(*index), nullptr);
    g_object_set(pipeline_.get(), "flags", index ? flags | kText : flags & ~kText, nullptr);
}

void Playback::set_paused(bool is_paused) {
    if (!is_live_) gst_element_set_state(pipeline_.get(), is_paused ? GST_STATE_PAUSED : GST_STATE_PLAYING);
}

bool Playback::seek_to(milliseconds position) {
    constexpr auto kHow = static_cast<GstSeekFlags>(GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE);
    return gst_element_seek_simple(pipeline_.get(), GST_FORMAT_TIME, kHow, nanoseconds(position).count()) != FALSE;
}

std::optional<Progress> Playback::progress() const {
    if (is_live_) return {};
    gint64 position = 0, duration = 0;
    if (!gst_element_query_position(pipeline_.get(), GST_FORMAT_TIME, &position)) return {};
    Progress progress{.position = duration_cast<milliseconds>(nanoseconds(position))};
    if (gst_element_query_duration(pipeline_.get(), GST_FORMAT_TIME, &duration) && duration > 0)
        progress.duration = duration_cast<milliseconds>(nanoseconds(duration));
    GstQuery* query = gst_query_new_seeking(GST_FORMAT_TIME);
    if (gst_element_query(pipeline_.get(), query)) {
        gboolean can_seek = FALSE;
        gst_query_parse_seeking(query, nullptr, &can_seek, nullptr, nullptr);
        progress.can_seek = can_seek != FALSE;
    }
    gst_query_unref(query);
    return progress;
}

}  // namespace linli::media
