#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace linli::epg {

/// A service as DVB names it, anywhere in the world: original_network_id, transport_stream_id, service_id.
/// @spec ETSI TS 101 211 §4.1.4.2 ("DVB triplet")
struct ServiceId {
    std::uint16_t network = 0, stream = 0, service = 0;

    auto operator<=>(const ServiceId&) const = default;
    /// "1.16.101": the three numbers in decimal.
    std::string str() const;
    /// Reads what `str` writes; nothing else.
    static std::optional<ServiceId> parse(std::string_view text);

    /// The three as one number, for keys of tables; in the order of `<=>`.
    constexpr std::uint64_t packed() const {
        return std::uint64_t(network) << 32 | std::uint64_t(stream) << 16 | service;
    }
};

}  // namespace linli::epg

template <>
struct std::hash<linli::epg::ServiceId> {
    std::size_t operator()(const linli::epg::ServiceId& id) const noexcept {
        return static_cast<std::size_t>((id.packed() * 0x9E3779B97F4A7C15ull) >> 16);
    }
};
