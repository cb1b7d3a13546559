#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "epg/si/service_id.h"
#include "epg/si/table_id.h"

namespace linli::epg {

/// Which part of which table a value was read from.
struct TableSource {
    std::uint16_t pid = 0;
    TableId table_id = TableId::ProgramAssociation;
    std::uint8_t version = 0;
    std::uint8_t section = 0, last_section = 0;
};

/// PAT. @spec ISO/IEC 13818-1 §2.4.4.3
struct ProgramAssociation {
    struct Program {
        std::uint16_t number = 0;
        std::uint16_t map_pid = 0;
    };
    TableSource source;
    std::uint16_t stream = 0;
    /// Of the NIT, where the PAT names one.
    std::optional<std::uint16_t> network_pid;
    std::vector<Program> programs;
};

/// PMT: what a service is made of. @spec ISO/IEC 13818-1 §2.4.4.8
struct ProgramMap {
    enum class Kind { Video, Audio, Subtitles, Teletext, Other };
    struct Stream {
        std::uint16_t pid = 0;
        std::uint8_t stream_type = 0;
        Kind kind = Kind::Other;
        /// ISO 639-2, empty where none is given; the first of several.
        std::string language;
        bool is_scrambled = false;  // a CA descriptor of its own
    };
    TableSource source;
    std::uint16_t program = 0;
    std::uint16_t clock_pid = 0;
    bool is_scrambled = false;
    std::vector<Stream> streams;
};

enum class DeliverySystem { None, Cable, Terrestrial, Satellite };

/// How a cable stream is tuned to. @spec ETSI EN 300 468 §6.2.13.1
struct CableDelivery {
    std::uint64_t frequency_hz = 0;
    std::uint32_t symbol_rate = 0;  // symbols per second
    /// Points of the constellation (16, 32, 64, 128, 256); 0: not defined.
    int modulation = 0;
    std::uint8_t fec_inner = 0;
};

struct LogicalChannel {
    std::uint16_t service = 0;
    std::uint16_t number = 0;
    bool is_visible = true;
};

/// NIT and BAT: which streams there are, and which services in them.
/// @spec ETSI EN 300 468 §5.2.1, §5.2.2
struct NetworkInformation {
    struct ListedService {
        std::uint16_t service = 0;
        std::uint8_t type = 0;
    };
    struct Stream {
        std::uint16_t stream = 0, network = 0;  // transport_stream_id, original_network_id
        DeliverySystem delivery = DeliverySystem::None;
        std::optional<CableDelivery> cable;
        std::vector<ListedService> services;
        std::vector<LogicalChannel> channels;
    };
    TableSource source;
    /// network_id of a NIT, bouquet_id of a BAT.
    std::uint16_t id = 0;
    std::string name;
    std::vector<Stream> streams;
};

/// @spec ETSI EN 300 468 table 6
enum class RunningStatus : std::uint8_t { Undefined, NotRunning, StartsSoon, Pausing, Running, OffAir };

/// SDT: the services of one stream. @spec ETSI EN 300 468 §5.2.3
struct ServiceDescriptions {
    struct Service {
        ServiceId id;
        /// @spec ETSI EN 300 468 table 89 (1 television, 2 radio, 0x19 HD television…); 0: not given
        std::uint8_t type = 0;
        std::string name, provider;
        RunningStatus running_status = RunningStatus::Undefined;
        bool is_scrambled = false;            // free_CA_mode
        bool has_conditional_access = false;  // some head-ends tell so and leave free_CA_mode at zero
        bool has_schedule = false, has_present_following = false;
    };
    TableSource source;
    std::uint16_t stream = 0, network = 0;
    std::vector<Service> services;
};

/// One event of an EIT. Texts are UTF-8 and valid during the call that hands the event on, no longer.
/// @spec ETSI EN 300 468 §5.2.4
struct EitEvent {
    std::uint16_t id = 0;
    RunningStatus running_status = RunningStatus::Undefined;
    bool is_scrambled = false;
    /// Nothing: the standard's "undefined" (a reference event), or no time at all (bad BCD).
    std::optional<std::chrono::sys_seconds> start;
    /// Nothing: undefined or no duration at all.
    std::optional<std::chrono::seconds> duration;
    /// Of the texts: ISO 639-2 as sent ("chi"), empty where there are none.
    std::string_view language;
    std::string_view title, summary;
    /// The extended text; its items follow as lines "what: who".
    std::string_view description;
    /// The first content: level 1 in the high nibble, level 2 in the low one; 0: none given.
    /// @spec ETSI EN 300 468 table 29
    std::uint8_t content = 0;
    /// 0: none given, or one only the broadcaster understands.
    std::uint8_t minimum_age = 0;
};

/// A section of an EIT, with events in the order sent (they may overlap or repeat).
struct EventInformation {
    enum class Kind { PresentFollowing, Schedule };
    TableSource source;
    ServiceId service;
    Kind kind = Kind::PresentFollowing;
    std::uint8_t segment_last_section = 0;
    /// The last of this service's schedule tables (a table holds four days).
    TableId last_table_id = TableId::EventsPresentFollowingActual;
    std::span<const EitEvent> events;
};

/// When the offset of local time changes, by country. @spec ETSI EN 300 468 §6.2.20
struct LocalTimeOffset {
    std::string country;  // ISO 3166, three letters
    std::uint8_t region = 0;
    std::chrono::minutes offset{0};
    std::optional<std::chrono::sys_seconds> change;
    std::chrono::minutes next_offset{0};
};

/// TDT and TOT. @spec ETSI EN 300 468 §5.2.5, §5.2.6
struct TimeInformation {
    TableSource source;
    std::chrono::sys_seconds time;
    std::vector<LocalTimeOffset> offsets;  // of a TOT
};

/// A sub-table of which every section has come.
struct CompleteTable {
    TableSource source;
    /// What the table is of: service_id of an EIT, stream of an SDT or PAT, network or bouquet id, program.
    std::uint16_t extension = 0;
    /// Of EIT and SDT.
    std::uint16_t stream = 0, network = 0;
    /// Of an EIT schedule: with this one, every table up to last_table_id is complete.
    bool is_whole_schedule = false;

    ServiceId service() const { return {network, stream, extension}; }
};

}  // namespace linli::epg
