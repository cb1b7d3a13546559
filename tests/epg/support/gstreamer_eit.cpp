#include "tests/epg/support/gstreamer_eit.h"

#include <memory>

#define GST_USE_UNSTABLE_API
#include <gst/gst.h>
#include <gst/mpegts/mpegts.h>

namespace linli::tests {
namespace {

using Section = std::unique_ptr<GstMpegtsSection, void (*)(GstMpegtsSection*)>;

Section section_of(epg::Bytes bytes) {
    auto* copy = static_cast<guint8*>(g_malloc(bytes.size()));
    __builtin_memcpy(copy, bytes.data(), bytes.size());
    return {gst_mpegts_section_new(0x12, copy, bytes.size()),
            [](GstMpegtsSection* section) { if (section != nullptr) gst_mpegts_section_unref(section); }};
}

/// Hands a text over and frees it.
template <typename Take>
void take_text(gchar* text, Take take) {
    if (text != nullptr) take(text);
    g_free(text);
}

template <typename Take>
void take_texts(const GstMpegtsEITEvent& event, Take take) {
    enum { kTitle, kSummary, kDescription };
    for (guint i = 0; i < event.descriptors->len; ++i) {
        auto* descriptor = static_cast<GstMpegtsDescriptor*>(g_ptr_array_index(event.descriptors, i));
        if (descriptor->tag == GST_MTS_DESC_DVB_SHORT_EVENT) {
            gchar *language = nullptr, *title = nullptr, *summary = nullptr;
            if (!gst_mpegts_descriptor_parse_dvb_short_event(descriptor, &language, &title, &summary)) continue;
            g_free(language);
            take_text(title, [&](const char* text) { take(kTitle, text); });
            take_text(summary, [&](const char* text) { take(kSummary, text); });
        } else if (descriptor->tag == GST_MTS_DESC_DVB_EXTENDED_EVENT) {
            GstMpegtsExtendedEventDescriptor* extended = nullptr;
            if (!gst_mpegts_descriptor_parse_dvb_extended_event(descriptor, &extended)) continue;
            if (extended->text != nullptr) take(kDescription, extended->text);
            gst_mpegts_extended_event_descriptor_free(extended);
        }
    }
}

}  // namespace

void start_gstreamer() {
    gst_init(nullptr, nullptr);
    gst_mpegts_initialize();
}

std::vector<GstreamerEvent> gstreamer_events(epg::Bytes bytes) {
    std::vector<GstreamerEvent> events;
    Section section = section_of(bytes);
    const GstMpegtsEIT* table = section ? gst_mpegts_section_get_eit(section.get()) : nullptr;
    if (table == nullptr) return events;
    for (guint i = 0; i < table->events->len; ++i) {
        auto* event = static_cast<GstMpegtsEITEvent*>(g_ptr_array_index(table->events, i));
        GstreamerEvent& taken = events.emplace_back();
        taken.service = section->subtable_extension;
        taken.stream = table->transport_stream_id;
        taken.network = table->original_network_id;
        taken.id = event->event_id;
        taken.duration = event->duration;
        taken.running_status = event->running_status;
        taken.is_scrambled = event->free_CA_mode;
        std::string* texts[] = {&taken.title, &taken.summary, &taken.description};
        take_texts(*event, [&](int which, const char* text) { *texts[which] += text; });
    }
    return events;
}

std::size_t count_gstreamer_events(epg::Bytes bytes) {
    Section section = section_of(bytes);
    const GstMpegtsEIT* table = section ? gst_mpegts_section_get_eit(section.get()) : nullptr;
    if (table == nullptr) return 0;
    for (guint i = 0; i < table->events->len; ++i)
        take_texts(*static_cast<GstMpegtsEITEvent*>(g_ptr_array_index(table->events, i)), [](int, const char*) {});
    return table->events->len;
}

}  // namespace linli::tests
