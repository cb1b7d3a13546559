#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/channel_file.h"
#include "epg/guide/guide_listener.h"

namespace linli::epg {

/// Makes the list of channels out of what the tables say (SDT: names and kinds, NIT and BAT: numbers, PAT: what is there
/// at all), what was kept from before, and the operator's file. The rule is in docs/guide.md. One thread.
class ChannelList {
  public:
    static constexpr std::size_t kMostServices = 4096;
    /// Streams with an SDT, and sections of NIT and BAT: far more than a network has.
    static constexpr std::size_t kMostStreams = 1024;
    static constexpr std::size_t kMostNumberSections = 256;

    /// `kept` are the channels of the last run, which stay until the tables say otherwise.
    ChannelList(ChannelFile file, std::span<const Channel> kept);

    /// Whether the list may have changed.
    bool apply(std::span<const GuideBatch::ServiceStep> steps);
    /// In no order: Guide::set_channels sorts.
    std::vector<Channel> channels() const;
    const ChannelFile& file() const { return file_; }
    /// How many services, programmes and sections with numbers were left out because there were too many.
    std::uint64_t past_limits() const { return past_limits_; }

  private:
    struct Service {
        Channel channel;
        /// From the last run, and not heard of since.
        bool is_of_before = false;
        /// Known by its PAT alone: goes when an SDT of its stream comes.
        bool is_of_programs = false;
        /// Of the last run, until a table numbers it or, complete, others of its stream; 0: none.
        int number_of_before = 0;
    };
    struct Number {
        int number = 0;
        bool is_visible = true;
        bool operator==(const Number&) const = default;
    };
    using Numbers = std::map<ServiceId, Number>;
    using StreamId = std::pair<std::uint16_t, std::uint16_t>;  // network, stream
    /// Which table says something.
    struct Version {
        TableId table_id = TableId::ServicesActual;
        std::uint8_t version = 0;
        explicit Version(const TableSource& source) : table_id(source.table_id), version(source.version) {}
        bool operator==(const Version&) const = default;
    };
    /// The sections of an SDT that are coming.
    struct Table {
        std::optional<Version> version;
        std::set<std::uint16_t> services;
    };
    /// Of a NIT or a BAT.
    struct NetworkId {
        bool is_bouquet = false;
        std::uint16_t id = 0;
        auto operator<=>(const NetworkId&) const = default;
    };
    struct NumberSection {
        Version version;
        std::vector<StreamId> streams;
        std::vector<std::pair<ServiceId, Number>> numbers;
        /// Of another version than was heard last: goes when that one is complete.
        bool is_stale = false;
        bool operator==(const NumberSection&) const = default;
    };

    bool hear(const ServiceDescriptions& services);
    bool hear(const NetworkInformation& network);
    bool hear(const CompleteTable& table);
    bool hear(const ProgramAssociation& programs);
    bool complete_services(const CompleteTable& table);
    bool complete_network(const CompleteTable& table);
    bool forget(auto which);
    /// Whether there is room for one more service, which is counted where there is none.
    bool has_room();
    Numbers numbers() const;
    void add_ruled(std::vector<Channel>& list) const;
    void drop_second_numbers(std::vector<Channel>& list, const Numbers& numbers) const;

    ChannelFile file_;
    std::map<ServiceId, Service> services_;
    std::map<StreamId, Table> tables_;
    std::map<std::pair<NetworkId, std::uint8_t>, NumberSection> number_sections_;
    /// Of the last "actual" tables: an "other" one about the same says nothing.
    std::optional<StreamId> stream_;
    std::optional<std::uint16_t> network_;
    std::uint64_t past_limits_ = 0;
};

}  // namespace linli::epg
