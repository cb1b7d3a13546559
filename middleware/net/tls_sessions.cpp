// libcurl 7.88 ends a connection of HTTP/2 without telling OpenSSL that it was ended well, and OpenSSL gives up the
// session of such a connection for good. What is kept is therefore a copy of the session, of which no connection knows
// (tests/serving/connection_test.cpp, IsResumedWhenTheServerHadClosedIt).

#include "middleware/net/tls_sessions.h"

#include <curl/curl.h>
#include <openssl/ssl.h>

#include <string_view>

namespace linli::net {
namespace {

using OnSession = int (*)(SSL*, SSL_SESSION*);

/// Where a context of OpenSSL keeps libcurl's own function.
int place_of_libcurls() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int keep_copy(SSL* connection, SSL_SESSION* session) {
    auto keep = reinterpret_cast<OnSession>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), place_of_libcurls()));
    SSL_SESSION* copy = keep ? SSL_SESSION_dup(session) : nullptr;
    if (copy && keep(connection, copy) == 0) SSL_SESSION_free(copy);
    return 0;  // The session itself is not kept.
}

CURLcode on_context(CURL*, void* of_openssl, void* of_ours) {
    auto* context = static_cast<SSL_CTX*>(of_openssl);
    const auto& validity = *static_cast<const TlsSessions::Validity*>(of_ours);
    X509_VERIFY_PARAM* judge = SSL_CTX_get0_param(context);
    if (validity.times == HttpOptions::CertificateTimes::Ignored) X509_VERIFY_PARAM_set_flags(judge, X509_V_FLAG_NO_CHECK_TIME);
    else if (validity.clock) X509_VERIFY_PARAM_set_time(judge, validity.clock->now().time_since_epoch().count());
    OnSession libcurls = SSL_CTX_sess_get_new_cb(context);
    if (!libcurls) return CURLE_OK;
    SSL_CTX_set_ex_data(context, place_of_libcurls(), reinterpret_cast<void*>(libcurls));
    SSL_CTX_sess_set_new_cb(context, keep_copy);
    return CURLE_OK;
}

}  // namespace

TlsSessions::TlsSessions(HttpOptions::CertificateTimes certificate_times, const base::Clock* clock)
    : share_(curl_share_init()), validity_{certificate_times, clock} {
    curl_share_setopt(share_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

TlsSessions::~TlsSessions() { curl_share_cleanup(share_); }

void TlsSessions::use_for(CURL* transfer) const {
    curl_easy_setopt(transfer, CURLOPT_SHARE, share_);
    const char* library = curl_version_info(CURLVERSION_NOW)->ssl_version;
    if (!library || !std::string_view(library).contains("OpenSSL")) return;
    curl_easy_setopt(transfer, CURLOPT_SSL_CTX_FUNCTION, on_context);
    curl_easy_setopt(transfer, CURLOPT_SSL_CTX_DATA, &validity_);
}

}  // namespace linli::net
