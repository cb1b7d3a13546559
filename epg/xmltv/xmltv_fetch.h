#pragma once

#include <string>

#include "epg/xmltv/xmltv_import.h"
#include "middleware/net/http_client.h"

namespace linli::epg {

/// Fetches a file of XMLTV over HTTP and imports it as it comes. On a worker's thread; in the network's module, apart from
/// the rest, so that the first frame need not wait for libcurl.
base::Result<XmltvCounts> fetch_xmltv(net::HttpClient& client, const std::string& url, XmltvImport& import);

}  // namespace linli::epg
