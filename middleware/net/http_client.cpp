// What networks and servers really do, and what is done about it:
//   a byte every few seconds, for ever: given up below a speed and after a time (HttpClient.GivesUpOnATrickle)
//   the connection closed in the middle of an answer (HttpClient.ReportsAnAnswerCutShort)
//   redirects in a circle, to file:// or away from https (HttpClient.EndsARedirectLoop, …FollowsNoRedirectToAFile)
//   an answer longer than it may be, announced or not (HttpClient.BoundsTheBody)
//   the rest of a file asked for, the whole one or another part given (HttpClient.TakesTheWholeWhere…, …RefusesAnother…)
//   Retry-After as a time of the server's clock, which is not ours (HttpClient.TellsHowLongToLeaveTheServerAlone)

#include "middleware/net/http_client.h"

#include <atomic>
#include <charconv>

#include "middleware/base/format.h"
#include "middleware/net/tls_sessions.h"

#include <curl/curl.h>

namespace linli::net {

using base::Result;
using namespace std::chrono;

namespace {

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

constexpr long kOk = 200;
constexpr long kPartialContent = 206;
constexpr milliseconds kLongestSleep(1000);
/// That are kept open: of two base addresses.
constexpr long kMostConnections = 2;

bool is_loopback(std::string_view url) {
    auto at = url.find("://");
    std::string_view host = at == std::string_view::npos ? url : url.substr(at + 3);
    return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

std::string header(CURL* easy, const char* name) {
    curl_header* found = nullptr;
    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : "";
}

std::optional<sys_seconds> server_time(CURL* easy) {
    std::time_t date = curl_getdate(header(easy, "Date").c_str(), nullptr);
    if (date <= 0) return std::nullopt;
    long age = std::strtol(header(easy, "Age").c_str(), nullptr, 10);
    constexpr long kMostAge = 24 * 3600;
    return sys_seconds(seconds(date)) + seconds(age > 0 && age < kMostAge ? age : 0);
}

using HeaderLines = std::unique_ptr<curl_slist, FreeList>;

HeaderLines to_header_lines(const std::vector<std::string>& lines) {
    HeaderLines list;
    for (const std::string& line : lines) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (!longer) break;
        (void)list.release();
        list.reset(longer);
    }
    return list;
}

/// A time is told by the server's own clock; without one there is nothing to compare it with.
std::optional<seconds> retry_after(CURL* easy) {
    std::string text = header(easy, "Retry-After");
    std::uint32_t wait = 0;
    auto end = text.data() + text.size();
    if (auto [stop, code] = std::from_chars(text.data(), end, wait); code == std::errc() && stop == end) return seconds(wait);
    std::time_t until = curl_getdate(text.c_str(), nullptr);
    std::time_t date = curl_getdate(header(easy, "Date").c_str(), nullptr);
    if (until <= 0 || date <= 0) return std::nullopt;
    return std::max(seconds(until - date), seconds(0));
}

/// Where a 206 begins in the whole: "bytes 100-199/200". @spec RFC 9110 §14.4
std::optional<std::uint64_t> range_begin(CURL* easy) {
    std::string text = header(easy, "Content-Range");
    constexpr std::string_view kUnit = "bytes ";
    std::uint64_t begin = 0;
    if (!text.starts_with(kUnit)) return std::nullopt;
    auto [stop, code] = std::from_chars(text.data() + kUnit.size(), text.data() + text.size(), begin);
    return code == std::errc() && *stop == '-' ? std::optional(begin) : std::nullopt;
}

std::string protocol(CURL* easy) {
    long version = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
        case CURL_HTTP_VERSION_1_0: return "HTTP/1.0";
        case CURL_HTTP_VERSION_1_1: return "HTTP/1.1";
        case CURL_HTTP_VERSION_2_0: return "HTTP/2";
        default: return "HTTP";
    }
}

}  // namespace

HttpLibrary::HttpLibrary() { curl_global_init(CURL_GLOBAL_DEFAULT); }
HttpLibrary::~HttpLibrary() { curl_global_cleanup(); }

