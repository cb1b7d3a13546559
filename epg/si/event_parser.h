#pragma once

#include <array>
#include <string>
#include <vector>

#include "epg/si/descriptors.h"
#include "epg/si/dvb_text.h"
#include "epg/si/section.h"
#include "epg/si/tables.h"

namespace linli::epg {

/// Reads sections of EIT. Where an event has texts in several languages, those of the first of `languages` that is
/// among them count, else those that come first.
class EventParser {
  public:
    EventParser(TextDecoder& text, std::vector<std::string> languages, SiCounters& counters);

    /// What it returns looks into this object and into the section, until the next call.
    EventInformation parse(const Section& section, std::uint16_t pid);

  private:
    void parse_event(ByteReader& reader);
    void take_times(EitEvent& event, Bytes start, Bytes duration);
    void take_short(EitEvent& event, Bytes body);
    void take_extended(Bytes body);
    void write_texts(EitEvent& event);
    void write_description(EitEvent& event);
    void write_items();
    void write_joined(std::size_t first, std::size_t last);
    std::size_t rank(Bytes language) const;

    TextDecoder& text_;
    std::vector<std::string> languages_;
    SiCounters& counters_;
    std::vector<EitEvent> events_;
    /// UTF-8 of one section's texts: every byte of it may become three.
    std::vector<char> room_;
    char* end_ = nullptr;

    // Of the event being read.
    ShortEventDescriptor short_;
    std::size_t short_rank_ = 0;
    std::vector<ExtendedEventDescriptor> extended_;
    std::vector<std::uint8_t> joined_;
};

}  // namespace linli::epg
