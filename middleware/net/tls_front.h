#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "middleware/base/log.h"
#include "middleware/base/result.h"

namespace linli::net {

/// What a server shows of itself and asks of its clients, in PEM files.
struct TlsOptions {
    /// The server's certificate, and those that lead from it to an authority that clients trust.
    std::filesystem::path certificate;
    /// Its private key, without a passphrase.
    std::filesystem::path key;
    /// The authorities whose client certificates count; empty: no client is asked for one. A client need not show one, but
    /// one that it shows must be of these authorities and of today, or nothing is said to it.
    std::filesystem::path client_ca;
};

/// Takes TLS connections and hands what they say to a plain server on the loopback address, for a server that has no TLS of
/// its own. Each connection comes to the server from a local port by which it can be asked who the client is. TLS 1.2
/// and later.
class TlsFront {
  public:
    struct Client {
        std::string address;
        /// The SHA-256 of the certificate that was shown and verified, in hex; empty: none was.
        std::string certificate;
    };

    /// Reads the files and takes the port (0: any free one), and answers nobody yet.
    static base::Result<std::unique_ptr<TlsFront>> open(const TlsOptions& options, const std::string& address,
                                                        std::uint16_t port, base::Log& log);
    /// Begins to serve, on so many threads; each connection takes one. Who says nothing for a `patience` before the
    /// handshake is over, or for three after it, is hung up on.
    void serve(std::uint16_t plain_port, int threads, std::chrono::milliseconds patience);
    /// Hangs up on everybody and waits for the threads.
    void stop();
    ~TlsFront();
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;

    std::uint16_t port() const;
    /// Who is behind a connection that the plain server sees come from this local port; nothing where it does not come
    /// from here. Safe from every thread.
    std::optional<Client> client_at(std::uint16_t local_port) const;

  private:
    class Impl;
    explicit TlsFront(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::net
