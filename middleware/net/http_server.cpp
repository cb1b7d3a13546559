// What civetweb 1.15 really does, and what is done about it:
//   it looks for the order to stop every two seconds, or when a connection comes: so one comes; connections are
//     not kept alive and WebSockets are told good-bye first (HttpServer.StopsWithOpenWebSockets)
//   it reports a port that is taken as "cannot bind"; the reason is found by trying (HttpServer.NamesThePortInUse)
//   it has no TLS with OpenSSL 3: TlsFront stands before it, and it listens on the loopback address only, where who does
//     not come through there is refused (HttpServerTls.AnswersNobodyWhoComesPastIt)
//   it hands over WebSocket frames, not messages (HttpServer.JoinsFragmentedMessages)

#include "middleware/net/http_server.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "middleware/net/http_date.h"
#include "middleware/net/listening.h"
#include "middleware/net/web_socket_connection.h"

#include <civetweb.h>

namespace linli::net {

using base::Result;

namespace {

/// @spec RFC 6455 §5.2
constexpr int kFinBit = 0x80;
constexpr int kOpcodeMask = 0x0F;
constexpr const char* kLoopback = "127.0.0.1";

HttpRequest read_head(mg_connection* connection) {
    const mg_request_info* info = mg_get_request_info(connection);
    HttpRequest request;
    request.client_address = info->remote_addr;
    request.method = info->request_method;
    request.path = info->local_uri ? info->local_uri : "/";
    request.query = info->query_string ? info->query_string : "";
    for (int i = 0; i < info->num_headers; ++i)
        request.headers.emplace_back(info->http_headers[i].name, info->http_headers[i].value);
    return request;
}

/// The body, or nothing when it is longer than `most_bytes` or was cut short. It may hold a PIN: no copy is left of it.
std::optional<std::string> read_body(mg_connection* connection, std::size_t most_bytes) {
    long long announced = mg_get_request_info(connection)->content_length;
    if (announced > static_cast<long long>(most_bytes)) return std::nullopt;
    std::string body, piece(16384, '\0');
    if (announced > 0) body.reserve(static_cast<std::size_t>(announced));
    int got = 0;
    while (body.size() <= most_bytes && (got = mg_read(connection, piece.data(), piece.size())) > 0)
        body.append(piece, 0, static_cast<std::size_t>(got));
    base::wipe(piece);
    bool is_whole = got == 0 && (announced < 0 || body.size() >= static_cast<std::size_t>(announced));
    if (is_whole) return body;
    base::wipe(body);
    return std::nullopt;
}

bool write_all(mg_connection* connection, std::string_view bytes) {
    return bytes.empty() || mg_write(connection, bytes.data(), bytes.size()) == static_cast<int>(bytes.size());
}

void send(mg_connection* connection, const HttpResponse& response, bool is_head_request) {
    std::string head = base::format("HTTP/1.1 {} {}\r\n", response.status,
                                    mg_get_response_code_text(connection, response.status));
    if (response.status != 304) head += base::format("Content-Type: {}\r\n", response.media_type);
    std::optional<std::uint64_t> length = response.stream ? response.stream_length : response.body.size();
    if (length && response.status != 304) head += base::format("Content-Length: {}\r\n", *length);
    bool has_date = false;
    for (const auto& [name, value] : response.headers) {
        head += base::format("{}: {}\r\n", name, value);
        has_date = has_date || name == "Date";
    }
    auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (!has_date) head += base::format("Date: {}\r\n", format_http_date(now));
    head += "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    if (!write_all(connection, head) || is_head_request || response.status == 304) return;
    if (response.stream)
        response.stream([&](std::string_view bytes) { return write_all(connection, bytes); });
    else
        write_all(connection, response.body);
}

/// The host and port of "http://host:port".
std::string_view authority(std::string_view origin) {
    auto at = origin.find("://");
    return at == std::string_view::npos ? std::string_view() : origin.substr(at + 3);
}

bool is_loopback_name(std::string_view host, std::uint16_t port) {
    auto is = [&](std::string_view name) { return host == base::format("{}:{}", name, port); };
    return is("127.0.0.1") || is("localhost") || is("[::1]");
}

}  // namespace

class HttpServer::Impl {
  public:
    Impl(const HttpServerOptions& options, HttpRoutes routes, base::Log& log)
        : options_(options), routes_(std::move(routes)), log_(log) {
        for (auto& endpoint : routes_.endpoints_) sockets_.push_back({this, &endpoint.handlers});
    }
    ~Impl() {
        for (const auto& connection : open_connections()) connection->close();
        if (front_) front_->stop();
        if (!context_) return;
        std::jthread waker([this](std::stop_token token) {
            while (!token.stop_requested()) {
                poke(front_ ? kLoopback : options_.address, port_);
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        });
        mg_stop(context_);
    }

    Result<void> start() {
        if (options_.tls) {
            LINLI_TRY(front, TlsFront::open(*options_.tls, options_.address, options_.port, log_));
            front_ = std::move(front);
        }
        std::string address = front_ ? base::format("{}:0", kLoopback) : base::format("{}:{}", options_.address, options_.port);
        std::string threads = std::to_string(options_.threads);
        std::string patience = std::to_string(options_.patience.count());
        const char* settings[] = {"listening_ports", address.c_str(), "num_threads", threads.c_str(),
                                  "request_timeout_ms", patience.c_str(), "websocket_timeout_ms", patience.c_str(),
                                  "enable_websocket_ping_pong", "yes", "enable_keep_alive", "no",
                                  "enable_directory_listing", "no", "tcp_nodelay", "1", nullptr};
        mg_callbacks callbacks{};
        callbacks.begin_request = on_request;
        callbacks.log_message = on_log;
        char text[256] = "";
        mg_error_data error{};
        error.text = text;
        error.text_buffer_size = sizeof text;
        mg_init_data init{&callbacks, this, settings};
        context_ = mg_start2(&init, &error);
        if (!context_) {
            std::string reason = why_not_listening(options_.address, options_.port);
            return base::fail(reason.empty() ? base::format("cannot start the server: {}", text) : reason);
        }
        mg_server_port ports[1]{};
        if (mg_get_server_ports(context_, 1, ports) == 1) port_ = static_cast<std::uint16_t>(ports[0].port);
        for (std::size_t i = 0; i < sockets_.size(); ++i)
            mg_set_websocket_handler(context_, routes_.endpoints_[i].path.c_str(), on_socket_connect, on_socket_ready,
                                     on_socket_data, on_socket_close, &sockets_[i]);
        if (front_) front_->serve(port_, options_.threads, options_.patience);
        return {};
    }

    std::uint16_t port() const { return front_ ? front_->port() : port_; }
    std::string url() const { return base::format("{}://{}:{}", front_ ? "https" : "http", options_.address, port()); }

  private:
    struct Socket {
        Impl* server;
        WebSocketHandlers* handlers;
    };
    using Held = std::shared_ptr<WebSocketConnection>;

    static int on_log(const mg_connection* connection, const char* message) {
        auto* server = static_cast<Impl*>(mg_get_user_data(mg_get_context(connection)));
        if (server) server->log_.debug(base::format("http server: {}", message));
        return 1;
    }

    static int on_request(mg_connection* connection) {
        auto& server = *static_cast<Impl*>(mg_get_request_info(connection)->user_data);
        return server.answer(connection);
    }

    int answer(mg_connection* connection) {
        HttpRequest request = read_head(connection);
        if (front_) {
            auto client = front_->client_at(static_cast<std::uint16_t>(mg_get_request_info(connection)->remote_port));
            if (!client) return refuse(connection, request, 403, "this server is spoken to over TLS only\n");
            request.client_address = client->address;
            request.client_certificate = client->certificate;
        }
        if (options_.host_names == HostNames::Loopback && !is_loopback_name(request.header("Host").value_or(""), port()))
            return refuse(connection, request, 421, "this server is known by the names of this machine only\n");
        // A WebSocket goes to the handlers that were set for its address.
        auto is_here = [&](const auto& endpoint) { return endpoint.path == request.path; };
        if (request.header("Upgrade") && std::ranges::any_of(routes_.endpoints_, is_here)) return 0;
        HttpResponse response = respond(connection, request);
        if (response.is_withheld) return response.status;
        send(connection, response, request.method == "HEAD");
        return response.status;
    }

    static int refuse(mg_connection* connection, const HttpRequest& request, int status, std::string_view why) {
        HttpResponse response;
        response.status = status;
        response.body = why;
        send(connection, response, request.method == "HEAD");
        return status;
    }

    HttpResponse respond(mg_connection* connection, HttpRequest& request) {
        HttpResponse response;
        const HttpHandler* handler = routes_.find(request.path);
        if (!handler) {
            response.status = 404;
            response.body = "not found\n";
            return response;
        }
        auto body = read_body(connection, options_.most_body_bytes);
        if (!body) {
            response.status = 413;
            response.body =
                base::format("the body is longer than {} bytes, or was cut short\n", options_.most_body_bytes);
            return response;
        }
        request.body = std::move(*body);
        response = (*handler)(request);
        base::wipe(request.body);
        return response;
    }

    static int on_socket_connect(const mg_connection* connection, void* data) {
        (void)data;
        const char* origin = mg_get_header(connection, "Origin");
        const char* host = mg_get_header(connection, "Host");
        // Programs send no Origin; a browser always does.
        return origin && (!host || authority(origin) != host) ? 1 : 0;
    }

    static void on_socket_ready(mg_connection* connection, void* data) {
        auto& socket = *static_cast<Socket*>(data);
        auto held = std::make_shared<WebSocketConnection>(connection);
        mg_set_user_connection_data(connection, new Held(held));
        {
            std::lock_guard lock(socket.server->mutex_);
            socket.server->open_.push_back(held);
        }
        if (socket.handlers->on_connect) socket.handlers->on_connect(held);
    }

    static int on_socket_data(mg_connection* connection, int bits, char* data, size_t size, void* socket_data) {
        auto& socket = *static_cast<Socket*>(socket_data);
        auto& held = **static_cast<Held*>(mg_get_user_connection_data(connection));
        int opcode = bits & kOpcodeMask;
        if (opcode == MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE) return 0;
        bool is_data = opcode == MG_WEBSOCKET_OPCODE_TEXT || opcode == MG_WEBSOCKET_OPCODE_BINARY ||
                       opcode == MG_WEBSOCKET_OPCODE_CONTINUATION;
        if (!is_data) return 1;
        if (held.pending() + size > socket.server->options_.most_body_bytes) return 0;
        auto kind = opcode == MG_WEBSOCKET_OPCODE_BINARY ? MessageKind::Binary : MessageKind::Text;
        auto message = held.add_frame(kind, opcode == MG_WEBSOCKET_OPCODE_CONTINUATION, (bits & kFinBit) != 0,
                                      {data, size});
        if (message && socket.handlers->on_message) socket.handlers->on_message(held, held.kind(), *message);
        return 1;
    }

    static void on_socket_close(const mg_connection* connection, void* data) {
        auto& socket = *static_cast<Socket*>(data);
        std::unique_ptr<Held> held(static_cast<Held*>(mg_get_user_connection_data(connection)));
        if (!held) return;
        mg_set_user_connection_data(connection, nullptr);
        (*held)->forget();
        {
            std::lock_guard lock(socket.server->mutex_);
            std::erase(socket.server->open_, *held);
        }
        if (socket.handlers->on_close) socket.handlers->on_close(**held);
    }

    std::vector<Held> open_connections() {
        std::lock_guard lock(mutex_);
        return open_;
    }

    HttpServerOptions options_;
    HttpRoutes routes_;
    base::Log& log_;
    std::vector<Socket> sockets_;
    std::unique_ptr<TlsFront> front_;
    mg_context* context_ = nullptr;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::vector<Held> open_;  // guarded by mutex_
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpServerOptions& options, HttpRoutes routes,
                                                      base::Log& log) {
    auto impl = std::make_unique<Impl>(options, std::move(routes), log);
    LINLI_CHECK(impl->start());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const { return impl_->port(); }

std::string HttpServer::url() const { return impl_->url(); }

}  // namespace linli::net
