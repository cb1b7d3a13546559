// What head-ends really send: PATs that name the network (program 0) first; PMTs whose streams change while one
// watches; packets between which bytes are lost; streams that never mark an entry point, for which nothing is kept.

#include "middleware/media/program_filter.h"

#include <algorithm>
#include <utility>

namespace linli::media {

namespace {

constexpr std::byte kSync{0x47};
constexpr std::size_t kPacket = PacketAligner::kPacket;

unsigned at8(std::span<const std::byte> bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }
unsigned at12(std::span<const std::byte> bytes, std::size_t at) { return (at8(bytes, at) << 8 | at8(bytes, at + 1)) & 0x0FFF; }
std::uint16_t pid_at(std::span<const std::byte> bytes, std::size_t at) {
    return static_cast<std::uint16_t>((at8(bytes, at) << 8 | at8(bytes, at + 1)) & 0x1FFF);
}
std::uint16_t at16(std::span<const std::byte> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(at8(bytes, at) << 8 | at8(bytes, at + 1));
}

std::uint32_t crc_of(std::span<const std::byte> bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (std::byte byte : bytes) {
        crc ^= std::to_integer<std::uint32_t>(byte) << 24;
        for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc & 0x80000000u ? 0x04C11DB7u : 0);
    }
    return crc;
}

bool starts_payload(std::span<const std::byte> packet) { return (at8(packet, 1) & 0x40) != 0; }
bool is_damaged(std::span<const std::byte> packet) { return (at8(packet, 1) & 0x80) != 0; }
bool is_packet_scrambled(std::span<const std::byte> packet) { return (at8(packet, 3) & 0xC0) != 0; }
bool has_payload(std::span<const std::byte> packet) { return (at8(packet, 3) & 0x10) != 0; }
bool is_entry_point(std::span<const std::byte> packet) {
    bool has_adaptation = (at8(packet, 3) & 0x20) != 0 && at8(packet, 4) > 0;
    return has_adaptation && (at8(packet, 5) & 0x40) != 0;
}

std::span<const std::byte> payload_of(std::span<const std::byte> packet) {
    std::size_t begin = 4;
    if ((at8(packet, 3) & 0x20) != 0) begin += 1 + at8(packet, 4);
    if (!has_payload(packet) || begin >= packet.size()) return {};
    return packet.subspan(begin);
}

/// @spec ISO/IEC 13818-1 table 2-34, ETSI TS 101 154
bool is_video(unsigned stream_type) {
    constexpr unsigned kVideoTypes[] = {0x01, 0x02, 0x10, 0x1B, 0x24, 0x33, 0x42, 0xD2};
    return std::ranges::find(kVideoTypes, stream_type) != std::end(kVideoTypes);
}

void append(std::vector<std::byte>& to, std::span<const std::byte> bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void append_section(std::vector<std::byte>& packets, std::uint16_t pid, std::uint8_t& counter, std::span<const std::byte> section) {
    bool is_first = true;
    while (!section.empty()) {
        std::size_t begin = packets.size();
        packets.insert(packets.end(), kPacket, std::byte{0xFF});
        auto out = std::span(packets).subspan(begin);
        out[0] = kSync;
        out[1] = static_cast<std::byte>((is_first ? 0x40u : 0u) | pid >> 8);
        out[2] = static_cast<std::byte>(pid & 0xFF);
        out[3] = static_cast<std::byte>(0x10u | (counter++ & 0x0Fu));
        std::size_t head = 4;
        if (is_first) out[head++] = std::byte{0};
        is_first = false;
        std::size_t count = std::min(section.size(), kPacket - head);
        std::ranges::copy(section.first(count), out.begin() + static_cast<std::ptrdiff_t>(head));
        section = section.subspan(count);
    }
}

}  // namespace

std::span<const std::byte> PacketAligner::feed(std::span<const std::byte> bytes) {
    packets_.clear();
    append(rest_, bytes);
    std::size_t at = 0;
    while (at + kPacket <= rest_.size()) {
        // A byte that looks like the first of a packet is believed when another packet begins where this one ends.
        bool is_packet = rest_[at] == kSync && (at + kPacket == rest_.size() || rest_[at + kPacket] == kSync);
        if (!is_packet) {
            ++at;
            continue;
        }
        append(packets_, std::span(rest_).subspan(at, kPacket));
        at += kPacket;
    }
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(at));
    return packets_;
}

