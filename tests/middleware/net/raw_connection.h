#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace linli::tests {

/// A TCP connection to loopback that sends what it is told, well-formed or not.
class RawConnection {
  public:
    explicit RawConnection(std::uint16_t port);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    void send(std::string_view bytes);
    /// Reads until `end` has come, the peer closes, or five seconds have passed without a byte.
    std::string read_until(std::string_view end);
    std::string read_exactly(std::size_t bytes);
    std::string read_all();

    /// Makes this a WebSocket; the answer's head.
    std::string upgrade(std::string_view path, std::string_view origin);
    /// A frame as a client sends it. `first_byte` is FIN and opcode.
    void send_frame(std::uint8_t first_byte, std::string_view payload);

  private:
    std::string read(std::size_t most);
    int fd_;
};

}  // namespace linli::tests
