// What head-ends really send, and what is done about it:
//   one number for two services: the smaller id has it (ChannelList.OfTwoServicesWithOneNumberOneHasIt)
//   an SDT without names: the number stands for it (ChannelList.AServiceWithoutNameIsCalledByItsNumber)
//   a service that comes and goes: out when a complete SDT lacks it (ChannelList.AServiceGoesWhenACompleteTableLacksIt)
//   numbers that move: what a newer NIT or BAT does not say goes (ChannelList.ANumberGoesWithTheVersionThatSaidIt)
//   old copies of tables about other streams: actual beats other (ChannelList.OfTwoTablesAboutOneStreamActualIsBelieved)

#include "epg/guide/channel_list.h"

#include <algorithm>
#include <string>
#include <utility>

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
        service.number_of_before = std::exchange(service.channel.number, 0);
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

bool ChannelList::has_room() {
    bool has_room = services_.size() < kMostServices;
    if (!has_room) ++past_limits_;
    return has_room;
}

bool ChannelList::hear(const ServiceDescriptions& heard) {
    StreamId stream{heard.network, heard.stream};
    if (heard.source.table_id == TableId::ServicesActual) stream_ = stream;
    if (heard.source.table_id != TableId::ServicesActual && stream_ == stream) return false;
    if (tables_.size() >= kMostStreams && !tables_.contains(stream)) {
        past_limits_ += heard.services.size();
        return false;
    }
    Table& table = tables_[stream];
    if (table.version != Version(heard.source)) table = {Version(heard.source), {}};
    bool has_changed = forget([&](const ServiceId& id, const Service& service) { return service.is_of_programs && id.stream == heard.stream; });
    for (const ServiceDescriptions::Service& one : heard.services) {
        auto found = services_.find(one.id);
        if (found == services_.end()) {
            if (!has_room()) continue;
            found = services_.try_emplace(one.id).first;
        }
        table.services.insert(one.id.service);
        Channel channel{.id = one.id, .name = one.name, .provider = one.provider, .kind = kind_of(one.type), .is_scrambled = one.is_scrambled || one.has_conditional_access};
        channel.initials = text::initials(one.name);
        // Its number stays; what the file says is added later.
        Service service{.channel = std::move(channel), .number_of_before = found->second.number_of_before};
        has_changed = has_changed || !(found->second.channel == service.channel);
        found->second = std::move(service);
    }
    return has_changed;
}

bool ChannelList::hear(const NetworkInformation& heard) {
    TableId table = heard.source.table_id;
    if (table == TableId::NetworkActual) network_ = heard.id;
    if (table == TableId::NetworkOther && network_ == heard.id) return false;
    NumberSection section{.version = Version(heard.source), .streams = {}, .numbers = {}};
    for (const NetworkInformation::Stream& stream : heard.streams) {
        section.streams.emplace_back(stream.network, stream.stream);
        for (const LogicalChannel& channel : stream.channels)
            section.numbers.push_back({{stream.network, stream.stream, channel.service}, {channel.number, channel.is_visible}});
    }
    NetworkId network{table == TableId::Bouquet, heard.id};
    bool has_changed = false;
    for (auto& [id, other] : number_sections_)
        if (id.first == network && other.version != section.version) has_changed = !std::exchange(other.is_stale, true) || has_changed;
    auto [place, is_new] = number_sections_.try_emplace({network, heard.source.section}, section);
    if (is_new && number_sections_.size() > kMostNumberSections) {
        number_sections_.erase(place);
        ++past_limits_;
        return has_changed;
    }
    for (const auto& [id, number] : section.numbers)
        if (auto known = services_.find(id); known != services_.end()) known->second.number_of_before = 0;
    return std::exchange(place->second, section) != section || is_new || has_changed;
}

bool ChannelList::hear(const CompleteTable& table) {
    switch (table.source.table_id) {
        case TableId::ServicesActual:
        case TableId::ServicesOther: return complete_services(table);
        case TableId::NetworkActual:
        case TableId::NetworkOther:
        case TableId::Bouquet: return complete_network(table);
        default: return false;
    }
}

bool ChannelList::complete_services(const CompleteTable& table) {
    StreamId stream{table.network, table.extension};
    auto known = tables_.find(stream);
    if (known == tables_.end() || known->second.version != Version(table.source)) return false;
    return forget([&](const ServiceId& id, const Service&) {
        return StreamId(id.network, id.stream) == stream && !known->second.services.contains(id.service);
    });
}

