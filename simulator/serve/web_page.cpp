#include "simulator/serve/web_page.h"

#include <algorithm>

#include "simulator/serve/web_files.h"

namespace linli::simulator {

namespace {

/// The page loads nothing from elsewhere and stands in no other page.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

net::HttpResponse answer(const net::HttpRequest& request) {
    net::HttpResponse response;
    std::string_view path = request.path == "/" ? std::string_view("/index.html") : std::string_view(request.path);
    auto file = std::ranges::find(web_files(), path, &WebFile::path);
    if (request.method != "GET" && request.method != "HEAD") {
        response.status = 405;
        response.headers = {{"Allow", "GET, HEAD"}};
    } else if (file == web_files().end()) {
        response.status = 404;
        response.body = "not found\n";
    } else {
        response.media_type = file->media_type;
        response.headers = {{"Cache-Control", "no-cache"},
                            {"Content-Security-Policy", std::string(kPolicy)},
                            {"Referrer-Policy", "no-referrer"}};
        response.body = file->bytes;
    }
    return response;
}

}  // namespace

void serve_web_page(net::HttpRoutes& routes) { routes.handle("/", answer); }

}  // namespace linli::simulator
