#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "middleware/net/http_server.h"

struct mg_connection;

namespace linli::net {

/// A WebSocket on a connection of civetweb, which it outlives.
class WebSocketConnection final : public WebSocket {
  public:
    explicit WebSocketConnection(mg_connection* connection) : connection_(connection) {}

    bool send(MessageKind kind, std::string_view message) override;
    void close() override;
    /// The connection has gone.
    void forget();

    // On the connection's thread alone.

    /// The whole message, once its last frame is here.
    std::optional<std::string> add_frame(MessageKind kind, bool is_continuation, bool is_last, std::string_view data);
    MessageKind kind() const { return kind_; }
    /// Of a message whose last frame is not here.
    std::size_t pending() const { return partial_.size(); }

  private:
    bool write(int opcode, std::string_view data);

    std::mutex mutex_;
    mg_connection* connection_;  // guarded by mutex_; null once it has gone
    std::string partial_;
    MessageKind kind_ = MessageKind::Text;
};

}  // namespace linli::net
