#include "middleware/net/tls_context.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include "middleware/base/format.h"

namespace linli::net {

using base::Result;

namespace {

/// Sessions are resumed for so long; a certificate that has ended meanwhile counts until then.
constexpr long kSessionSeconds = 300;
constexpr unsigned char kSessionContext[] = "linli";

/// Never asks a terminal for the passphrase of a key.
int no_passphrase(char*, int, int, void*) { return 0; }

Result<void> ask_for_certificates(SSL_CTX* context, const std::string& authorities) {
    if (SSL_CTX_load_verify_file(context, authorities.c_str()) != 1)
        return base::fail(base::format("{}: no certificates of authorities: {}", authorities, last_tls_error()));
    // What clients choose a certificate by; the context owns the list.
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(authorities.c_str()));
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    return {};
}

}  // namespace

std::string last_tls_error() {
    unsigned long code = ERR_get_error();
    const char* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason ? reason : base::format("error {}", code);
}

Result<TlsContext> make_server_context(const TlsOptions& options) {
    std::string certificate = options.certificate.string(), key = options.key.string();
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (!context) return base::fail("TLS cannot be used: " + last_tls_error());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_timeout(context.get(), kSessionSeconds);
    SSL_CTX_set_session_id_context(context.get(), kSessionContext, sizeof kSessionContext - 1);
    SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
        return base::fail(base::format("{}: no certificate (PEM): {}", certificate, last_tls_error()));
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
        return base::fail(base::format("{}: no private key (PEM, without a passphrase) of {}: {}", key, certificate, last_tls_error()));
    if (!options.client_ca.empty()) LINLI_CHECK(ask_for_certificates(context.get(), options.client_ca.string()));
    return context;
}

std::string client_certificate_of(const SSL* connection) {
    std::unique_ptr<X509, FreeTls> certificate(SSL_get1_peer_certificate(connection));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!certificate || X509_digest(certificate.get(), EVP_sha256(), digest, &size) != 1) return {};
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += base::format("{:02x}", digest[i]);
    return hex;
}

}  // namespace linli::net
