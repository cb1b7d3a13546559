#include "epg/xmltv/xmltv_fetch.h"

#include "middleware/base/format.h"

namespace linli::epg {

base::Result<XmltvAnswer> fetch_xmltv(net::HttpClient& client, const std::string& url, const std::string& etag, XmltvImport& import) {
    constexpr int kOk = 200, kNotModified = 304;
    net::HttpLimits limits;
    limits.bytes = XmltvImport::kMostBytes;
    limits.total = std::chrono::hours(1);
    auto take = [&](std::uint64_t, std::string_view bytes) { return import.push(bytes); };
    LINLI_TRY(answer, client.get({.url = url, .if_none_match = etag}, limits, take));
    XmltvAnswer told{.etag = answer.etag, .bytes_received = answer.bytes_received, .retry_after = answer.retry_after};
    if (answer.status == kNotModified) {
        told.is_unchanged = true;
    } else if (answer.status == kOk) {
        LINLI_TRY(counts, import.finish());
        told.counts = counts;
    } else {
        told.refusal = base::format("{} answered {}", url, answer.status);
    }
    return told;
}

}  // namespace linli::epg
