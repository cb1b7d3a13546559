#pragma once

#include "middleware/net/http_options.h"

typedef void CURL;
typedef void CURLSH;

namespace linli::net {

/// What libcurl leaves to OpenSSL. Keeps the sessions of TLS of one HttpClient, so that its next connection to a server begins with a resumed session:
/// about a third of the bytes of a whole handshake, and no signature on the server.
class TlsSessions {
  public:
    explicit TlsSessions(HttpOptions::CertificateTimes certificate_times);
    ~TlsSessions();
    TlsSessions(const TlsSessions&) = delete;
    TlsSessions& operator=(const TlsSessions&) = delete;

    /// Before each transfer; this must outlive it.
    void use_for(CURL* transfer) const;

  private:
    CURLSH* share_;
    HttpOptions::CertificateTimes certificate_times_;
};

}  // namespace linli::net
