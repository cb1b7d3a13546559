#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "middleware/base/result.h"
#include "middleware/net/http_client.h"

namespace linli::platform {

/// A file of a publication, as a verified head or item describes it.
struct RemoteFile {
    std::string url;
    std::string sha256;
    std::uint64_t length = 0;
};

/// What the network was used for, bodies and headers together.
struct Traffic {
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
    void add(const net::HttpAnswer& answer) {
        received += answer.bytes_received + answer.header_bytes;
        sent += answer.bytes_sent;
    }
};

/// Fetches a file to `part`, and goes on there where an earlier attempt was interrupted, even by a power cut. Without an
/// error `part` has the right length and the right hash. An interrupted download leaves what has come for the next
/// attempt; one that brought other bytes, or more, or for which the disk has no room, leaves nothing.
base::Result<void> download(net::HttpClient& client, const RemoteFile& file, const std::filesystem::path& part,
                            net::HttpLimits limits, Traffic& traffic);

}  // namespace linli::platform
