#include "tests/platform/test_platform.h"

#include <algorithm>
#include <charconv>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

namespace {

constexpr std::string_view kPrefix = "/publication/";

/// Cuts the body to what "bytes=N-" asks for, as web servers do.
void answer_range(const net::HttpRequest& request, net::HttpResponse& response) {
    std::string range(request.header("Range").value_or(""));
    std::size_t from = 0;
    if (!range.starts_with("bytes=") || std::from_chars(range.data() + 6, range.data() + range.size(), from).ec != std::errc()) return;
    std::string length = std::to_string(response.body.size());
    if (from >= response.body.size()) {
        response = with_status(416);
        return;
    }
    response.status = 206;
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(from) + "-" + std::to_string(response.body.size() - 1) + "/" + length);
    response.body.erase(0, from);
}

}  // namespace

net::HttpResponse with_status(int status) {
    net::HttpResponse response;
    response.status = status;
    return response;
}

net::HttpResponse with_body(std::string body) {
    net::HttpResponse response;
    response.body = std::move(body);
    return response;
}

net::HttpResponse streamed(std::uint64_t length, std::function<void(const net::HttpResponse::Write&)> stream) {
    net::HttpResponse response;
    response.stream_length = length;
    response.stream = std::move(stream);
    return response;
}

TestPlatform::TestPlatform() {
    net::HttpServerOptions options;
    options.threads = 4;
    net::HttpRoutes routes;
    routes.handle("/", [this](const net::HttpRequest& request) { return answer(request); });
    auto server = net::HttpServer::start(options, std::move(routes), *log_);
    CHECK_GOOD(server);
    server_ = std::move(*server);
    url_ = server_->url() + "/publication";
}

std::string TestPlatform::url() const { return url_; }

void TestPlatform::set_fault(const std::string& part, net::HttpHandler handler) {
    std::lock_guard lock(mutex_);
    faults_[part] = std::move(handler);
}

void TestPlatform::clear_faults() {
    std::lock_guard lock(mutex_);
    faults_.clear();
}

int TestPlatform::requests(std::string_view part) {
    std::lock_guard lock(mutex_);
    return static_cast<int>(std::ranges::count_if(seen_, [&](auto& path) { return path.contains(part); }));
}

net::HttpResponse TestPlatform::answer(const net::HttpRequest& request) {
    net::HttpHandler fault;
    {
        std::lock_guard lock(mutex_);
        seen_.push_back(request.path);
        for (const auto& [part, handler] : faults_) {
            if (request.path.contains(part)) fault = handler;
        }
    }
    if (fault) return fault(request);
    if (!request.path.starts_with(kPrefix)) return with_status(404);
    auto bytes = base::read_file(tree() / request.path.substr(kPrefix.size()));
    if (!bytes) return with_status(404);
    std::string etag = "\"" + base::Sha256::of(*bytes).substr(0, 16) + "\"";
    net::HttpResponse response = with_status(request.header("If-None-Match") == etag ? 304 : 200);
    response.headers = {{"ETag", etag}};
    if (response.status != 200) return response;
    response.body = std::move(*bytes);
    answer_range(request, response);
    return response;
}

}  // namespace linli::tests
