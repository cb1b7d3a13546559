#pragma once

#include <gst/gst.h>

#include <memory>
#include <string>
#include <string_view>

namespace linli::media {

struct GstUnref {
    template <typename Object>
    void operator()(Object* object) const {
        gst_object_unref(object);
    }
};
template <typename Object>
using GstHandle = std::unique_ptr<Object, GstUnref>;
using ElementHandle = GstHandle<GstElement>;

inline ElementHandle find_element(GstElement* bin, const char* name) {
    return ElementHandle(gst_bin_get_by_name(GST_BIN(bin), name));
}

struct FreeError {
    void operator()(GError* error) const { g_error_free(error); }
};
using ErrorHandle = std::unique_ptr<GError, FreeError>;

/// What an error message says, in one line, with the element's own words for what only it knows.
inline std::string error_text(GstMessage* message) {
    GError* error = nullptr;
    gchar* details = nullptr;
    gst_message_parse_error(message, &error, &details);
    ErrorHandle freed(error);
    std::string text = error != nullptr ? error->message : "unknown error";
    // "Internal data stream error." and the like say nothing without their details' last line.
    if (details != nullptr && GST_IS_OBJECT(GST_MESSAGE_SRC(message))) {
        std::string_view last(details);
        if (auto at = last.find_last_of('\n'); at != last.npos) last.remove_prefix(at + 1);
        if (!last.empty()) text += " (" + std::string(last) + ")";
    }
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    g_free(details);
    return text;
}

}  // namespace linli::media
