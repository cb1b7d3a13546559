#include "tests/platform/test_platform.h"

#include <algorithm>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using platform::Head;

namespace {

constexpr std::string_view kPrefix = "/publication/";

}  // namespace

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

Head TestPlatform::publish(const content::AreaCode& area, std::span<const content::Item> items,
                           std::vector<platform::ObjectBytes> objects, std::chrono::sys_seconds now) {
    CHECK_GOOD(platform::publish_area(tree(), {area, content::write_exchange(area, items), std::move(objects)},
                                      {.now = now}));
    return head(area);
}

Head TestPlatform::publish_document(const content::AreaCode& area, std::string_view document,
                                    std::chrono::sys_seconds now) {
    CHECK_GOOD(platform::publish_area(tree(), {area, std::string(document), {}}, {.now = now}));
    return head(area);
}

void TestPlatform::put_head(const Head& head) {
    auto key = base::SecretKey::generate();
    CHECK_GOOD(base::write_file_atomically(tree() / platform::head_path(head.area, head.part),
                                           platform::write_signed(platform::write_head(head), {&key})));
}

Head TestPlatform::head(const content::AreaCode& area) const {
    auto bytes = base::read_file(tree() / platform::head_path(area, platform::Part::Content));
    CHECK_GOOD(bytes);
    auto file = platform::read_signed(*bytes);
    CHECK_GOOD(file);
    auto head = platform::read_head(file->payload);
    CHECK_GOOD(head);
    return *head;
}

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
    net::HttpResponse response;
    response.status = 404;
    if (!request.path.starts_with(kPrefix)) return response;
    auto bytes = base::read_file(tree() / request.path.substr(kPrefix.size()));
    if (!bytes) return response;
    std::string etag = "\"" + base::Sha256::of(*bytes) + "\"";
    response.status = request.header("If-None-Match") == etag ? 304 : 200;
    response.headers = {{"ETag", etag}};
    if (response.status == 200) response.body = std::move(*bytes);
    return response;
}

}  // namespace linli::tests
