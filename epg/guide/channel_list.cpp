// What head-ends really send, and what is done about it:
//   one number for two services: the smaller id has it (ChannelList.OfTwoServicesWithOneNumberOneHasIt)
//   an SDT without names: the number stands for it (ChannelList.AServiceWithoutNameIsCalledByItsNumber)
//   a service that comes and goes: out when a complete SDT lacks it (ChannelList.AServiceGoesWhenACompleteTableLacksIt)

#include "epg/guide/channel_list.h"

#include <algorithm>
#include <string>

#include "middleware/text/initials.h"

namespace linli::epg {
namespace {

/// @spec ETSI EN 300 468 table 89 (service_type)
ChannelKind kind_of(std::uint8_t service_type) {
    switch (service_type) {
        case 0x01:  // digital television
        case 0x11:  // MPEG-2 HD
        case 0x16:  // H.264 SD
        case 0x19:  // H.264 HD
        case 0x1C:  // H.264 frame compatible HD
        case 0x1F:  // HEVC
        case 0x20:  // HEVC UHD
        case 0x00:  // not told: nearly always television
            return ChannelKind::Television;
        case 0x02:  // digital radio
        case 0x07:  // FM radio
        case 0x0A:  // advanced codec radio
            return ChannelKind::Radio;
        default:
            return ChannelKind::Other;
    }
}

}  // namespace

ChannelList::ChannelList(ChannelFile file, std::span<const Channel> kept) : file_(std::move(file)) {
    for (const Channel& channel : kept) {
        // What only the file has said is in the file.
        if (!channel.source.empty()) continue;
        Service& service = services_[channel.id];
        service.channel = channel;
        service.channel.is_community = false;
        service.is_of_before = true;
        if (channel.number != 0) network_numbers_[channel.id] = {channel.number, true};
    }
}

bool ChannelList::apply(std::span<const GuideBatch::ServiceStep> steps) {
    bool has_changed = false;
    for (const GuideBatch::ServiceStep& step : steps)
        has_changed = std::visit([&](const auto& table) { return hear(table); }, step) || has_changed;
    return has_changed;
}

/// Drops the services that `which` is true for.
bool ChannelList::forget(auto which) {
    return std::erase_if(services_, [&](const auto& entry) { return which(entry.first, entry.second); }) > 0;
}

bool ChannelList::hear(const ServiceDescriptions& heard) {
    StreamId stream{heard.network, heard.stream};
    Table& table = tables_[stream];
    if (table.version != heard.source.version) table = {heard.source.version, {}};
    bool has_changed = forget([&](const ServiceId& id, const Service& service) { return service.is_of_programs && id.stream == heard.stream; });
    for (const ServiceDescriptions::Service& one : heard.services) {
        auto found = services_.find(one.id);
        if (found == services_.end()) {
            if (services_.size() >= kMostServices) continue;
            found = services_.try_emplace(one.id).first;
        }
        table.services.insert(one.id.service);
        Channel channel{.id = one.id, .name = one.name, .provider = one.provider, .kind = kind_of(one.type), .is_scrambled = one.is_scrambled || one.has_conditional_access};
        channel.initials = text::initials(one.name);
        Service service{.channel = std::move(channel)};
        // Its number stays as the tables said; what the file says is added later.
        has_changed = has_changed || !(found->second.channel == service.channel);
        found->second = std::move(service);
    }
    return has_changed;
}

bool ChannelList::hear(const NetworkInformation& heard) {
    bool is_bouquet = heard.source.table_id == TableId::Bouquet;
    if (heard.source.table_id == TableId::NetworkActual) {
        if (network_version_ != heard.source.version) listed_streams_.clear();
        network_version_ = heard.source.version;
    }
    Numbers& numbers = is_bouquet ? bouquet_numbers_ : network_numbers_;
    bool has_changed = false;
    for (const NetworkInformation::Stream& stream : heard.streams) {
        if (heard.source.table_id == TableId::NetworkActual) listed_streams_.insert({stream.network, stream.stream});
        for (const LogicalChannel& channel : stream.channels) {
            ServiceId id{stream.network, stream.stream, channel.service};
            if (numbers.size() >= kMostServices && !numbers.contains(id)) continue;
            Number number{channel.number, channel.is_visible};
            has_changed = std::exchange(numbers[id], number) != number || has_changed;
        }
    }
    return has_changed;
}

bool ChannelList::hear(const CompleteTable& table) {
    bool is_services = table.source.table_id == TableId::ServicesActual || table.source.table_id == TableId::ServicesOther;
    if (is_services) {
        StreamId stream{table.network, table.extension};
        auto known = tables_.find(stream);
        if (known == tables_.end() || known->second.version != table.source.version) return false;
        return forget([&](const ServiceId& id, const Service&) {
            return StreamId(id.network, id.stream) == stream && !known->second.services.contains(id.service);
        });
    }
    if (table.source.table_id == TableId::NetworkActual && network_version_ == table.source.version)
        return forget([&](const ServiceId& id, const Service& service) {
            return service.is_of_before && !listed_streams_.contains({id.network, id.stream});
        });
    return false;
}

bool ChannelList::hear(const ProgramAssociation& programs) {
    auto is_described = [&](const auto& table) { return table.first.second == programs.stream && !table.second.services.empty(); };
    auto is_known = [&](const auto& entry) { return entry.first.stream == programs.stream && !entry.second.is_of_programs; };
    if (std::ranges::any_of(tables_, is_described) || std::ranges::any_of(services_, is_known)) return false;
    bool has_changed = false;
    for (const ProgramAssociation::Program& program : programs.programs) {
        if (services_.size() >= kMostServices) break;
        ServiceId id{0, programs.stream, program.number};
        has_changed = services_.try_emplace(id, Service{.channel = {.id = id}, .is_of_programs = true}).second || has_changed;
    }
    return has_changed;
}

std::vector<Channel> ChannelList::channels() const {
    std::vector<Channel> list;
    for (const auto& [id, service] : services_) {
        Channel channel = service.channel;
        auto numbered = network_numbers_.find(id);
        if (numbered == network_numbers_.end()) {
            numbered = bouquet_numbers_.find(id);
            if (numbered == bouquet_numbers_.end()) numbered = network_numbers_.end();
        }
        bool is_hidden = false;
        if (numbered != network_numbers_.end()) {
            channel.number = numbered->second.number;
            is_hidden = !numbered->second.is_visible;
        }
        const ChannelRule* rule = file_.rule_of(id);
        if (rule == nullptr && !is_hidden) list.push_back(std::move(channel));
        if (rule != nullptr && !rule->is_hidden) list.push_back(std::move(channel));
    }
    add_ruled(list);
    for (Channel& channel : list)
        if (channel.name.empty()) channel.name = std::to_string(channel.number != 0 ? channel.number : channel.id.service);
    drop_second_numbers(list, file_);
    return list;
}

/// The operator's word over the tables', and the channels that only he knows.
void ChannelList::add_ruled(std::vector<Channel>& list) const {
    for (const ChannelRule& rule : file_.channels) {
        if (rule.is_hidden) continue;
        auto found = std::ranges::find(list, rule.service, &Channel::id);
        if (found == list.end()) {
            // Without a source it is one that the tables may tell of later.
            if (rule.source.empty()) continue;
            found = list.insert(list.end(), Channel{.id = rule.service});
        }
        if (rule.number) found->number = *rule.number;
        if (rule.kind) found->kind = *rule.kind;
        if (!rule.name.empty()) {
            found->name = rule.name;
            found->initials = text::initials(rule.name);
        }
        found->is_community = rule.is_community;
        found->source = rule.source;
    }
}

/// A number calls one channel: the operator's choice before the head-end's, then the smaller id.
void ChannelList::drop_second_numbers(std::vector<Channel>& list, const ChannelFile& file) {
    auto is_chosen = [&](const Channel& channel) {
        const ChannelRule* rule = file.rule_of(channel.id);
        return rule != nullptr && rule->number.has_value();
    };
    std::vector<Channel*> order;
    for (Channel& channel : list) order.push_back(&channel);
    std::ranges::sort(order, {}, [&](const Channel* channel) { return std::pair(!is_chosen(*channel), channel->id); });
    std::set<int> taken;
    for (Channel* channel : order)
        if (channel->number != 0 && !taken.insert(channel->number).second) channel->number = 0;
}

}  // namespace linli::epg