class HttpClient::Impl {
  public:
    explicit Impl(HttpOptions options)
        : options_(std::move(options)), sessions_(options_.certificate_times), multi_(curl_multi_init()) {
        curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMostConnections);
    }

    Result<HttpAnswer> get(const Get& request, const HttpLimits& limits, const Sink& sink) {
        Easy easy = prepare(request.url, limits, request.bearer_token);
        std::vector<std::string> lines = request.headers;
        if (!request.if_none_match.empty()) lines.push_back("If-None-Match: " + request.if_none_match);
        HeaderLines headers = to_header_lines(lines);
        curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
        if (request.from_byte > 0)
            curl_easy_setopt(easy.get(), CURLOPT_RANGE, base::format("{}-", request.from_byte).c_str());
        // What a sink takes is packed as it is, and resumed by its bytes.
        if (!sink) curl_easy_setopt(easy.get(), CURLOPT_ACCEPT_ENCODING, "gzip");
        return run(easy, request, limits, sink);
    }

    Result<HttpAnswer> post(const Post& request, const HttpLimits& limits) {
        Easy easy = prepare(request.url, limits, request.bearer_token);
        curl_easy_setopt(easy.get(), CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, request.body.data());
        std::vector<std::string> lines = request.headers;
        lines.push_back("Content-Type: " + request.media_type);
        HeaderLines headers = to_header_lines(lines);
        curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
        return run(easy, {.url = request.url}, limits, {});
    }

    void cancel() {
        is_cancelled_ = true;
        curl_multi_wakeup(multi_.get());
    }
    bool is_cancelled() const { return is_cancelled_; }
    bool was_sent() const { return was_sent_; }
    void set_network(bool is_on) {
        has_network_ = is_on;
        curl_multi_wakeup(multi_.get());
    }

  private:
    /// What the write callback needs of the transfer under way.
    struct Transfer {
        CURL* easy;
        const Get& request;
        const Sink& sink;
        std::uint64_t most_bytes;
        HttpAnswer answer{};
        std::uint64_t unpacked_bytes = 0;
        /// Where the next piece lies in the whole; not known before the first.
        std::optional<std::uint64_t> at{};
        std::optional<base::Error> refusal{};
    };

    Easy prepare(const std::string& url, const HttpLimits& limits, const std::string& bearer_token) {
        Easy easy(curl_easy_init());
        CURL* handle = easy.get();
        sessions_.use_for(handle);
        curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle, CURLOPT_USERAGENT, options_.user_agent.c_str());
        curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, url.starts_with("https:") ? "https" : "http,https");
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, bearer_token.empty() ? 1L : 0L);
        curl_easy_setopt(handle, CURLOPT_MAXREDIRS, limits.redirects);
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
        curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, slow_bytes(limits));
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.slow_time.count()));
        curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
        set_installation(handle, url);
        if (!bearer_token.empty()) {
            curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
            curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, bearer_token.c_str());
        }
        return easy;
    }

    /// What HttpOptions decide.
    void set_installation(CURL* handle, const std::string& url) const {
        if (!options_.proxy.empty()) curl_easy_setopt(handle, CURLOPT_PROXY, options_.proxy.c_str());
        else if (is_loopback(url)) curl_easy_setopt(handle, CURLOPT_PROXY, "");
        if (!options_.ca_file.empty()) {
            curl_easy_setopt(handle, CURLOPT_CAINFO, options_.ca_file.c_str());
            // The system's folder of certificates would count besides.
            curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
        }
        if (!options_.client_certificate.empty()) {
            curl_easy_setopt(handle, CURLOPT_SSLCERT, options_.client_certificate.c_str());
            curl_easy_setopt(handle, CURLOPT_SSLKEY, options_.client_key.c_str());
        }
        curl_easy_setopt(handle, CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(options_.bytes_per_second));
    }

    long slow_bytes(const HttpLimits& limits) const {
        if (options_.bytes_per_second == 0) return limits.slow_bytes;
        return std::min(limits.slow_bytes, static_cast<long>(options_.bytes_per_second / 2));
    }

    Result<HttpAnswer> run(Easy& easy, const Get& request, const HttpLimits& limits, const Sink& sink) {
        const std::string& url = request.url;
        Transfer transfer{easy.get(), request, sink, limits.bytes};
        curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, on_bytes);
        curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &transfer);
        char words[CURL_ERROR_SIZE] = "";
        curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, words);

        CURLcode code = perform(easy.get());
        curl_off_t connected = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
        was_sent_ = connected > 0;
        if (code == CURLE_OK) return finish(transfer);
        // A name that is being looked up must not hold up whoever gave the request up.
        curl_easy_setopt(easy.get(), CURLOPT_QUICK_EXIT, 1L);
        if (is_cancelled_) return base::fail(base::format("{}: given up", url));
        if (!has_network_) return base::fail(base::format("{}: no network", url));
        if (transfer.refusal) return std::unexpected(*transfer.refusal);
        if (code == CURLE_FILESIZE_EXCEEDED) return base::fail(too_long(url, limits.bytes));
        return base::fail(base::format("{}: {}", url, *words ? words : curl_easy_strerror(code)));
    }

    static std::string too_long(const std::string& url, std::uint64_t bytes) {
        return base::format("{}: the answer is longer than {} bytes", url, bytes);
    }

    static Result<HttpAnswer> finish(Transfer& transfer) {
        long status = 0;
        curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &status);
        transfer.answer.status = static_cast<int>(status);
        transfer.answer.etag = header(transfer.easy, "ETag");
        transfer.answer.date = server_time(transfer.easy);
        transfer.answer.retry_after = retry_after(transfer.easy);
        transfer.answer.protocol = protocol(transfer.easy);
        curl_off_t received = 0;
        curl_easy_getinfo(transfer.easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
        transfer.answer.bytes_received = static_cast<std::uint64_t>(received);
        long bytes = 0;
        curl_easy_getinfo(transfer.easy, CURLINFO_HEADER_SIZE, &bytes);
        transfer.answer.header_bytes = static_cast<std::uint64_t>(bytes);
        curl_easy_getinfo(transfer.easy, CURLINFO_REQUEST_SIZE, &bytes);
        transfer.answer.bytes_sent = static_cast<std::uint64_t>(bytes);
        return std::move(transfer.answer);
    }

    /// Drives one transfer to its end, or until it is given up.
    CURLcode perform(CURL* easy) {
        CURLcode code = CURLE_ABORTED_BY_CALLBACK;
        if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) return CURLE_FAILED_INIT;
        int running = 1;
        while (!is_cancelled_ && has_network_) {
            if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
            if (running == 0) break;
            curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(kLongestSleep.count()), nullptr);
        }
        int left = 0;
        while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->msg == CURLMSG_DONE) code = message->data.result;
        }
        curl_multi_remove_handle(multi_.get(), easy);
        return code;
    }

    static std::size_t on_bytes(char* data, std::size_t, std::size_t size, void* user) {
        auto& transfer = *static_cast<Transfer*>(user);
        if (auto taken = take(transfer, {data, size}); !taken) {
            transfer.refusal = taken.error();
            return CURL_WRITEFUNC_ERROR;
        }
        return size;
    }

    static Result<void> take(Transfer& transfer, std::string_view bytes) {
        transfer.unpacked_bytes += bytes.size();
        if (transfer.unpacked_bytes > transfer.most_bytes)
            return base::fail(too_long(transfer.request.url, transfer.most_bytes));
        long status = 0;
        curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &status);
        if (!transfer.sink || (status != kOk && status != kPartialContent)) {
            transfer.answer.body.append(bytes);
            return {};
        }
        if (!transfer.at) {
            transfer.at = status == kOk ? 0 : range_begin(transfer.easy);
            if (!transfer.at || (status == kPartialContent && *transfer.at != transfer.request.from_byte))
                return base::fail(base::format("{}: another part came than the one asked for", transfer.request.url));
        }
        auto at = *transfer.at;
        *transfer.at += bytes.size();
        return transfer.sink(at, bytes);
    }

    HttpOptions options_;
    TlsSessions sessions_;
    std::unique_ptr<CURLM, FreeMulti> multi_;
    bool was_sent_ = false;
    std::atomic<bool> is_cancelled_ = false;
    std::atomic<bool> has_network_ = true;
};

HttpClient::HttpClient(HttpOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::get(const Get& request, const HttpLimits& limits) {
    return impl_->get(request, limits, {});
}
Result<HttpAnswer> HttpClient::get(const Get& request, const HttpLimits& limits, const Sink& sink) {
    return impl_->get(request, limits, sink);
}
Result<HttpAnswer> HttpClient::post(const Post& request, const HttpLimits& limits) {
    return impl_->post(request, limits);
}
bool HttpClient::was_sent() const { return impl_->was_sent(); }
void HttpClient::cancel() { impl_->cancel(); }
bool HttpClient::is_cancelled() const { return impl_->is_cancelled(); }
void HttpClient::set_network(bool is_on) { impl_->set_network(is_on); }

}  // namespace linli::net
