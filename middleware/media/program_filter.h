#pragma once

#include <array>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace linli::media {

/// Finds whole packets in bytes that come in any pieces, and skips what is between them.
class PacketAligner {
  public:
    static constexpr std::size_t kPacket = 188;

    /// Whole packets; valid until the next call.
    std::span<const std::byte> feed(std::span<const std::byte> bytes);

  private:
    std::vector<std::byte> rest_;
    std::vector<std::byte> packets_;
};

/// Puts sections together from the packets of one PID. Only what PAT and PMT need: at most 1024 bytes, CRC checked.
class SmallSections {
  public:
    using Section = std::vector<std::byte>;

    /// The sections that this packet completes.
    std::vector<Section> feed(std::span<const std::byte> packet);

  private:
    void cut(std::vector<Section>& into);

    std::vector<std::byte> bytes_;
    bool is_open_ = false;
};

/// Picks one program out of a transport stream: its packets behind a PAT that names no other, so that what decodes it
/// need not choose. It follows the PMTs of all programs and keeps each program's packets from its last entry point on,
/// so that a program that is picked begins at once and with a whole picture. Memory: at most kMostKept bytes a program and
/// kMostKeptInAll together. One thread.
/// @spec ISO/IEC 13818-1 §2.4
class ProgramFilter {
  public:
    using Instant = std::chrono::steady_clock::time_point;
    static constexpr std::size_t kMostKept = 3u << 20;
    static constexpr std::size_t kMostKeptInAll = 12u << 20;

    /// Packets that came at one time.
    struct Batch {
        Instant came;
        std::vector<std::byte> packets;
    };

    /// Picks a program (0: the first) and hands over what is known and kept of it.
    std::vector<Batch> pick(std::uint16_t service_id);
    /// What of these packets belongs to the picked program.
    std::vector<std::byte> feed(std::span<const std::byte> packets, Instant came);

    /// A PAT has come.
    bool knows_programs() const { return knows_programs_; }
    bool has_program() const { return picked_ != 0; }
    /// Its pictures' packets are scrambled.
    bool is_scrambled() const { return is_scrambled_; }
    /// When the first point at which a decoder can enter was handed over since `pick`.
    std::optional<Instant> entry() const { return entry_; }
    /// How often the picked program's streams have changed: it must be decoded anew.
    int changes() const { return changes_; }

  private:
    static constexpr std::uint16_t kNoPid = 0x1FFF;
    using Pids = std::bitset<8192>;

    struct Program {
        std::uint16_t pmt_pid = kNoPid;
        SmallSections assembler;
        std::vector<std::byte> pmt;
        std::uint16_t video_pid = kNoPid;
        std::vector<std::uint16_t> pids;
        std::vector<Batch> kept;
        std::size_t kept_bytes = 0;
        /// An entry point has come and everything since is there.
        bool is_keeping = false;
    };

    void read_pat(std::span<const std::byte> section);
    void read_pmt(std::uint16_t id, Program& program, std::span<const std::byte> section);
    void follow_pids();
    void choose();
    void keep(Program& program, std::span<const std::byte> packet, Instant came, bool is_entry);
    void forget(Program& program);
    /// PAT and PMT of the picked program.
    std::vector<std::byte> make_tables();

    SmallSections pat_assembler_;
    bool knows_programs_ = false;
    std::uint16_t stream_id_ = 0;
    std::vector<std::uint16_t> order_;
    std::map<std::uint16_t, Program> programs_;
    /// Programs that a PID belongs to; a PID is seldom shared.
    std::map<std::uint16_t, std::vector<std::uint16_t>> owners_;
    Pids pmt_pids_;
    std::uint16_t wanted_ = 0;
    std::uint16_t picked_ = 0;
    std::size_t kept_in_all_ = 0;
    std::array<std::uint8_t, 2> table_counters_{};
    bool needs_tables_ = false;
    bool is_scrambled_ = false;
    std::optional<Instant> entry_;
    int changes_ = 0;
};

}  // namespace linli::media
