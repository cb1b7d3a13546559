#pragma once

#include "middleware/base/clock.h"
#include "middleware/net/http_options.h"

typedef void CURL;
typedef void CURLSH;

namespace linli::net {

/// What libcurl leaves to OpenSSL. Keeps the sessions of TLS of one HttpClient, so that its next connection to a server begins with a resumed session:
/// about a third of the bytes of a whole handshake, and no signature on the server.
class TlsSessions {
  public:
    /// `clock`, by which certificates count: null is the machine's.
    TlsSessions(HttpOptions::CertificateTimes certificate_times, const base::Clock* clock);
    ~TlsSessions();
    TlsSessions(const TlsSessions&) = delete;
    TlsSessions& operator=(const TlsSessions&) = delete;

    /// Before each transfer; this must outlive it.
    void use_for(CURL* transfer) const;

    struct Validity {
        HttpOptions::CertificateTimes times;
        const base::Clock* clock;
    };

  private:
    CURLSH* share_;
    Validity validity_;
};

}  // namespace linli::net
