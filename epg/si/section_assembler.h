#pragma once

#include <cstdint>
#include <vector>

#include "epg/si/si_counters.h"
#include "epg/si/ts_packet.h"

namespace linli::epg {

/// A section may have this many bytes with its header; those of most tables may have 1,024.
/// @spec ISO/IEC 13818-1 §2.4.4.11
constexpr std::size_t kMaxSectionSize = 4096;

class SectionSink {
  public:
    virtual ~SectionSink() = default;
    /// A whole section from table_id to CRC, not checked yet. The bytes are valid during the call.
    virtual void on_section(std::uint16_t pid, Bytes section) = 0;
};

/// Puts the sections of one PID together from its packets: several in a packet, one over many packets, stuffing.
/// A lost packet costs the section it was of. A section that lies in one packet is not copied.
class SectionAssembler {
  public:
    SectionAssembler(std::uint16_t pid, SectionSink& sink, SiCounters& counters)
        : pid_(pid), sink_(&sink), counters_(&counters) {}

    /// Takes the next packet of this PID.
    void push(TsPacket packet);

  private:
    enum class Order { Next, Repeated, Lost };
    Order order_of(TsPacket packet);
    void start_sections(Bytes payload);
    /// Adds what belongs to the section that was begun.
    void continue_section(Bytes payload);
    void drop_section();

    std::uint16_t pid_;
    bool has_counter_ = false;
    std::uint8_t counter_ = 0;
    std::uint8_t repeats_ = 0;
    SectionSink* sink_;
    SiCounters* counters_;
    /// What came of the section so far; empty between sections.
    std::vector<std::uint8_t> section_;
};

}  // namespace linli::epg
