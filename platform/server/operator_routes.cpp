#include "platform/server/operator_routes.h"

#include <sys/stat.h>

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"
#include "middleware/net/listening.h"
#include "platform/server/operator_page.h"
#include "platform/server/query.h"

namespace linli::platform {

using base::Result;
using net::HttpRequest;
using net::HttpResponse;
using namespace std::chrono;

namespace {

constexpr std::size_t kShortestToken = 16;
constexpr auto kDays = days(14), kMostDays = days(366);

HttpResponse plain(int status, std::string text) {
    HttpResponse response;
    response.status = status;
    response.headers = {{"Cache-Control", "no-store"}};
    response.body = std::move(text);
    return response;
}

/// Nothing where it is no Base64. @spec RFC 4648 §4
std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (char c : text) {
        auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xFF);
    }
    return bytes;
}

/// The token of a request: a bearer's, or the password of a name. @spec RFC 7617
std::string token_of(const HttpRequest& request) {
    constexpr std::string_view kBearer = "Bearer ", kBasic = "Basic ";
    std::string_view header = request.header("Authorization").value_or("");
    if (header.starts_with(kBearer)) return std::string(header.substr(kBearer.size()));
    auto pair = header.starts_with(kBasic) ? decode_base64(header.substr(kBasic.size())) : std::nullopt;
    if (!pair || !pair->contains(':')) return {};
    return pair->substr(pair->find(':') + 1);
}

bool came_through_proxy(const HttpRequest& request) {
    auto has = [&](std::string_view name) { return request.header(name).has_value(); };
    return has("Forwarded") || has("X-Forwarded-For") || has("X-Real-IP") || has("Via");
}

/// An answer where the one who asks may not see it. Hashes are compared, so that the time tells nothing of the token.
std::optional<HttpResponse> refuse(const OperatorAccess& access, const HttpRequest& request) {
    if (access.token_hash.empty()) {
        if (net::is_loopback(request.client_address) && !came_through_proxy(request)) return std::nullopt;
        return plain(403, "from this machine only; linli-platform --operator-token-file opens it to others\n");
    }
    if (base::Sha256::of(token_of(request)) == access.token_hash) return std::nullopt;
    HttpResponse response = plain(401, "the operator's token is the password\n");
    response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"linli-platform\", charset=\"UTF-8\"");
    return response;
}

struct Question {
    year_month_day first, last;
    OperatorLanguage language = OperatorLanguage::Chinese;
};

OperatorLanguage language_of_browser(const HttpRequest& request) {
    std::string_view accepted = request.header("Accept-Language").value_or("zh");
    auto chinese = accepted.find("zh"), english = accepted.find("en");
    return english < chinese ? OperatorLanguage::English : OperatorLanguage::Chinese;
}

/// Nothing where it makes no sense.
std::optional<Question> read_question(const HttpRequest& request, year_month_day today) {
    std::optional<year_month_day> from, until;
    Question question;
    question.language = language_of_browser(request);
    std::string_view query = request.query;
    while (!query.empty()) {
        std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        auto value = query_value(part, part.substr(0, part.find('=')));
        if (!value) return std::nullopt;
        if (part.starts_with("from=") && (from = base::parse_date(*value))) continue;
        if (part.starts_with("until=") && (until = base::parse_date(*value))) continue;
        if (part != "language=zh" && part != "language=en") return std::nullopt;
        question.language = *value == "en" ? OperatorLanguage::English : OperatorLanguage::Chinese;
    }
    question.last = until.value_or(from ? std::max(*from, today) : today);
    question.first = from.value_or(sys_days(question.last) - kDays + days(1));
    bool makes_sense = question.first <= question.last && sys_days(question.last) - sys_days(question.first) < kMostDays;
    return makes_sense ? std::optional(question) : std::nullopt;
}

class OperatorRoutes {
  public:
    OperatorRoutes(const OperatorAccess& access, BookingStore& bookings, base::Clock& clock, base::Log& log)
        : access_(access), bookings_(bookings), clock_(clock), log_(log) {}

    HttpResponse page(const HttpRequest& request) const {
        return answer(request, "/operator", "text/html; charset=utf-8", [](const OperatorReport& report, const Question& question) {
            return write_operator_page(report, question.language);
        });
    }
    HttpResponse table(const HttpRequest& request) const {
        return answer(request, "/operator.csv", "text/csv; charset=utf-8",
                      [](const OperatorReport& report, const Question&) { return write_operator_table(report); });
    }

  private:
    template <typename Write>
    HttpResponse answer(const HttpRequest& request, std::string_view path, std::string_view media_type, Write write) const {
        if (request.path != path) return plain(404, "not found\n");
        if (auto refusal = refuse(access_, request)) return *refusal;
        if (request.method != "GET" && request.method != "HEAD") return plain(405, "only GET\n");
        auto question = read_question(request, bookings_.zone().date_of(clock_.now()));
        if (!question) return plain(400, "expected from=2026-11-01&until=2026-11-30&language=en, a year at most\n");
        auto counts = bookings_.progress(question->first, question->last);
        auto names = bookings_.service_names();
        if (!counts || !names) {
            log_.error(base::format("operator: {}", (counts ? names.error() : counts.error()).message));
            return plain(503, "the database is away; try again in a moment\n");
        }
        HttpResponse response = plain(200, write({question->first, question->last, std::move(*counts), std::move(*names)}, *question));
        response.media_type = media_type;
        response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        return response;
    }

    OperatorAccess access_;
    BookingStore& bookings_;
    base::Clock& clock_;
    base::Log& log_;
};

}  // namespace

Result<OperatorAccess> read_operator_access(const std::filesystem::path& token_file) {
    LINLI_TRY(token, base::read_file(token_file, 4096));
    struct stat info {};
    if (::stat(token_file.c_str(), &info) != 0 || (info.st_mode & 077) != 0)
        return base::fail(base::format("{}: others can read it; expected mode 0600 (chmod 600 {})", token_file.string(), token_file.string()));
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
    if (token.size() < kShortestToken)
        return base::fail(base::format("{}: the operator's token is shorter than 16 characters", token_file.string()));
    return OperatorAccess{base::Sha256::of(token)};
}

void add_operator_routes(net::HttpRoutes& routes, const OperatorAccess& access, BookingStore& bookings, base::Clock& clock,
                         base::Log& log) {
    OperatorRoutes all(access, bookings, clock, log);
    routes.handle("/operator", [all](const HttpRequest& request) { return all.page(request); });
    routes.handle("/operator.csv", [all](const HttpRequest& request) { return all.table(request); });
}

}  // namespace linli::platform
