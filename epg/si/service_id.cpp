#include "epg/si/service_id.h"

#include <charconv>

namespace linli::epg {

std::string ServiceId::str() const {
    return std::to_string(network) + "." + std::to_string(stream) + "." + std::to_string(service);
}

std::optional<ServiceId> ServiceId::parse(std::string_view text) {
    ServiceId id;
    std::uint16_t* parts[] = {&id.network, &id.stream, &id.service};
    const char* at = text.data();
    const char* end = at + text.size();
    for (std::uint16_t* part : parts) {
        if (part != parts[0] && (at == end || *at++ != '.')) return std::nullopt;
        auto [next, fault] = std::from_chars(at, end, *part);
        if (fault != std::errc()) return std::nullopt;
        at = next;
    }
    if (at != end || id.str() != text) return std::nullopt;
    return id;
}

}  // namespace linli::epg
