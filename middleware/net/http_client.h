#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/net/http_options.h"

namespace linli::net {

/// libcurl's process-wide state. The program makes one before any HttpClient and keeps it to the end.
class HttpLibrary {
  public:
    HttpLibrary();
    ~HttpLibrary();
    HttpLibrary(const HttpLibrary&) = delete;
    HttpLibrary& operator=(const HttpLibrary&) = delete;
};

/// What one transfer may cost.
struct HttpLimits {
    /// Of the answer's body, after unpacking where it came compressed.
    std::uint64_t bytes = 1u << 20;
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds total{30'000};
    /// Given up when fewer than `slow_bytes` a second come for `slow_time`; less where the bandwidth is capped so low.
    long slow_bytes = 200;
    std::chrono::seconds slow_time{10};
    long redirects = 3;
};

struct HttpAnswer {
    int status = 0;
    std::string etag;
    /// The server's time when the answer was sent (Date, and Age where a cache answers).
    std::optional<std::chrono::sys_seconds> date;
    /// How long the server asks to be left alone (Retry-After, in seconds or as a time). @spec RFC 9110 §10.2.3
    std::optional<std::chrono::seconds> retry_after;
    /// Empty where a sink took it.
    std::string body;
    /// Of the body, as it came: without a sink it may have come compressed.
    std::uint64_t bytes_received = 0;
    /// Of all answers' headers, and of all requests, redirects included; as HTTP/1.1 would write them.
    std::uint64_t header_bytes = 0;
    std::uint64_t bytes_sent = 0;
    /// "HTTP/1.1", "HTTP/2".
    std::string protocol;
};

/// Makes HTTP requests and waits for them: for worker threads, never for the UI thread. http and https only, also
/// after a redirect, and never from https to http; HTTP/2 where a TLS server offers it. Connections are kept for the
/// next request, and sessions of TLS for the next connection. One thread at a time, except for `cancel`, `set_network` and `is_cancelled`.
///
/// An error is a sentence with the address and the reason: no network, a limit, an answer cut short. An answer of
/// any status is an answer.
class HttpClient {
  public:
    /// Takes the body of a 200 or 206 piece by piece, each with its place in the whole; its error ends the transfer and
    /// becomes the request's.
    using Sink = std::function<base::Result<void>(std::uint64_t at, std::string_view bytes)>;

    explicit HttpClient(HttpOptions options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// With `if_none_match` the server may answer 304. With a bearer token no redirect is followed. With `from_byte` the
    /// rest from there is asked for: a 206 brings it, a 200 the whole, and a 416 says that there is no such rest.
    struct Get {
        std::string url;
        std::string if_none_match;
        std::string bearer_token;
        std::uint64_t from_byte = 0;
        /// More headers, each "Name: value". Never from outside unchecked.
        std::vector<std::string> headers = {};
    };
    base::Result<HttpAnswer> get(const Get& request, const HttpLimits& limits);
    base::Result<HttpAnswer> get(const Get& request, const HttpLimits& limits, const Sink& sink);

    /// `body` is read where it lies: libcurl's own send buffer is the one copy of it. No redirect is followed.
    struct Post {
        std::string url;
        std::string_view body;
        std::string media_type;
        std::string bearer_token;
        /// As in Get.
        std::vector<std::string> headers = {};
    };
    base::Result<HttpAnswer> post(const Post& request, const HttpLimits& limits);
    /// Whether the server may have received anything of the last request: false where no connection came about.
    bool was_sent() const;

    /// Ends the request under way and refuses further ones, within a moment. From any thread.
    void cancel();
    bool is_cancelled() const;
    /// Off: the request under way and every further one fail as if there were no network. From any thread.
    void set_network(bool is_on);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::net
