#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// A certificate authority of its own, made with openssl: its certificate, a server's for 127.0.0.1 and a client's.
class TestAuthority {
  public:
    enum class Validity { Now, Over };
    /// `Over`: the server's certificate has expired.
    explicit TestAuthority(Validity validity = Validity::Now);

    std::filesystem::path ca() const { return folder_.path() / "ca.pem"; }
    std::filesystem::path server_certificate() const { return folder_.path() / "server.pem"; }
    std::filesystem::path server_key() const { return folder_.path() / "server.key"; }
    std::filesystem::path client_certificate() const { return folder_.path() / "client.pem"; }
    std::filesystem::path client_key() const { return folder_.path() / "client.key"; }

  private:
    TemporaryFolder folder_;
};

/// A real nginx that serves a folder over TLS on a free port of the loopback address, for as long as it lives.
class Nginx {
  public:
    /// `more` goes into its `server` block. The program is Debian's.
    Nginx(const std::filesystem::path& served, const TestAuthority& authority, const std::string& more = {});
    ~Nginx();
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;

    std::string url() const;
    std::uint16_t port() const { return port_; }
    /// Used so far, in seconds.
    double processor_time() const;
    /// What it logged: a line a request, "PROTOCOL STATUS URI CONNECTION RESUMED", where RESUMED is "r" when the session of
    /// TLS was resumed and "." when it was not.
    std::string log() const;

  private:
    TemporaryFolder folder_;
    std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace linli::tests