std::vector<SmallSections::Section> SmallSections::feed(std::span<const std::byte> packet) {
    std::vector<Section> sections;
    auto payload = payload_of(packet);
    if (is_damaged(packet) || payload.empty()) return sections;
    if (starts_payload(packet)) {
        std::size_t begin = 1 + at8(payload, 0);
        if (begin > payload.size()) return sections;
        if (is_open_) {
            append(bytes_, payload.subspan(1, begin - 1));
            cut(sections);
        }
        bytes_.clear();
        is_open_ = true;
        payload = payload.subspan(begin);
    }
    if (!is_open_) return sections;
    append(bytes_, payload);
    cut(sections);
    return sections;
}

void SmallSections::cut(std::vector<Section>& into) {
    constexpr std::size_t kHead = 3, kMost = 1024, kLeast = 12;
    constexpr std::byte kStuffing{0xFF};
    while (bytes_.size() >= kHead && bytes_[0] != kStuffing) {
        std::size_t length = kHead + at12(bytes_, 1);
        if (length > kMost || length < kLeast) break;
        if (bytes_.size() < length) return;
        auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(length);
        Section section(bytes_.begin(), end);
        bytes_.erase(bytes_.begin(), end);
        if (crc_of(section) == 0) into.push_back(std::move(section));
    }
    if (bytes_.size() < kHead && (bytes_.empty() || bytes_[0] != kStuffing)) return;
    bytes_.clear();
    is_open_ = false;
}

std::vector<ProgramFilter::Batch> ProgramFilter::pick(std::uint16_t service_id) {
    wanted_ = service_id;
    picked_ = 0;
    choose();
    entry_.reset();
    is_scrambled_ = false;
    needs_tables_ = true;
    std::vector<Batch> batches;
    auto found = programs_.find(picked_);
    if (found == programs_.end() || found->second.pmt.empty()) return batches;
    needs_tables_ = false;
    batches.push_back({.came = {}, .packets = make_tables()});
    Program& program = found->second;
    if (program.is_keeping && !program.kept.empty()) {
        batches.front().came = program.kept.front().came;
        entry_ = program.kept.front().came;
        batches.insert(batches.end(), program.kept.begin(), program.kept.end());
    } else {
        batches.front().came = Instant::clock::now();
    }
    return batches;
}

std::vector<std::byte> ProgramFilter::feed(std::span<const std::byte> packets, Instant came) {
    std::vector<std::byte> out;
    for (; packets.size() >= kPacket; packets = packets.subspan(kPacket)) {
        auto packet = packets.first(kPacket);
        std::uint16_t pid = pid_at(packet, 1);
        if (pid == 0) {
            for (const auto& section : pat_assembler_.feed(packet)) {
                read_pat(section);
                if (has_program()) append(out, make_tables());
            }
            continue;
        }
        if (pid == kNoPid) continue;
        if (pmt_pids_[pid]) {
            for (auto& [id, program] : programs_)
                if (program.pmt_pid == pid)
                    for (const auto& section : program.assembler.feed(packet)) read_pmt(id, program, section);
            if (needs_tables_ && has_program() && !programs_[picked_].pmt.empty()) append(out, make_tables()), needs_tables_ = false;
            continue;
        }
        auto owners = owners_.find(pid);
        if (owners == owners_.end()) continue;
        for (std::uint16_t id : owners->second) {
            Program& program = programs_[id];
            bool is_entry = pid == program.video_pid && is_entry_point(packet);
            keep(program, packet, came, is_entry);
            if (id != picked_) continue;
            append(out, packet);
            if (is_entry && !entry_) entry_ = came;
            if (pid == program.video_pid && has_payload(packet)) is_scrambled_ = is_packet_scrambled(packet);
        }
    }
    return out;
}

void ProgramFilter::read_pat(std::span<const std::byte> section) {
    constexpr std::size_t kHead = 8, kEntry = 4, kCrc = 4;
    if (at8(section, 0) != 0 || (at8(section, 5) & 1) == 0) return;
    knows_programs_ = true;
    stream_id_ = at16(section, 3);
    // A PAT of several sections only adds; one of a single section is the whole truth.
    bool is_whole = at8(section, 7) == 0;
    std::vector<std::uint16_t> order;
    for (std::size_t at = kHead; at + kEntry + kCrc <= section.size(); at += kEntry) {
        std::uint16_t id = at16(section, at), pid = pid_at(section, at + 2);
        if (id == 0) continue;
        order.push_back(id);
        Program& program = programs_[id];
        if (program.pmt_pid == pid) continue;
        forget(program);
        program = {};
        program.pmt_pid = pid;
    }
    if (is_whole) {
        for (auto at = programs_.begin(); at != programs_.end();) {
            bool is_there = std::ranges::find(order, at->first) != order.end();
            if (!is_there) forget(at->second);
            at = is_there ? std::next(at) : programs_.erase(at);
        }
        order_ = std::move(order);
    } else {
        for (std::uint16_t id : order)
            if (std::ranges::find(order_, id) == order_.end()) order_.push_back(id);
    }
    follow_pids();
    choose();
}

