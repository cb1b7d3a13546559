#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace linli::tests {

/// Stands between a client and a server on the loopback address, hands on every byte and counts it: what TLS and
/// HTTP put on the wire, without the headers of TCP and IP. For a few connections at a time.
class ByteCounter {
  public:
    /// `port` is the server's.
    explicit ByteCounter(std::uint16_t port);
    ~ByteCounter();
    ByteCounter(const ByteCounter&) = delete;
    ByteCounter& operator=(const ByteCounter&) = delete;

    std::uint16_t port() const { return port_; }

    struct Bytes {
        std::uint64_t up = 0;
        std::uint64_t down = 0;
        int connections = 0;
    };
    /// Since the last time. Waits until every connection has been closed by one of its ends.
    Bytes take();

  private:
    struct Pair {
        int client;
        int server;
    };
    void run(std::stop_token stop);
    int connect() const;
    bool carry(int from, int to, std::atomic<std::uint64_t>& count);

    std::uint16_t server_port_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::atomic<std::uint64_t> up_ = 0;
    std::atomic<std::uint64_t> down_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<int> open_ = 0;
    std::jthread thread_;
};

}  // namespace linli::tests
