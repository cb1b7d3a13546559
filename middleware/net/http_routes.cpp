// What clients really ask for, and what is done about it:
//   "/../../etc/passwd", plain or percent-encoded (HttpServer.ServesNothingOutsideItsFolder)
//   a link in the folder that leads out of it (HttpServer.FollowsNoLinkOutOfItsFolder)

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "middleware/base/format.h"
#include "middleware/net/http_date.h"
#include "middleware/net/http_server.h"

namespace linli::net {

using namespace std::chrono;

namespace {

constexpr std::size_t kPiece = 64u << 10;

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool fits(std::string_view prefix, std::string_view path) {
    if (!path.starts_with(prefix)) return false;
    return prefix.ends_with('/') || path.size() == prefix.size() || path[prefix.size()] == '/';
}

std::string media_type_of(const std::filesystem::path& file) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes{{
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".xml", "application/xml"},
        {".xsd", "application/xml"},
        {".zst", "application/zstd"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".wav", "audio/wav"},
        {".mp4", "video/mp4"},
        {".ttf", "font/ttf"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/plain; charset=utf-8"},
    }};
    std::string extension = file.extension().string();
    auto found = std::ranges::find(kTypes, std::string_view(extension), &decltype(kTypes)::value_type::first);
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

/// Whether one of the validators that the client holds is `etag`. @spec RFC 9110 §13.1.2
bool client_holds(const HttpRequest& request, std::string_view etag) {
    auto held = request.header("If-None-Match");
    if (!held) return false;
    std::string_view rest = *held;
    while (!rest.empty()) {
        auto comma = rest.find(',');
        std::string_view one = rest.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == etag || one == "*") return true;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return false;
}

/// A part of a file.
struct Range {
    std::uint64_t begin = 0;
    std::uint64_t length = 0;
};

/// What of a file of `size` bytes is asked for: one range. Nothing: all of it, as for several ranges and for what makes no
/// sense. An empty range: it has no such part. @spec RFC 9110 §14.1.2
std::optional<Range> asked_range(const HttpRequest& request, std::uint64_t size, std::string_view etag) {
    constexpr std::string_view kUnit = "bytes=";
    auto asked = request.header("Range");
    if (!asked || !asked->starts_with(kUnit)) return std::nullopt;
    // Of another state of the file no part is wanted.
    if (auto condition = request.header("If-Range"); condition && *condition != etag) return std::nullopt;
    std::string_view text = asked->substr(kUnit.size());
    auto hyphen = text.find('-');
    if (hyphen == std::string_view::npos) return std::nullopt;
    auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
    };
    auto first = number(text.substr(0, hyphen)), last = number(text.substr(hyphen + 1));
    if (hyphen == 0) {
        if (!last) return std::nullopt;
        std::uint64_t length = std::min(*last, size);
        return Range{size - length, length};
    }
    if (!first || (hyphen + 1 < text.size() && !last) || (last && *last < *first)) return std::nullopt;
    if (*first >= size) return Range{};
    return Range{*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

HttpResponse refuse(int status, std::string_view words) {
    HttpResponse response;
    response.status = status;
    response.body = std::string(words) + "\n";
    return response;
}

bool is_reading(const HttpRequest& request) { return request.method == "GET" || request.method == "HEAD"; }

HttpResponse not_modified(HeaderList headers) {
    HttpResponse response;
    response.status = 304;
    response.headers = std::move(headers);
    return response;
}

/// An open file, closed with the last answer that reads it.
class OpenFile {
  public:
    explicit OpenFile(const std::filesystem::path& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (fd_ >= 0 && ::fstat(fd_, &info_) != 0) info_ = {};
    }
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    bool is_plain_file() const { return fd_ >= 0 && S_ISREG(info_.st_mode); }
    std::uint64_t size() const { return static_cast<std::uint64_t>(info_.st_size); }
    sys_seconds modified() const { return sys_seconds(seconds(info_.st_mtim.tv_sec)); }
    /// A file that is replaced, as the publisher does it, has another time or another inode.
    std::string etag() const {
        return base::format("\"{:x}-{:x}-{:x}{:08x}\"", info_.st_size, info_.st_ino, info_.st_mtim.tv_sec,
                            info_.st_mtim.tv_nsec);
    }
    void copy_to(const HttpResponse::Write& write, Range range) const {
        std::string piece(kPiece, '\0');
        while (range.length > 0) {
            std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), range.length));
            ssize_t got = ::pread(fd_, piece.data(), most, static_cast<off_t>(range.begin));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0 || !write({piece.data(), static_cast<std::size_t>(got)})) return;
            range.begin += static_cast<std::uint64_t>(got);
            range.length -= static_cast<std::uint64_t>(got);
        }
    }

  private:
    int fd_;
    struct stat info_ {};
};

