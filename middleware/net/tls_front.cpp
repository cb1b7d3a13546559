// Why there is this: Debian 12's civetweb 1.15 looks for a function that OpenSSL 3 does not have any more
// (SSL_get_peer_certificate), and so has no TLS there at all.

#include "middleware/net/tls_front.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "middleware/base/format.h"
#include "middleware/net/listening.h"
#include "middleware/net/tls_context.h"

#include <openssl/err.h>

namespace linli::net {

using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// After the last word the client has so long to hang up; else what is on its way to it could be lost.
constexpr milliseconds kFarewell{2000};
constexpr int kBacklog = 128;

class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

sockaddr* generic(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

std::uint16_t port_of(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    return ::getsockname(socket, generic(address), &size) == 0 ? ntohs(address.sin_port) : 0;
}

/// Bytes on their way from one side to the other.
class Pipe {
  public:
    bool is_empty() const { return begin_ == end_; }
    char* room() { return bytes_.data(); }
    std::size_t room_size() const { return bytes_.size(); }
    void filled(std::size_t size) {
        begin_ = 0;
        end_ = size;
    }
    const char* data() const { return bytes_.data() + begin_; }
    std::size_t size() const { return end_ - begin_; }
    void taken(std::size_t size) { begin_ += size; }

  private:
    std::array<char, 16384> bytes_;
    std::size_t begin_ = 0, end_ = 0;
};

/// One connection: the client's on one side, the plain server's on the other. Both sockets do not block.
class Relay {
  public:
    Relay(SSL* client, int client_socket, int stop) : client_(client), socket_(client_socket), stop_(stop) {}

    bool shake_hands(milliseconds patience) {
        auto end = steady_clock::now() + patience;
        for (;;) {
            int done = SSL_accept(client_);
            if (done == 1) return true;
            short wants = wish(done);
            auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
            if (wants == 0 || left.count() <= 0 || !wait(wants, -1, 0, left)) return false;
        }
    }

    /// Until the server has said all it has to say, or somebody is gone.
    void run(int server, milliseconds patience) {
        for (;;) {
            bool has_moved = take_from_client(server) | give_to_server(server) | take_from_server(server) | give_to_client();
            if (is_broken_) return;
            if (is_server_done_ && to_client_.is_empty()) return say_farewell();
            if (has_moved) continue;
            bool takes = to_server_.is_empty() && !is_client_done_;
            short of_client = static_cast<short>((takes ? read_wants_ : 0) | (to_client_.is_empty() ? 0 : write_wants_));
            short of_server = static_cast<short>((to_server_.is_empty() ? 0 : POLLOUT) |
                                                 (to_client_.is_empty() && !is_server_done_ ? POLLIN : 0));
            if (!wait(of_client, server, of_server, patience)) return;
        }
    }

  private:
    /// What to wait for at the client's socket after a call that could not go on; 0: it never will.
    short wish(int result) {
        switch (SSL_get_error(client_, result)) {
            case SSL_ERROR_WANT_READ: return POLLIN;
            case SSL_ERROR_WANT_WRITE: return POLLOUT;
            default: return 0;
        }
    }

    bool take_from_client(int server) {
        if (!to_server_.is_empty() || is_client_done_) return false;
        int got = SSL_read(client_, to_server_.room(), static_cast<int>(to_server_.room_size()));
        if (got > 0) {
            to_server_.filled(static_cast<std::size_t>(got));
            return true;
        }
        read_wants_ = wish(got);
        if (read_wants_ != 0) return false;
        is_client_done_ = true;
        // It may have said good-bye and still listen.
        if ((SSL_get_shutdown(client_) & SSL_RECEIVED_SHUTDOWN) == 0) is_broken_ = true;
        ::shutdown(server, SHUT_WR);
        return true;
    }

    bool give_to_server(int server) {
        if (to_server_.is_empty()) return false;
        ssize_t sent = ::send(server, to_server_.data(), to_server_.size(), MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return false;
        // Who does not listen any more may still have an answer.
        to_server_.taken(sent < 0 ? to_server_.size() : static_cast<std::size_t>(sent));
        if (sent < 0) is_client_done_ = true;
        return true;
    }

    bool take_from_server(int server) {
        if (!to_client_.is_empty() || is_server_done_) return false;
        ssize_t got = ::recv(server, to_client_.room(), to_client_.room_size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
        if (got > 0)
            to_client_.filled(static_cast<std::size_t>(got));
        else
            is_server_done_ = true;
        return true;
    }

    bool give_to_client() {
        if (to_client_.is_empty()) return false;
        int sent = SSL_write(client_, to_client_.data(), static_cast<int>(to_client_.size()));
        if (sent > 0) {
            to_client_.taken(static_cast<std::size_t>(sent));
            return true;
        }
        write_wants_ = wish(sent);
        is_broken_ = write_wants_ == 0;
        return false;
    }

    void say_farewell() {
        SSL_shutdown(client_);
        ::shutdown(socket_, SHUT_WR);
        auto end = steady_clock::now() + kFarewell;
        for (;;) {
            ssize_t got = ::recv(socket_, to_server_.room(), to_server_.room_size(), 0);
            auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
            if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR) || left.count() <= 0) return;
            if (got < 0 && !wait(POLLIN, -1, 0, left)) return;
        }
    }

    /// False when nothing came in that time, the client is gone, or everything is to stop. A server that has hung up is
    /// not looked at until there is room for its last words.
    bool wait(short of_client, int server, short of_server, milliseconds patience) const {
        pollfd all[] = {{stop_, POLLIN, 0}, {socket_, of_client, 0}, {of_server == 0 ? -1 : server, of_server, 0}};
        int ready = ::poll(all, 3, static_cast<int>(patience.count()));
        if (ready < 0) return errno == EINTR;
        return ready > 0 && all[0].revents == 0 && (all[1].revents & (POLLERR | POLLHUP)) == 0;
    }

    SSL* client_;
    int socket_, stop_;
    Pipe to_server_, to_client_;
    short read_wants_ = 0, write_wants_ = 0;
    bool is_client_done_ = false, is_server_done_ = false, is_broken_ = false;
};

}  // namespace

class TlsFront::Impl {
  public:
    Impl(TlsContext context, Descriptor listening, base::Log& log)
        : context_(std::move(context)), listening_(std::move(listening)), stop_(::eventfd(0, EFD_CLOEXEC)), log_(log),
          port_(port_of(listening_.get())) {}

