#pragma once

#include <cstdint>

namespace linli::epg {

/// What was received and what was wrong with it, for Diagnostics. Counted from the collector's start.
struct SiCounters {
    // Packets.
    std::uint64_t packets = 0;
    std::uint64_t garbage_bytes = 0;      // skipped to find the packets again
    std::uint64_t resyncs = 0;            // how often
    std::uint64_t transport_errors = 0;   // packets that the tuner marked as damaged
    std::uint64_t scrambled_packets = 0;  // on the PIDs of service information
    std::uint64_t discontinuities = 0;    // packets lost on the PIDs of service information
    std::uint64_t malformed_packets = 0;  // adaptation field or pointer past the packet's end

    // Sections.
    std::uint64_t sections = 0;            // whole ones, good or not
    std::uint64_t duplicate_sections = 0;  // known already, dropped before anything else
    std::uint64_t crc_errors = 0;
    std::uint64_t malformed_sections = 0;   // lengths that contradict each other
    std::uint64_t cut_sections = 0;         // ended by a lost packet or the next section
    std::uint64_t next_sections = 0;        // not valid yet (current_next_indicator)
    std::uint64_t unannounced_changes = 0;  // other content under the same version
    std::uint64_t restarts_in_mid_table = 0;
    std::uint64_t unknown_tables = 0;
    std::uint64_t full_tables = 0;          // more sub-tables than are kept: began anew

    // Values.
    std::uint64_t events = 0;
    std::uint64_t cut_descriptors = 0;  // longer than what holds them
    std::uint64_t bad_times = 0;        // BCD digits past nine, hours past 23…
    std::uint64_t dropped_values = 0;   // past a limit of ours

    // Texts.
    std::uint64_t texts = 0;
    std::uint64_t replaced_characters = 0;  // shown as U+FFFD
    std::uint64_t unknown_selectors = 0;    // a character table that nobody defines
    std::uint64_t missing_tables = 0;       // a character table that this machine lacks
    std::uint64_t wrong_markers = 0;        // marked as one encoding, written in another
    std::uint64_t unmarked_chinese = 0;     // GBK or UTF-8 without a mark: read right, but told
};

}  // namespace linli::epg
