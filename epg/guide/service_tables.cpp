#include "epg/guide/service_tables.h"

namespace linli::epg {
namespace {

template <typename Which>
void make_stale(std::vector<Claim>& claims, Which which) {
    for (Claim& claim : claims)
        if (which(claim)) claim.state = ClaimState::Stale;
}

}  // namespace

ClaimSource ServiceTables::source_of(EventTable table) {
    return table == EventTable::PresentFollowing ? ClaimSource::PresentFollowing : ClaimSource::Schedule;
}

bool ServiceTables::begin(const EventSection& section, std::vector<Claim>& claims) {
    Table& table = tables_[static_cast<std::size_t>(section.table)];
    ClaimSource source = source_of(section.table);
    if (table.is_heard && section.carrier < table.carrier) return false;
    if (!table.is_heard || section.carrier > table.carrier) {
        table.is_heard = true;
        table.carrier = section.carrier;
        table.versions.fill(kUnheard);
        make_stale(claims, [&](const Claim& claim) { return claim.slot.source == source; });
    }
    std::uint8_t index = section.table_index & 0x0F;
    if (table.versions[index] != section.version) {
        table.versions[index] = section.version;
        make_stale(claims, [&](const Claim& claim) { return claim.slot.source == source && claim.slot.table_index == index; });
    }
    ClaimSlot slot{source, index, section.section};
    std::erase_if(claims, [&](const Claim& claim) { return claim.state == ClaimState::Fresh && claim.slot == slot; });
    return true;
}

void ServiceTables::complete(const CompleteEvents& complete, std::vector<Claim>& claims) const {
    const Table& table = tables_[static_cast<std::size_t>(complete.table)];
    if (!table.is_heard || complete.carrier != table.carrier) return;
    std::erase_if(claims, [&](const Claim& claim) {
        return claim.slot.source == source_of(complete.table) && claim.state == ClaimState::Stale;
    });
}

}  // namespace linli::epg
