#pragma once

#include <memory>
#include <string>

#include "middleware/base/result.h"
#include "middleware/net/tls_front.h"

#include <openssl/ssl.h>

/// What TlsFront needs of OpenSSL. For this folder only.
namespace linli::net {

struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* connection) const { SSL_free(connection); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTls>;
using TlsConnection = std::unique_ptr<SSL, FreeTls>;

/// The context of a server. An error names the file that is not as it should be.
base::Result<TlsContext> make_server_context(const TlsOptions& options);
/// The SHA-256 of the client's certificate, in hex; empty where it has shown none.
std::string client_certificate_of(const SSL* connection);
/// What OpenSSL last complained of on this thread.
std::string last_tls_error();

}  // namespace linli::net
