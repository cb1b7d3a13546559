#include "platform/server/query.h"

#include <algorithm>
#include <charconv>

namespace linli::platform {

namespace {

std::optional<std::string> decode(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto c = static_cast<unsigned char>(text[at]);
        if (c == '%') {
            unsigned code = 0;
            if (text.size() - at < 3) return std::nullopt;
            const char* end = text.data() + at + 3;
            auto [stop, error] = std::from_chars(text.data() + at + 1, end, code, 16);
            if (error != std::errc() || stop != end) return std::nullopt;
            c = static_cast<unsigned char>(code);
            at += 2;
        }
        // Also the upper half: none of the values is anything but ASCII.
        if (c < 0x20 || c > 0x7e) return std::nullopt;
        decoded += static_cast<char>(c);
    }
    return decoded;
}

}  // namespace

std::optional<std::vector<std::string>> query_values(std::string_view query,
                                                     std::initializer_list<std::string_view> names) {
    std::vector<std::optional<std::string>> found(names.size());
    while (!query.empty()) {
        std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        auto equals = part.find('=');
        auto name = std::ranges::find(names, part.substr(0, equals));
        if (equals == std::string_view::npos || name == names.end()) return std::nullopt;
        auto& value = found[static_cast<std::size_t>(name - names.begin())];
        if (value) return std::nullopt;
        value = decode(part.substr(equals + 1));
        if (!value) return std::nullopt;
    }
    std::vector<std::string> values;
    for (auto& value : found) {
        if (!value) return std::nullopt;
        values.push_back(std::move(*value));
    }
    return values;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
    auto values = query_values(query, {name});
    if (!values) return std::nullopt;
    return std::move(values->front());
}

}  // namespace linli::platform
