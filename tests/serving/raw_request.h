#pragma once

#include <map>
#include <string>
#include <vector>

namespace linli::tests {

/// An answer as it came, nothing decoded.
struct RawAnswer {
    long status = 0;
    /// "HTTP/2", "HTTP/1.1".
    std::string protocol;
    /// Names in lower case.
    std::map<std::string, std::string> headers;
    std::string body;
};

struct RawRequest {
    std::string url;
    std::string ca_file;
    /// "Range: bytes=0-1".
    std::vector<std::string> headers{};
    std::string method = "GET";
};

/// Asks with libcurl alone, so that every header can be looked at. Status 0 where there was no answer.
RawAnswer ask(const RawRequest& request);

}  // namespace linli::tests
