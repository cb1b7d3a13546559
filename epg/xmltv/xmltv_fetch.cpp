#include "epg/xmltv/xmltv_fetch.h"

#include "middleware/base/format.h"

namespace linli::epg {

base::Result<XmltvCounts> fetch_xmltv(net::HttpClient& client, const std::string& url, XmltvImport& import) {
    net::HttpLimits limits;
    limits.bytes = XmltvImport::kMostBytes;
    limits.total = std::chrono::hours(1);
    auto take = [&](std::uint64_t, std::string_view bytes) { return import.push(bytes); };
    LINLI_TRY(answer, client.get({.url = url}, limits, take));
    if (answer.status != 200) return base::fail(base::format("{} answered {}", url, answer.status));
    return import.finish();
}

}  // namespace linli::epg