/// The file that a path names, when it lies in the folder and is not hidden.
std::optional<std::filesystem::path> find_file(const std::filesystem::path& folder, std::string_view below) {
    while (below.starts_with('/')) below.remove_prefix(1);
    std::filesystem::path relative(below);
    for (const auto& part : relative) {
        if (part.native().starts_with('.') || part.native().find('\0') != std::string::npos) return std::nullopt;
    }
    std::error_code error;
    auto root = std::filesystem::canonical(folder, error);
    if (error) return std::nullopt;
    auto file = std::filesystem::canonical(folder / relative, error);
    if (error) return std::nullopt;
    if (std::filesystem::is_directory(file, error)) file /= "index.html";
    auto [end_of_root, rest] = std::ranges::mismatch(root, file);
    if (end_of_root != root.end()) return std::nullopt;
    return file;
}

class FolderHandler {
  public:
    FolderHandler(std::string prefix, std::filesystem::path folder,
                  std::function<std::string(std::string_view)> cache_control)
        : prefix_(std::move(prefix)), folder_(std::move(folder)), cache_control_(std::move(cache_control)) {}

    HttpResponse operator()(const HttpRequest& request) const {
        if (!is_reading(request)) return refuse(405, "only GET and HEAD");
        std::string_view below = std::string_view(request.path).substr(prefix_.size());
        auto path = find_file(folder_, below);
        if (!path) return refuse(404, "not found");
        auto file = std::make_shared<OpenFile>(*path);
        if (!file->is_plain_file()) return refuse(404, "not found");

        HeaderList headers{{"ETag", file->etag()}, {"Last-Modified", format_http_date(file->modified())}};
        if (std::string cache = cache_control_ ? cache_control_(below) : ""; !cache.empty())
            headers.emplace_back("Cache-Control", cache);
        if (client_holds(request, file->etag())) return not_modified(std::move(headers));
        headers.emplace_back("Accept-Ranges", "bytes");
        HttpResponse response;
        Range sent{0, file->size()};
        if (auto range = asked_range(request, file->size(), file->etag())) {
            bool is_there = range->length > 0;
            headers.emplace_back("Content-Range",
                                 is_there ? base::format("bytes {}-{}/{}", range->begin, range->begin + range->length - 1, file->size())
                                          : base::format("bytes */{}", file->size()));
            response.status = is_there ? 206 : 416;
            sent = *range;
        }
        response.media_type = media_type_of(*path);
        response.headers = std::move(headers);
        response.stream = [file, sent](const HttpResponse::Write& write) { file->copy_to(write, sent); };
        response.stream_length = sent.length;
        return response;
    }

  private:
    std::string prefix_;
    std::filesystem::path folder_;
    std::function<std::string(std::string_view)> cache_control_;
};

/// FNV-1a: a validator needs to change with the bytes, and keep nobody out.
std::string etag_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
    return base::format("\"{:x}-{:016x}\"", bytes.size(), hash);
}

}  // namespace

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equals_ignoring_case(key, name)) return value;
    }
    return std::nullopt;
}

HttpRoutes& HttpRoutes::handle(std::string prefix, HttpHandler handler) {
    routes_.push_back({std::move(prefix), std::move(handler)});
    return *this;
}

HttpRoutes& HttpRoutes::serve_bytes(std::string path, std::string media_type, std::string bytes) {
    std::string etag = etag_of(bytes);
    return handle(path, [=](const HttpRequest& request) {
        if (!is_reading(request)) return refuse(405, "only GET and HEAD");
        if (request.path != path) return refuse(404, "not found");
        if (client_holds(request, etag)) return not_modified({{"ETag", etag}});
        HttpResponse response;
        response.media_type = media_type;
        response.headers = {{"ETag", etag}};
        response.body = bytes;
        return response;
    });
}

HttpRoutes& HttpRoutes::serve_folder(std::string prefix, std::filesystem::path folder,
                                     std::function<std::string(std::string_view)> cache_control) {
    return handle(prefix, FolderHandler(prefix, std::move(folder), std::move(cache_control)));
}

HttpRoutes& HttpRoutes::around(const HttpFilter& filter) {
    for (Route& route : routes_)
        route.handler = [filter, handler = std::move(route.handler)](const HttpRequest& request) {
            return filter(request, handler);
        };
    return *this;
}

HttpRoutes& HttpRoutes::web_socket(std::string path, WebSocketHandlers handlers) {
    endpoints_.push_back({std::move(path), std::move(handlers)});
    return *this;
}

const HttpHandler* HttpRoutes::find(std::string_view path) const {
    const Route* best = nullptr;
    for (const Route& route : routes_) {
        if (fits(route.prefix, path) && (!best || route.prefix.size() > best->prefix.size())) best = &route;
    }
    return best ? &best->handler : nullptr;
}

}  // namespace linli::net
