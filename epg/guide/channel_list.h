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

    /// `kept` are the channels of the last run, which stay until the tables say otherwise.
    ChannelList(ChannelFile file, std::span<const Channel> kept);

    /// Whether the list may have changed.
    bool apply(std::span<const GuideBatch::ServiceStep> steps);
    /// In no order: Guide::set_channels sorts.
    std::vector<Channel> channels() const;
    const ChannelFile& file() const { return file_; }

  private:
    struct Service {
        Channel channel;
        /// From the last run, and not heard of since.
        bool is_of_before = false;
        /// Known by its PAT alone: goes when an SDT of its stream comes.
        bool is_of_programs = false;
    };
    struct Number {
        int number = 0;
        bool is_visible = true;
        bool operator==(const Number&) const = default;
    };
    using StreamId = std::pair<std::uint16_t, std::uint16_t>;  // network, stream
    /// The sections of an SDT that are coming.
    struct Table {
        std::optional<std::uint8_t> version;
        std::set<std::uint16_t> services;
    };
    using Numbers = std::map<ServiceId, Number>;

    bool hear(const ServiceDescriptions& services);
    bool hear(const NetworkInformation& network);
    bool hear(const CompleteTable& table);
    bool hear(const ProgramAssociation& programs);
    bool forget(auto which);
    void add_ruled(std::vector<Channel>& list) const;
    static void drop_second_numbers(std::vector<Channel>& list, const ChannelFile& file);

    ChannelFile file_;
    std::map<ServiceId, Service> services_;
    std::map<StreamId, Table> tables_;
    Numbers network_numbers_, bouquet_numbers_;
    /// Streams that the NIT of this network lists, of its newest version.
    std::optional<std::uint8_t> network_version_;
    std::set<StreamId> listed_streams_;
};

}  // namespace linli::epg
