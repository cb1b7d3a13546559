#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace linli::net {

/// How an installation reaches the network. Apart from the client, so that who only hands it on needs no libcurl.
struct HttpOptions {
    std::string user_agent = "linli-tv/1";
    /// "http://proxy.example:3128", "socks5h://…". Empty: as the environment says (http_proxy…), and none for loopback.
    std::string proxy;
    /// Certificates (PEM) that vouch for servers, in place of the system's. Empty: the system's.
    std::filesystem::path ca_file;
    /// What the box shows to servers that ask who it is (PEM). Empty: nothing.
    std::filesystem::path client_certificate;
    std::filesystem::path client_key;
    /// Whether a server's certificate counts only from its first day to its last. Ignored is for what is trusted for
    /// signatures of its own, on a machine whose clock may be wrong: it would be locked out.
    enum class CertificateTimes { Checked, Ignored };
    CertificateTimes certificate_times = CertificateTimes::Checked;
    /// A transfer comes no faster than this; 0: as fast as it can.
    std::uint64_t bytes_per_second = 0;
};

}  // namespace linli::net
