#include "middleware/net/listening.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "middleware/base/format.h"

namespace linli::net {
namespace {

std::optional<sockaddr_in> to_sockaddr(const std::string& address, std::uint16_t port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.c_str(), &result.sin_addr) != 1) return std::nullopt;
    return result;
}

class Socket {
  public:
    Socket() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (fd_ >= 0) ::close(fd_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

}  // namespace

std::string why_not_listening(const std::string& address, std::uint16_t port) {
    auto where = to_sockaddr(address, port);
    if (!where) return base::format("{} is not an IPv4 address", address);
    Socket socket;
    int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&*where), sizeof *where) == 0 &&
        ::listen(socket.get(), 1) == 0)
        return {};
    if (errno == EADDRINUSE)
        return base::format("port {} is in use: another program listens there; end it or choose another port", port);
    return base::format("cannot listen on {}:{}: {}", address, port, std::strerror(errno));
}

bool is_loopback(const std::string& address) {
    auto where = to_sockaddr(address, 0);
    return where && ntohl(where->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

void poke(const std::string& address, std::uint16_t port) {
    Socket socket;
    if (auto where = to_sockaddr(address, port))
        (void)::connect(socket.get(), reinterpret_cast<sockaddr*>(&*where), sizeof *where);
}

}  // namespace linli::net
