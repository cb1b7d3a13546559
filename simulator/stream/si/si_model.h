#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulator/stream/si/broadcast_text.h"

/// What a head-end has to tell, in UTF-8, before it is written into tables. Values that make no sense are written as they
/// are: a test wants them.
namespace linli::simulator {

/// @spec ISO/IEC 13818-1 table 2-34
enum class StreamType : std::uint8_t {
    Mpeg1Video = 0x01,
    Mpeg2Video = 0x02,
    Mpeg1Audio = 0x03,
    Mpeg2Audio = 0x04,
    PrivatePes = 0x06,
    AacAdts = 0x0F,
    H264 = 0x1B,
    H265 = 0x24,
};

struct SiStream {
    StreamType type = StreamType::H264;
    std::uint16_t pid = 0;
    /// Three letters of ISO 639-2; empty: none given.
    std::string language;
    /// Whole descriptors that come after those that follow from the above.
    std::vector<Bytes> more;
};

/// @spec ETSI EN 300 468 table 87
enum class ServiceType : std::uint8_t { Television = 0x01, Radio = 0x02, Data = 0x0C, HdTelevision = 0x19 };

/// @spec ETSI EN 300 468 table 6
enum class RunningStatus : std::uint8_t { Undefined = 0, NotRunning = 1, StartsSoon = 2, Pausing = 3, Running = 4, OffAir = 5 };

struct SiService {
    std::uint16_t id = 0;
    ServiceType type = ServiceType::Television;
    std::string name, provider;
    /// Logical channel number; 0: none is sent.
    std::uint16_t number = 0;
    bool is_scrambled = false;
    bool has_present_following = true;
    bool has_schedule = true;
    RunningStatus running = RunningStatus::Running;
    std::uint16_t pmt_pid = 0;
    std::uint16_t pcr_pid = 0x1FFF;
    std::vector<SiStream> streams;
};

struct SiEvent {
    std::uint16_t id = 0;
    /// Nothing: written as undefined.
    std::optional<std::chrono::sys_seconds> start;
    std::optional<std::chrono::seconds> duration;
    std::string title, summary, description;
    /// ISO 639-2.
    std::string language = "chi";
    /// content_nibble_level_1 and _2 as one byte; 0: no descriptor.
    std::uint8_t content = 0;
    /// 4 to 18 years; 0: no descriptor.
    int minimum_age = 0;
    RunningStatus running = RunningStatus::Undefined;
    bool is_scrambled = false;
    std::vector<Bytes> more;
};

/// A transport stream in a cable network.
struct SiMultiplex {
    std::uint16_t network = 1, stream = 1;
    /// @spec ETSI EN 300 468 §6.2.13.1
    std::uint64_t frequency_hz = 474'000'000;
    std::uint32_t symbols_per_second = 6'875'000;
    /// 1: 16-QAM to 5: 256-QAM
    std::uint8_t modulation = 3;
    std::vector<SiService> services;
};

}  // namespace linli::simulator
