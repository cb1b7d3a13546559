#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "epg/si/service_id.h"

namespace linli::tests {

/// Sections and packets as a head-end makes them, written from the standard and not from the reader's source: an error
/// must not be made twice.
using ByteVector = std::vector<std::uint8_t>;

/// Numbers, highest byte first, and bytes, one after the other.
class ByteWriter {
  public:
    ByteWriter& u8(unsigned value);
    ByteWriter& u16(unsigned value);
    ByteWriter& u32(std::uint32_t value);
    ByteWriter& text(std::string_view bytes);
    ByteWriter& bytes(const ByteVector& more);
    /// A length byte before them.
    ByteWriter& counted(std::string_view bytes);
    /// Twelve bits of length, with `high` in the four bits before them.
    ByteWriter& counted12(const ByteVector& more, unsigned high = 0xF);

    const ByteVector& done() const { return bytes_; }
    operator const ByteVector&() const { return bytes_; }

  private:
    ByteVector bytes_;
};

/// Bit by bit, as annex A of ISO/IEC 13818-1 draws it.
std::uint32_t plain_crc32(const ByteVector& bytes);

struct SectionHead {
    unsigned table_id = 0;
    unsigned extension = 0;
    unsigned version = 0;
    unsigned number = 0, last_number = 0;
    bool is_current = true;
};
ByteVector make_section(const SectionHead& head, const ByteVector& body);

ByteVector descriptor(unsigned tag, const ByteVector& body);
ByteVector descriptor(unsigned tag, std::string_view body);
ByteVector short_event(std::string_view language, std::string_view title, std::string_view summary);
ByteVector extended_event(unsigned number, unsigned last_number, std::string_view language, std::string_view text,
                          const ByteVector& items = {});
ByteVector service_descriptor(unsigned type, std::string_view provider, std::string_view name);

/// MJD and BCD.
ByteVector dvb_time(std::chrono::sys_seconds time);
ByteVector dvb_duration(std::chrono::seconds duration);

struct WrittenEvent {
    unsigned id = 0;
    std::chrono::sys_seconds start;
    std::chrono::seconds duration{0};
    ByteVector descriptors;
    unsigned running_status = 0;
};
ByteVector event_entry(const WrittenEvent& event);

struct EitHead {
    unsigned table_id = 0x4E;
    epg::ServiceId service;
    unsigned version = 0;
    unsigned number = 0, last_number = 0;
    unsigned segment_last = 0;
    unsigned last_table_id = 0x4E;
};
ByteVector eit_section(const EitHead& head, const ByteVector& events);

struct WrittenService {
    unsigned id = 0;
    ByteVector descriptors;
    bool is_scrambled = false;
};
ByteVector sdt_section(unsigned table_id, unsigned stream, unsigned network, unsigned version,
                       const std::vector<WrittenService>& services);
ByteVector pat_section(unsigned stream, unsigned version, const std::vector<std::pair<unsigned, unsigned>>& programs);
ByteVector tdt_section(std::chrono::sys_seconds time);
ByteVector tot_section(std::chrono::sys_seconds time, const ByteVector& descriptors);

/// Puts sections of one PID into packets, the counter going on from one call to the next.
class PacketWriter {
  public:
    explicit PacketWriter(unsigned pid) : pid_(pid) {}
    /// Each section begins a packet of its own.
    ByteVector write(const ByteVector& section);
    /// Sections follow each other without a gap.
    ByteVector write_joined(const std::vector<ByteVector>& sections);
    void skip_counter() { ++counter_; }

  private:
    unsigned pid_;
    unsigned counter_ = 0;
};

ByteVector joined(std::initializer_list<ByteVector> parts);

}  // namespace linli::tests
