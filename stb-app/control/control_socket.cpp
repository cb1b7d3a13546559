#include "stb-app/control/control_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "middleware/base/format.h"

namespace linli::app {
namespace {

constexpr std::size_t kLongestCommand = 256;
constexpr std::size_t kMostClients = 4;

}  // namespace

base::Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::filesystem::path& path, base::EventLoop& loop,
                                                                 OnCommand on_command) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string name = path.string();
    if (name.size() >= sizeof address.sun_path) return base::fail(base::format("the path {} is too long for a socket", name));
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ::unlink(name.c_str());
    mode_t mask = ::umask(0177);
    bool is_bound = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::umask(mask);
    if (!is_bound || ::listen(fd, 4) != 0) {
        std::string reason = std::strerror(errno);
        if (fd >= 0) ::close(fd);
        return base::fail(base::format("cannot open the control socket {}: {}", name, reason));
    }
    return std::unique_ptr<ControlSocket>(new ControlSocket(fd, path, loop, std::move(on_command)));
}

ControlSocket::ControlSocket(int fd, std::filesystem::path path, base::EventLoop& loop, OnCommand on_command)
    : fd_(fd), path_(std::move(path)), loop_(loop), on_command_(std::move(on_command)) {
    loop_.watch(fd_, [this] { accept(); });
}

ControlSocket::~ControlSocket() {
    while (!clients_.empty()) close(clients_.begin()->first);
    loop_.unwatch(fd_);
    ::close(fd_);
    ::unlink(path_.c_str());
}

void ControlSocket::accept() {
    int client = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    if (clients_.size() == kMostClients) {
        ::close(client);
        return;
    }
    clients_[client];
    loop_.watch(client, [this, client] { read(client); });
}

void ControlSocket::close(int client) {
    loop_.unwatch(client);
    ::close(client);
    clients_.erase(client);
}

void ControlSocket::read(int client) {
    char bytes[512];
    ssize_t got = ::recv(client, bytes, sizeof bytes, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return close(client);
    std::string& pending = clients_[client];
    pending.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end; (end = pending.find('\n')) != std::string::npos;) {
        std::string answer = on_command_(std::string_view(pending).substr(0, end)) + "\n.\n";
        pending.erase(0, end + 1);
        // Answers are shorter than a socket's buffer; whoever does not read them loses the connection.
        if (::send(client, answer.data(), answer.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(answer.size())) return close(client);
    }
    if (pending.size() > kLongestCommand) close(client);
}

}  // namespace linli::app