bool ChannelList::complete_network(const CompleteTable& table) {
    NetworkId network{table.source.table_id == TableId::Bouquet, table.extension};
    bool is_known = false;
    std::set<StreamId> listed, numbered;
    for (const auto& [id, section] : number_sections_) {
        if (id.first != network || section.version != Version(table.source)) continue;
        is_known = true;
        listed.insert(section.streams.begin(), section.streams.end());
        for (const auto& [service, number] : section.numbers) numbered.insert({service.network, service.stream});
    }
    // Passed over, or of a version that another one has followed.
    if (!is_known) return false;
    bool has_changed = std::erase_if(number_sections_, [&](const auto& entry) { return entry.first.first == network && entry.second.is_stale; }) > 0;
    for (auto& [id, service] : services_)
        if (numbered.contains({id.network, id.stream})) has_changed = std::exchange(service.number_of_before, 0) != 0 || has_changed;
    if (table.source.table_id != TableId::NetworkActual) return has_changed;
    return forget([&](const ServiceId& id, const Service& service) { return service.is_of_before && !listed.contains({id.network, id.stream}); }) || has_changed;
}

bool ChannelList::hear(const ProgramAssociation& programs) {
    auto is_described = [&](const auto& table) { return table.first.second == programs.stream && !table.second.services.empty(); };
    auto is_known = [&](const auto& entry) { return entry.first.stream == programs.stream && !entry.second.is_of_programs; };
    if (std::ranges::any_of(tables_, is_described) || std::ranges::any_of(services_, is_known)) return false;
    bool has_changed = false;
    for (const ProgramAssociation::Program& program : programs.programs) {
        ServiceId id{0, programs.stream, program.number};
        if (services_.contains(id) || !has_room()) continue;
        services_[id] = {.channel = {.id = id}, .is_of_programs = true};
        has_changed = true;
    }
    return has_changed;
}

/// What the tables say. Of several the last one counts: bouquets, other networks, this one; of each the newest version.
ChannelList::Numbers ChannelList::numbers() const {
    std::vector<std::pair<int, const NumberSection*>> sections;
    for (const auto& [id, section] : number_sections_) {
        int rank = id.first.is_bouquet ? 0 : id.first.id == network_ ? 2 : 1;
        sections.emplace_back(2 * rank + (section.is_stale ? 0 : 1), &section);
    }
    std::ranges::stable_sort(sections, {}, &std::pair<int, const NumberSection*>::first);
    Numbers numbers;
    for (const auto& [rank, section] : sections)
        for (const auto& [id, number] : section->numbers) numbers[id] = number;
    return numbers;
}

std::vector<Channel> ChannelList::channels() const {
    Numbers numbers = this->numbers();
    std::vector<Channel> list;
    for (const auto& [id, service] : services_) {
        Channel channel = service.channel;
        auto numbered = numbers.find(id);
        channel.number = numbered != numbers.end() ? numbered->second.number : service.number_of_before;
        bool is_hidden = numbered != numbers.end() && !numbered->second.is_visible;
        const ChannelRule* rule = file_.rule_of(id);
        if (rule == nullptr && !is_hidden) list.push_back(std::move(channel));
        if (rule != nullptr && !rule->is_hidden) list.push_back(std::move(channel));
    }
    add_ruled(list);
    for (Channel& channel : list)
        if (channel.name.empty()) channel.name = std::to_string(channel.number != 0 ? channel.number : channel.id.service);
    drop_second_numbers(list, numbers);
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

/// A number calls one channel: the operator's choice before the tables' and those before the last run's, then the smaller id.
void ChannelList::drop_second_numbers(std::vector<Channel>& list, const Numbers& numbers) const {
    auto rank = [&](const ServiceId& id) {
        const ChannelRule* rule = file_.rule_of(id);
        if (rule != nullptr && rule->number) return 0;
        return numbers.contains(id) ? 1 : 2;
    };
    std::vector<Channel*> order;
    for (Channel& channel : list) order.push_back(&channel);
    std::ranges::sort(order, {}, [&](const Channel* channel) { return std::pair(rank(channel->id), channel->id); });
    std::set<int> taken;
    for (Channel* channel : order)
        if (channel->number != 0 && !taken.insert(channel->number).second) channel->number = 0;
}

}  // namespace linli::epg
