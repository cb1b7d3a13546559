#include "platform/appointments/platform_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "middleware/base/format.h"

namespace linli::platform {

namespace {

/// 127.0.0.0/8, ::1 and localhost. Only what is written so: names that lead to loopback may lead elsewhere tomorrow.
bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "[::1]") return true;
    in_addr address{};
    constexpr std::uint32_t kNetwork = 127;
    return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == kNetwork;
}

/// "127.0.0.1" of "127.0.0.1:8081/path"; of an IPv6 address with its brackets.
std::string_view host_of(std::string_view rest) {
    rest = rest.substr(0, rest.find_first_of("/?#"));
    std::size_t end = rest.starts_with('[') ? rest.find(']') : 0;
    return rest.substr(0, rest.find(':', std::min(end, rest.size())));
}

}  // namespace

base::Result<void> check_platform_address(std::string_view url) {
    constexpr std::string_view kSafe = "https://", kPlain = "http://";
    bool is_safe = url.starts_with(kSafe);
    bool has_control = std::ranges::any_of(url, [](char c) { return c <= ' ' || c > '~'; });
    std::string_view rest = url.substr(std::min(url.size(), is_safe ? kSafe.size() : kPlain.size()));
    std::string_view host = host_of(rest);
    if ((!is_safe && !url.starts_with(kPlain)) || host.empty() || has_control || rest.contains('@') || rest.contains('\\'))
        return base::fail(base::format("{} is not an address such as https://platform.example", url));
    if (!is_safe && !is_loopback(host))
        return base::fail(base::format(
            "{} would send PINs and names in the clear: a platform that is not on this machine must be https://", url));
    return {};
}

}  // namespace linli::platform
