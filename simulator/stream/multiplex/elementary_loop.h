#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "simulator/stream/si/si_model.h"

namespace linli::simulator {

/// Ticks of 90 kHz, as time stamps of a transport stream count.
using Ticks = std::int64_t;
constexpr Ticks kTicksOfSecond = 90'000;

/// A picture or a frame of sound, coded.
struct AccessUnit {
    Ticks decode = 0;
    Ticks present = 0;
    /// A decoder can begin here.
    bool is_entry = false;
    Bytes bytes;
};

/// A coded stream that begins again after `length`: its times begin at 0, and the first time of the next round is that of
/// the first unit plus `length`.
struct ElementaryLoop {
    StreamType type = StreamType::H264;
    Ticks length = 0;
    std::vector<AccessUnit> units;

    bool is_video() const { return type == StreamType::H264 || type == StreamType::Mpeg2Video; }
    std::int64_t bytes() const;
};

/// The pictures and the sound of a transport stream with one program, as StreamEncoder writes it, cut so that they can be
/// repeated: a whole number of pictures, and as many frames of sound as fill the same time.
struct ProgramLoop {
    std::vector<ElementaryLoop> streams;
    static base::Result<ProgramLoop> read(const std::filesystem::path& file);
};

}  // namespace linli::simulator
