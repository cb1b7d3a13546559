#include "middleware/net/web_socket_connection.h"

#include <utility>

#include <civetweb.h>

namespace linli::net {
namespace {

/// @spec RFC 6455 §7.4.1
constexpr std::string_view kNormalClosure("\x03\xE8", 2);

}  // namespace

bool WebSocketConnection::send(MessageKind kind, std::string_view message) {
    return write(kind == MessageKind::Text ? MG_WEBSOCKET_OPCODE_TEXT : MG_WEBSOCKET_OPCODE_BINARY, message);
}

void WebSocketConnection::close() { write(MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE, kNormalClosure); }

void WebSocketConnection::forget() {
    std::lock_guard lock(mutex_);
    connection_ = nullptr;
}

std::optional<std::string> WebSocketConnection::add_frame(MessageKind kind, bool is_continuation, bool is_last,
                                                          std::string_view data) {
    if (!is_continuation) {
        partial_.clear();
        kind_ = kind;
    }
    partial_ += data;
    if (!is_last) return std::nullopt;
    return std::exchange(partial_, {});
}

bool WebSocketConnection::write(int opcode, std::string_view data) {
    std::lock_guard lock(mutex_);
    return connection_ && mg_websocket_write(connection_, opcode, data.data(), data.size()) > 0;
}

}  // namespace linli::net