    void serve(std::uint16_t plain_port, int threads, milliseconds patience) {
        plain_port_ = plain_port;
        patience_ = patience;
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }

    void stop() {
        std::uint64_t one = 1;
        (void)!::write(stop_.get(), &one, sizeof one);
        threads_.clear();
    }

    std::uint16_t port() const { return port_; }

    std::optional<Client> client_at(std::uint16_t local_port) const {
        std::lock_guard lock(mutex_);
        auto found = clients_.find(local_port);
        return found == clients_.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    void work() {
        // OpenSSL writes to sockets that may be closed on the other side.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        for (;;) {
            pollfd both[] = {{stop_.get(), POLLIN, 0}, {listening_.get(), POLLIN, 0}};
            if (::poll(both, 2, -1) < 0 && errno != EINTR) return;
            if (both[0].revents != 0) return;
            sockaddr_in from{};
            socklen_t size = sizeof from;
            // Another thread may have been quicker.
            Descriptor client(::accept4(listening_.get(), generic(from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (client.get() >= 0) serve_client(client.get(), from);
        }
    }

    void serve_client(int socket, const sockaddr_in& from) {
        // What the last client of this thread left behind would be taken for this one's.
        ERR_clear_error();
        TlsConnection tls(SSL_new(context_.get()));
        if (!tls || SSL_set_fd(tls.get(), socket) != 1) return;
        auto relay = std::make_unique<Relay>(tls.get(), socket, stop_.get());
        if (!relay->shake_hands(patience_)) {
            log_.debug(base::format("TLS: no handshake: {}", last_tls_error()));
            return;
        }
        char address[INET_ADDRSTRLEN] = "";
        ::inet_ntop(AF_INET, &from.sin_addr, address, sizeof address);
        Descriptor server = connect_to_server();
        std::uint16_t local = port_of(server.get());
        if (server.get() < 0 || local == 0) return;
        // Known before the first byte, and until after the last: the port is ours as long.
        {
            std::lock_guard lock(mutex_);
            clients_[local] = {address, client_certificate_of(tls.get())};
        }
        relay->run(server.get(), patience_ * 3);
        std::lock_guard lock(mutex_);
        clients_.erase(local);
    }

    Descriptor connect_to_server() const {
        Descriptor server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(plain_port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (server.get() < 0 || ::connect(server.get(), generic(address), sizeof address) != 0) return Descriptor();
        int on = 1;
        ::setsockopt(server.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(server.get(), F_SETFL, O_NONBLOCK);
        return server;
    }

    TlsContext context_;
    Descriptor listening_, stop_;
    base::Log& log_;
    std::uint16_t port_, plain_port_ = 0;
    milliseconds patience_{0};
    mutable std::mutex mutex_;
    std::map<std::uint16_t, Client> clients_;  // guarded by mutex_
    std::vector<std::jthread> threads_;
};

TlsFront::TlsFront(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsFront::~TlsFront() { stop(); }

Result<std::unique_ptr<TlsFront>> TlsFront::open(const TlsOptions& options, const std::string& address,
                                                 std::uint16_t port, base::Log& log) {
    LINLI_TRY(context, make_server_context(options));
    if (std::string reason = why_not_listening(address, port); !reason.empty()) return base::fail(reason);
    Descriptor listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int on = 1;
    ::setsockopt(listening.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
    if (::bind(listening.get(), generic(where), sizeof where) != 0 || ::listen(listening.get(), kBacklog) != 0)
        return base::fail(base::format("cannot listen on {}:{}: {}", address, port, std::strerror(errno)));
    return std::unique_ptr<TlsFront>(new TlsFront(std::make_unique<Impl>(std::move(context), std::move(listening), log)));
}

void TlsFront::serve(std::uint16_t plain_port, int threads, milliseconds patience) { impl_->serve(plain_port, threads, patience); }
void TlsFront::stop() { impl_->stop(); }
std::uint16_t TlsFront::port() const { return impl_->port(); }
std::optional<TlsFront::Client> TlsFront::client_at(std::uint16_t local_port) const { return impl_->client_at(local_port); }

}  // namespace linli::net
