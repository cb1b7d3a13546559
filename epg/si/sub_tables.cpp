// What head-ends really send (tests/epg/si/sub_tables_test.cpp):
//   - other content under the same version (ChangesWithoutANewVersionAreSeen);
//   - segment_last_section_number that is the last of the table (ASegmentsEndPastItsEightIsIgnored);
//   - a table that grows under the same version (ATableMayGrow).
#include "epg/si/sub_tables.h"

#include <algorithm>

namespace linli::epg {
namespace {

std::uint8_t bits_up_to(unsigned last) { return static_cast<std::uint8_t>(0xFFu >> (7 - last % 8)); }

}  // namespace

std::optional<SubTableId> SubTableId::of(const Section& section) {
    SubTableId id{section.table_id, section.extension};
    ByteReader body(section.body);
    if (is_events(section.table_id)) {
        id.stream = body.u16();
        id.network = body.u16();
    } else if (section.table_id == TableId::ServicesActual || section.table_id == TableId::ServicesOther) {
        id.stream = section.extension;
        id.network = body.u16();
    }
    if (body.has_failed()) return std::nullopt;
    return id;
}

void SubTables::Table::begin(const Section& section) {
    version = section.version;
    is_complete = false;
    have.fill(0);
    need.fill(0xFF);
}

void SubTables::Table::note(const Section& section, std::optional<std::uint8_t> segment_last) {
    std::size_t segment = section.number / 8u;
    last_number = section.last_number;
    have[segment] |= static_cast<std::uint8_t>(1 << section.number % 8);
    unsigned last_of_segment = std::min<unsigned>(section.last_number, section.number | 7u);
    if (segment_last && *segment_last >= section.number && *segment_last / 8u == segment)
        last_of_segment = std::min<unsigned>(last_of_segment, *segment_last);
    need[segment] = bits_up_to(last_of_segment);
    if (crcs.size() <= section.number) crcs.resize(section.number + 1u);
    crcs[section.number] = section.crc;
}

bool SubTables::Table::has_all() const {
    for (std::size_t segment = 0; segment <= last_number / 8u; ++segment)
        if (have[segment] == 0 || (have[segment] & need[segment]) != need[segment]) return false;
    return true;
}

SubTables::Table* SubTables::find(std::uint64_t key) {
    if (last_ != nullptr && key == last_key_) return last_;
    auto found = tables_.find(key);
    if (found == tables_.end()) return nullptr;
    last_key_ = key;
    return last_ = &found->second;
}

bool SubTables::knows(const SubTableId& id, const Section& section) {
    const Table* table = find(id.packed());
    return table != nullptr && table->version == section.version && table->has(section.number) &&
           table->crcs[section.number] == section.crc && table->last_number == section.last_number;
}

SubTables::Added SubTables::add(const SubTableId& id, const Section& section, std::optional<std::uint8_t> segment_last) {
    Added added;
    Table* table = find(id.packed());
    if (table == nullptr) {
        if (tables_.size() >= kMostTables || sections_ >= kMostSections) {
            forget();
            added.was_full = true;
        }
        table = &tables_[id.packed()];
        table->begin(section);
    } else if (table->version != section.version) {
        added.is_new_version = true;
        added.is_restart_in_mid_table = !table->is_complete;
        table->begin(section);
    } else {
        added.is_unannounced_change = table->has(section.number) && table->crcs[section.number] != section.crc;
    }
    std::size_t sections_before = table->crcs.size();
    table->note(section, segment_last);
    sections_ += table->crcs.size() - sections_before;
    added.is_complete = table->is_complete = table->has_all();
    return added;
}

bool SubTables::is_complete(const SubTableId& id) const {
    auto found = tables_.find(id.packed());
    return found != tables_.end() && found->second.is_complete;
}

void SubTables::forget() {
    tables_.clear();
    sections_ = 0;
    last_ = nullptr;
}

void SubTables::forget_all_of(TableId table_id) {
    last_ = nullptr;
    std::erase_if(tables_, [&](const auto& entry) {
        if (entry.first >> 48 != static_cast<std::uint64_t>(table_id)) return false;
        sections_ -= entry.second.crcs.size();
        return true;
    });
}

}  // namespace linli::epg