void ProgramFilter::choose() {
    std::uint16_t before = std::exchange(picked_, 0);
    if (wanted_ != 0 && programs_.contains(wanted_)) picked_ = wanted_;
    if (wanted_ == 0 && !order_.empty()) picked_ = before != 0 && programs_.contains(before) ? before : order_.front();
    if (picked_ != before) needs_tables_ = true;
}

void ProgramFilter::read_pmt(std::uint16_t id, Program& program, std::span<const std::byte> section) {
    constexpr std::size_t kHead = 12, kEntry = 5, kCrc = 4;
    bool is_current = (at8(section, 5) & 1) != 0;
    if (at8(section, 0) != 2 || section.size() < kHead + kCrc || at16(section, 3) != id || !is_current) return;
    if (std::ranges::equal(section, program.pmt)) return;
    std::vector<std::uint16_t> pids{pid_at(section, 8)};
    std::uint16_t video_pid = kNoPid;
    for (std::size_t at = kHead + at12(section, 10); at + kEntry + kCrc <= section.size(); at += kEntry + at12(section, at + 3)) {
        std::uint16_t pid = pid_at(section, at + 1);
        if (video_pid == kNoPid && is_video(at8(section, at))) video_pid = pid;
        if (std::ranges::find(pids, pid) == pids.end()) pids.push_back(pid);
    }
    bool is_change = !program.pmt.empty() && (pids != program.pids || video_pid != program.video_pid);
    program.pmt.assign(section.begin(), section.end());
    program.pids = std::move(pids);
    program.video_pid = video_pid;
    if (is_change) forget(program);
    follow_pids();
    if (id != picked_) return;
    needs_tables_ = true;
    if (is_change) ++changes_;
}

void ProgramFilter::follow_pids() {
    pmt_pids_.reset();
    owners_.clear();
    for (const auto& [id, program] : programs_) {
        pmt_pids_.set(program.pmt_pid);
        for (std::uint16_t pid : program.pids)
            if (pid != kNoPid) owners_[pid].push_back(id);
    }
}

void ProgramFilter::keep(Program& program, std::span<const std::byte> packet, Instant came, bool is_entry) {
    if (is_entry) {
        forget(program);
        program.is_keeping = true;
    }
    if (!program.is_keeping) return;
    if (program.kept_bytes + kPacket > kMostKept || kept_in_all_ + kPacket > kMostKeptInAll) return forget(program);
    if (program.kept.empty() || program.kept.back().came != came) program.kept.push_back({.came = came, .packets = {}});
    append(program.kept.back().packets, packet);
    program.kept_bytes += kPacket;
    kept_in_all_ += kPacket;
}

void ProgramFilter::forget(Program& program) {
    kept_in_all_ -= program.kept_bytes;
    program.kept_bytes = 0;
    program.kept.clear();
    program.is_keeping = false;
}

std::vector<std::byte> ProgramFilter::make_tables() {
    std::vector<std::byte> packets;
    const Program& program = programs_[picked_];
    std::vector<std::byte> pat;
    auto put = [&](unsigned value) { pat.push_back(static_cast<std::byte>(value & 0xFF)); };
    for (unsigned value : {0x00u, 0xB0u, 0x0Du}) put(value);
    put(stream_id_ >> 8u), put(stream_id_);
    for (unsigned value : {0xC1u, 0x00u, 0x00u}) put(value);
    put(picked_ >> 8u), put(picked_), put(0xE0u | program.pmt_pid >> 8u), put(program.pmt_pid);
    std::uint32_t crc = crc_of(pat);
    for (int shift = 24; shift >= 0; shift -= 8) put(crc >> shift);
    append_section(packets, 0, table_counters_[0], pat);
    if (!program.pmt.empty()) append_section(packets, program.pmt_pid, table_counters_[1], program.pmt);
    return packets;
}

}  // namespace linli::media
