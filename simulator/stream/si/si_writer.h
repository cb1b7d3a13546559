#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "simulator/stream/si/section.h"
#include "simulator/stream/si/si_model.h"

/// Service information as a head-end sends it: each function writes one table, as many sections as it needs. The tests'
/// and the simulator's counterpart of the reader in epg/si; shares no line with it.
/// @spec ISO/IEC 13818-1 §2.4.4, ETSI EN 300 468 §5.2
namespace linli::simulator {

/// Where the tables are.
namespace si_pid {
constexpr std::uint16_t kPat = 0x0000;
constexpr std::uint16_t kNit = 0x0010;
/// SDT and BAT
constexpr std::uint16_t kSdt = 0x0011;
constexpr std::uint16_t kEit = 0x0012;
/// TDT and TOT
constexpr std::uint16_t kTime = 0x0014;
constexpr std::uint16_t kNull = 0x1FFF;
}  // namespace si_pid

/// This transport stream, or another one of the network.
enum class Of { Actual, Other };

std::vector<Section> write_pat(const SiMultiplex& multiplex, std::uint8_t version = 0);
Section write_pmt(const SiService& service, std::uint8_t version = 0);
std::vector<Section> write_sdt(const SiMultiplex& multiplex, Of of, const BroadcastEncoding& encoding, std::uint8_t version = 0);
/// All multiplexes of one network, with cable delivery, service lists and logical channels.
std::vector<Section> write_nit(std::string_view network_name, std::span<const SiMultiplex> multiplexes,
                               const BroadcastEncoding& encoding, std::uint8_t version = 0);
std::vector<Section> write_bat(std::uint16_t bouquet, std::string_view name, std::span<const SiMultiplex> multiplexes,
                               const BroadcastEncoding& encoding, std::uint8_t version = 0);

/// Whose events a table holds, and how its texts are written.
struct EitOptions {
    std::uint16_t network = 1, stream = 1, service = 0;
    Of of = Of::Actual;
    BroadcastEncoding encoding = gb18030_unmarked();
    std::uint8_t version = 0;
};

/// Present and following: two sections, each with one event or none.
std::vector<Section> write_eit_present_following(const EitOptions& options, const SiEvent* present, const SiEvent* following);
/// The schedule from the midnight (UTC) before `now` on, in segments of three hours; at most 64 days. Events must be in
/// order of time where a test does not want them otherwise; each goes where its start belongs, those without a start
/// into the first segment. Empty segments send an empty section, as the standard asks.
/// @spec ETSI TS 101 211 §4.1.4
std::vector<Section> write_eit_schedule(const EitOptions& options, std::span<const SiEvent> events, std::chrono::sys_seconds now);

Section write_tdt(std::chrono::sys_seconds now);
/// The time with the offset of a zone that keeps it: `change` is far away.
Section write_tot(std::chrono::sys_seconds now, std::string_view country, std::chrono::minutes offset);
Section write_tot(std::chrono::sys_seconds now, std::span<const std::byte> descriptors);

}  // namespace linli::simulator
