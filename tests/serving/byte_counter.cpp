#include "tests/serving/byte_counter.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <vector>

namespace linli::tests {
namespace {

constexpr int kLookAtStop = 50;  // milliseconds

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

}  // namespace

ByteCounter::ByteCounter(std::uint16_t port) : server_port_(port) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, SOMAXCONN);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

ByteCounter::~ByteCounter() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
}

ByteCounter::Bytes ByteCounter::take() {
    while (open_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {up_.exchange(0), down_.exchange(0), connections_.exchange(0)};
}

int ByteCounter::connect() const {
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(server_port_);
    (void)!::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
    return fd;
}

bool ByteCounter::carry(int from, int to, std::atomic<std::uint64_t>& count) {
    char bytes[65536];
    ssize_t got = ::recv(from, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    // Counted first: who has received them may ask for the count.
    count += static_cast<std::uint64_t>(got);
    for (ssize_t sent = 0; sent < got;) {
        ssize_t more = ::send(to, bytes + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += more;
    }
    return true;
}

void ByteCounter::run(std::stop_token stop) {
    std::vector<Pair> pairs;
    while (!stop.stop_requested()) {
        std::vector<pollfd> waiting{{listener_, POLLIN, 0}};
        for (const Pair& pair : pairs) {
            waiting.push_back({pair.client, POLLIN, 0});
            waiting.push_back({pair.server, POLLIN, 0});
        }
        if (::poll(waiting.data(), waiting.size(), kLookAtStop) <= 0) continue;
        for (std::size_t i = pairs.size(); i-- > 0;) {
            auto [client, server] = pairs[i];
            bool is_open = waiting[1 + 2 * i].revents == 0 || carry(client, server, up_);
            is_open = is_open && (waiting[2 + 2 * i].revents == 0 || carry(server, client, down_));
            if (is_open) continue;
            ::close(client);
            ::close(server);
            --open_;
            pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (waiting[0].revents != 0) {
            pairs.push_back({::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), connect()});
            ++connections_;
            ++open_;
        }
    }
    for (const Pair& pair : pairs) {
        ::close(pair.client);
        ::close(pair.server);
    }
}

}  // namespace linli::tests
