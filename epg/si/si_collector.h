#pragma once

#include <array>
#include <memory>
#include <vector>

#include "epg/si/crc32.h"
#include "epg/si/event_parser.h"
#include "epg/si/packet_reader.h"
#include "epg/si/section_assembler.h"
#include "epg/si/si_listener.h"
#include "epg/si/sub_tables.h"
#include "epg/si/table_parser.h"

namespace linli::epg {

struct SiOptions {
    TextRules text_rules;
    /// Of event texts, as ISO 639-2 codes; the first that an event has is taken.
    std::vector<std::string> languages = {"chi", "zho"};
    LogicalChannelRule logical_channels;
};

/// From transport packets to tables with UTF-8 text: takes a stream, a recorded one or what a tuner delivers, and tells
/// its listener what is in its service information. Sections come in any order, each is handed on as it comes, and one
/// turn of the carousel is enough. Anything may be in the stream: what is broken is dropped and counted, and memory is
/// bounded (some MB for a network of a thousand services).
///
/// One thread; it calls the listener from `push`.
class SiCollector final : SectionSink {
  public:
    SiCollector(SiOptions options, SiListener& listener);
    ~SiCollector() override;

    /// Takes bytes of a transport stream, in pieces of any length.
    void push(Bytes bytes);
    /// The stream ends.
    void finish();
    /// Another stream follows: what is known of this one is forgotten. The counters go on. Not from the listener.
    void restart();

    const SiCounters& counters() const { return counters_; }

  private:
    /// What a PID may carry.
    enum class Role { ProgramAssociation, ProgramMap, ServiceInformation };
    struct Input {
        Role role;
        SectionAssembler assembler;
    };

    void add_input(std::uint16_t pid, Role role);
    /// Of what the PAT names.
    void follow(std::uint16_t pid, Role role);
    void unfollow();
    void take(TsPacket packet);
    void on_section(std::uint16_t pid, Bytes bytes) override;
    void take_time(std::uint16_t pid, Bytes bytes);
    void take_table(std::uint16_t pid, const SubTableId& id, const Section& section);
    void tell_complete(std::uint16_t pid, const SubTableId& id, const Section& section);
    bool is_whole_schedule(SubTableId id, TableId last) const;
    bool is_expected(std::uint16_t pid, TableId id) const;

    SiListener& listener_;
    SiCounters counters_;
    Crc32 crc32_ = fastest_crc32();
    PacketReader packets_{counters_};
    TextDecoder text_;
    TableParser tables_;
    EventParser events_;
    SubTables sub_tables_;
    /// By PID; null: nothing of interest.
    std::array<std::unique_ptr<Input>, pid::kCount> inputs_;
    std::vector<std::uint16_t> followed_pids_;
};

}  // namespace linli::epg
