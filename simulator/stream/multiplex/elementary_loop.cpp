#include "simulator/stream/multiplex/elementary_loop.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "middleware/base/file.h"

namespace linli::simulator {

using base::Result;

namespace {

constexpr std::size_t kPacket = 188;
constexpr std::size_t kMostBytes = 1u << 30;

using View = std::span<const std::byte>;

unsigned at8(View bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }

/// @spec ISO/IEC 13818-1 §2.4.3.7
Ticks time_stamp(View bytes, std::size_t at) {
    return static_cast<Ticks>(at8(bytes, at) >> 1 & 7) << 30 | static_cast<Ticks>(at8(bytes, at + 1)) << 22 |
           static_cast<Ticks>(at8(bytes, at + 2) >> 1) << 15 | static_cast<Ticks>(at8(bytes, at + 3)) << 7 |
           static_cast<Ticks>(at8(bytes, at + 4) >> 1);
}

/// An H.264 picture that needs no other one before it.
bool has_idr(View bytes) {
    constexpr unsigned kIdr = 5;
    for (std::size_t i = 0; i + 3 < bytes.size(); ++i)
        if (at8(bytes, i) == 0 && at8(bytes, i + 1) == 0 && at8(bytes, i + 2) == 1 && (at8(bytes, i + 3) & 0x1F) == kIdr) return true;
    return false;
}

struct PesStream {
    unsigned stream_id = 0;
    Bytes open;
    std::vector<AccessUnit> units;
};

void close_pes(PesStream& stream) {
    constexpr std::size_t kHead = 9;
    View pes(stream.open);
    if (pes.size() < kHead + 5 || (at8(pes, 7) & 0x80) == 0) return stream.open.clear();
    stream.stream_id = at8(pes, 3);
    AccessUnit unit;
    unit.present = time_stamp(pes, kHead);
    unit.decode = (at8(pes, 7) & 0x40) != 0 ? time_stamp(pes, kHead + 5) : unit.present;
    View payload = pes.subspan(std::min(pes.size(), kHead + at8(pes, 8)));
    unit.bytes.assign(payload.begin(), payload.end());
    stream.units.push_back(std::move(unit));
    stream.open.clear();
}

void take_packet(View packet, std::map<unsigned, PesStream>& streams) {
    constexpr unsigned kFirstOfPes = 0x20;
    unsigned pid = (at8(packet, 1) << 8 | at8(packet, 2)) & 0x1FFF;
    std::size_t begin = 4;
    if ((at8(packet, 3) & 0x20) != 0) begin += 1 + at8(packet, 4);
    if (pid < kFirstOfPes || (at8(packet, 3) & 0x10) == 0 || begin >= kPacket) return;
    View payload = packet.subspan(begin);
    bool is_start = (at8(packet, 1) & 0x40) != 0;
    bool is_pes = payload.size() > 4 && at8(payload, 0) == 0 && at8(payload, 1) == 0 && at8(payload, 2) == 1;
    if (is_start && !is_pes) return;
    PesStream& stream = streams[pid];
    if (is_start) close_pes(stream);
    else if (stream.open.empty()) return;
    stream.open.insert(stream.open.end(), payload.begin(), payload.end());
}

/// MPEG-1 layer II at 48 kHz: a frame is 1152 samples. A PES packet may hold several.
std::vector<AccessUnit> cut_frames(const std::vector<AccessUnit>& packets) {
    constexpr Ticks kFrame = 1152 * kTicksOfSecond / 48'000;
    Bytes all;
    for (const AccessUnit& packet : packets) all.insert(all.end(), packet.bytes.begin(), packet.bytes.end());
    static constexpr unsigned kKilobits[] = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
    std::vector<AccessUnit> frames;
    View rest(all);
    while (rest.size() >= 4 && at8(rest, 0) == 0xFF && (at8(rest, 1) & 0xFE) == 0xFC) {
        unsigned rate = at8(rest, 2) >> 4;
        if (rate == 0 || rate >= std::size(kKilobits)) break;
        std::size_t size = 144u * kKilobits[rate] * 1000u / 48'000u;
        if (size > rest.size()) break;
        AccessUnit frame{.is_entry = true, .bytes = Bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size))};
        frame.decode = frame.present = packets.front().present + static_cast<Ticks>(frames.size()) * kFrame;
        frames.push_back(std::move(frame));
        rest = rest.subspan(size);
    }
    return frames;
}

}  // namespace

std::int64_t ElementaryLoop::bytes() const {
    std::int64_t sum = 0;
    for (const AccessUnit& unit : units) sum += static_cast<std::int64_t>(unit.bytes.size());
    return sum;
}

Result<ProgramLoop> ProgramLoop::read(const std::filesystem::path& file) {
    LINLI_TRY(text, base::read_file(file, kMostBytes));
    std::map<unsigned, PesStream> pes;
    View bytes = std::as_bytes(std::span(text));
    for (; bytes.size() >= kPacket; bytes = bytes.subspan(kPacket)) take_packet(bytes.first(kPacket), pes);
    ProgramLoop loop;
    Ticks first = 0, length = 0;
    for (auto& [pid, stream] : pes) {
        close_pes(stream);
        if (stream.units.size() < 2) continue;
        bool is_video = stream.stream_id >= 0xE0 && stream.stream_id < 0xF0;
        ElementaryLoop made{.type = is_video ? StreamType::H264 : StreamType::Mpeg1Audio};
        made.units = is_video ? std::move(stream.units) : cut_frames(stream.units);
        if (made.units.size() < 2) continue;
        for (AccessUnit& unit : made.units) unit.is_entry = !is_video || has_idr(unit.bytes);
        if (is_video) {
            first = made.units.front().decode;
            length = made.units.back().decode - first + (made.units[1].decode - first);
            loop.streams.insert(loop.streams.begin(), std::move(made));
        } else {
            loop.streams.push_back(std::move(made));
        }
    }
    if (loop.streams.empty()) return base::fail(file.string() + " holds no pictures and no sound that can be repeated");
    if (length == 0) {
        const auto& units = loop.streams.front().units;
        first = units.front().decode;
        length = units.back().decode - first + (units[1].decode - first);
    }
    for (ElementaryLoop& stream : loop.streams) {
        stream.length = length;
        for (AccessUnit& unit : stream.units) unit.decode -= first, unit.present -= first;
        std::erase_if(stream.units, [&](const AccessUnit& unit) { return unit.decode >= length || unit.decode < 0; });
    }
    return loop;
}

}  // namespace linli::simulator
