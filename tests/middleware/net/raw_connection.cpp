#include "tests/middleware/net/raw_connection.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>

namespace linli::tests {

RawConnection::RawConnection(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{5, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) ::shutdown(fd_, SHUT_RDWR);
}

RawConnection::~RawConnection() { ::close(fd_); }

void RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string RawConnection::read(std::size_t most) {
    std::string bytes(most, '\0');
    ssize_t got = ::recv(fd_, bytes.data(), most, 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

std::string RawConnection::read_until(std::string_view end) {
    std::string bytes;
    while (!bytes.ends_with(end)) {
        std::string more = read(1);
        if (more.empty()) break;
        bytes += more;
    }
    return bytes;
}

std::string RawConnection::read_exactly(std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) {
        std::string more = read(size - bytes.size());
        if (more.empty()) break;
        bytes += more;
    }
    return bytes;
}

std::string RawConnection::read_all() {
    std::string bytes;
    for (std::string more = read(65536); !more.empty(); more = read(65536)) bytes += more;
    return bytes;
}

std::string RawConnection::upgrade(std::string_view path, std::string_view origin) {
    std::string request = "GET " + std::string(path) +
                          " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!origin.empty()) request += "Origin: " + std::string(origin) + "\r\n";
    send(request + "\r\n");
    return read_until("\r\n\r\n");
}

void RawConnection::send_frame(std::uint8_t first_byte, std::string_view payload) {
    // Masked with zeros: the mask that changes nothing.
    std::string frame{static_cast<char>(first_byte), static_cast<char>(0x80 | payload.size()), 0, 0, 0, 0};
    send(frame + std::string(payload));
}

}  // namespace linli::tests
