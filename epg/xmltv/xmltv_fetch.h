#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "epg/xmltv/xmltv_import.h"
#include "middleware/net/http_client.h"

namespace linli::epg {

/// What a server said when it was asked for a file of XMLTV.
struct XmltvAnswer {
    bool is_unchanged = false;  // it is the one that is had already: nothing was imported
    XmltvCounts counts;
    /// Of this file; empty where the server gives none.
    std::string etag;
    std::uint64_t bytes_received = 0;
    /// Why there is no file, where the server answered with something else; and how long it asks to be left alone.
    std::string refusal;
    std::optional<std::chrono::seconds> retry_after;
};

/// Fetches a file of XMLTV over HTTP and imports it as it comes, unless it is the one with `etag`. On a worker's thread; in
/// a module, apart from the rest, so that the first frame need not wait for libcurl. An error where nobody answers or the
/// file is broken.
base::Result<XmltvAnswer> fetch_xmltv(net::HttpClient& client, const std::string& url, const std::string& etag, XmltvImport& import);

}  // namespace linli::epg
