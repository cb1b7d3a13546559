#pragma once

#include "epg/si/descriptors.h"
#include "epg/si/dvb_text.h"
#include "epg/si/section.h"
#include "epg/si/tables.h"

namespace linli::epg {

/// Reads sections of all tables but EIT into values. What follows a broken length is left out and counted; what
/// came before it stays.
class TableParser {
  public:
    TableParser(TextDecoder& text, LogicalChannelRule logical_channels, SiCounters& counters)
        : text_(text), logical_channels_(logical_channels), counters_(counters) {}

    ProgramAssociation programs(const Section& section, std::uint16_t pid);
    ProgramMap program(const Section& section, std::uint16_t pid);
    /// NIT or BAT.
    NetworkInformation network(const Section& section, std::uint16_t pid);
    ServiceDescriptions services(const Section& section, std::uint16_t pid);
    /// TDT or TOT, which have the short header: the whole section. Nothing where there is no time in it.
    std::optional<TimeInformation> time(Bytes section, std::uint16_t pid);

  private:
    ProgramMap::Stream program_stream(std::uint8_t type, std::uint16_t pid, Bytes descriptors);
    NetworkInformation::Stream network_stream(ByteReader& reader);
    void check(const ByteReader& reader) {
        if (reader.has_failed()) ++counters_.malformed_sections;
    }

    TextDecoder& text_;
    LogicalChannelRule logical_channels_;
    SiCounters& counters_;
};

}  // namespace linli::epg
