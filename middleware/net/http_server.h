#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "middleware/net/tls_front.h"

namespace linli::net {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// A request as a handler sees it.
struct HttpRequest {
    std::string method;
    /// Percent-decoded, without the query; always begins with '/', never holds "/../".
    std::string path;
    /// What follows '?', as it was sent.
    std::string query;
    HeaderList headers;
    std::string body;
    /// Where the client is; of a client over TLS its own address, not that of what stands between.
    std::string client_address;
    /// The SHA-256 of the client's certificate, which was verified, in hex; empty where it has shown none.
    std::string client_certificate;

    /// The value of a header, whose name is compared without regard to case.
    std::optional<std::string_view> header(std::string_view name) const;
};

/// What a handler answers: `body`, or, where `stream` is set, what it writes.
struct HttpResponse {
    /// Sends a piece of the body; false when the client has gone.
    using Write = std::function<bool(std::string_view)>;

    int status = 200;
    std::string media_type = "text/plain; charset=utf-8";
    HeaderList headers;
    std::string body;
    /// Called once, on the connection's thread. Without `stream_length` the end of the connection is the end of
    /// the body.
    std::function<void(const Write&)> stream;
    std::optional<std::uint64_t> stream_length;
};

/// Called on one of the server's threads, several at a time.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

enum class MessageKind { Text, Binary };

/// One open WebSocket connection. Safe from every thread, also after the connection has gone.
class WebSocket {
  public:
    virtual ~WebSocket() = default;
    /// Sends one message; false when the connection has gone. Blocks while the peer reads too slowly, at most
    /// until the connection times out: who sends many frames waits for the peer's word before the next.
    virtual bool send(MessageKind kind, std::string_view message) = 0;
    /// Says good-bye; `on_close` follows.
    virtual void close() = 0;
};

/// What is done with the connections of one WebSocket address. The functions are called on the connection's
/// thread, for one connection in this order and one at a time.
struct WebSocketHandlers {
    /// The connection may be kept for as long as is wanted.
    std::function<void(const std::shared_ptr<WebSocket>&)> on_connect;
    std::function<void(WebSocket&, MessageKind, std::string_view message)> on_message;
    std::function<void(WebSocket&)> on_close;
};

/// What a server answers to, written out before it starts. Of two prefixes that fit, the longer one answers.
/// A prefix ends at a '/' or at the end of the path: "/publication" fits "/publication/areas", not
/// "/publications".
class HttpRoutes {
  public:
    /// Every method goes to `handler`.
    HttpRoutes& handle(std::string prefix, HttpHandler handler);
    /// Fixed bytes at one address: GET and HEAD, ETag, 304.
    HttpRoutes& serve_bytes(std::string path, std::string media_type, std::string bytes);
    /// The files below a folder: GET and HEAD, ETag, Last-Modified, 304; "index.html" for a folder. Hidden
    /// files, links that lead out of it and anything but plain files are not there (404). `cache_control`
    /// gives the header of that name for a path below the prefix; none where it is empty.
    HttpRoutes& serve_folder(std::string prefix, std::filesystem::path folder,
                             std::function<std::string(std::string_view path)> cache_control = {});
    /// WebSocket connections to exactly this path. One that a page of another site opens is refused.
    HttpRoutes& web_socket(std::string path, WebSocketHandlers handlers);

  private:
    friend class HttpServer;
    struct Route {
        std::string prefix;
        HttpHandler handler;
    };
    struct Endpoint {
        std::string path;
        WebSocketHandlers handlers;
    };
    const HttpHandler* find(std::string_view path) const;

    std::vector<Route> routes_;
    std::vector<Endpoint> endpoints_;
};

/// Which names a client may call the server by, in the Host header.
enum class HostNames {
    Any,
    /// 127.0.0.1, localhost and [::1] with the server's port. Others are refused with 421: a page of another site can
    /// have its name point at this machine (DNS rebinding), and would then pass for one of ours.
    Loopback,
};

struct HttpServerOptions {
    /// Loopback unless someone decides otherwise.
    std::string address = "127.0.0.1";
    /// 0 takes any free port; ask `HttpServer::port`.
    std::uint16_t port = 0;
    HostNames host_names = HostNames::Any;
    /// Without it the server speaks plainly.
    std::optional<TlsOptions> tls;
    /// Each request, and each WebSocket connection for as long as it is open, takes one.
    int threads = 12;
    /// A longer body of a request is answered with 413, a longer WebSocket message with the connection's end.
    std::size_t most_body_bytes = 1u << 20;
    /// How long a client may keep a request or an answer waiting.
    std::chrono::milliseconds patience{10'000};
};

/// An HTTP/1.1 server with threads of its own, for the simulator and the reference platform; not meant to
/// face the internet without a proxy before it. The box has none.
class HttpServer {
  public:
    /// An address that is taken is an error of one sentence ("port 8080 is in use: …").
    static base::Result<std::unique_ptr<HttpServer>> start(const HttpServerOptions& options, HttpRoutes routes,
                                                           base::Log& log);
    /// Closes every connection and waits for handlers that still run.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    /// "http://127.0.0.1:8080", or "https://…"
    std::string url() const;

  private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::net
