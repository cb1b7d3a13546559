#include "epg/si/si_collector.h"

#include <algorithm>

namespace linli::epg {
namespace {

/// PIDs that the PAT names: of one stream, which is never so large.
constexpr std::size_t kMostFollowed = 1024;

TableId first_schedule_of(TableId id) {
    return id >= TableId::EventsScheduleOtherFirst ? TableId::EventsScheduleOtherFirst
                                                   : TableId::EventsScheduleActualFirst;
}

bool is_network(TableId id) { return id == TableId::NetworkActual || id == TableId::NetworkOther; }
bool is_services(TableId id) { return id == TableId::ServicesActual || id == TableId::ServicesOther; }

}  // namespace

SiCollector::SiCollector(SiOptions options, SiListener& listener)
    : listener_(listener),
      text_(std::move(options.text_rules), counters_),
      tables_(text_, options.logical_channels, counters_),
      events_(text_, std::move(options.languages), counters_) {
    add_input(pid::kProgramAssociation, Role::ProgramAssociation);
    for (std::uint16_t pid : {pid::kNetwork, pid::kServicesAndBouquets, pid::kEvents, pid::kTime})
        add_input(pid, Role::ServiceInformation);
}

SiCollector::~SiCollector() = default;

void SiCollector::add_input(std::uint16_t pid, Role role) {
    inputs_[pid] = std::make_unique<Input>(Input{role, SectionAssembler(pid, *this, counters_)});
}

void SiCollector::unfollow() {
    for (std::uint16_t pid : followed_pids_) inputs_[pid].reset();
    followed_pids_.clear();
    sub_tables_.forget_all_of(TableId::ProgramMap);
}

void SiCollector::follow(std::uint16_t pid, Role role) {
    if (pid >= pid::kStuffing || inputs_[pid]) return;
    if (followed_pids_.size() == kMostFollowed) {
        ++counters_.dropped_values;
        return;
    }
    followed_pids_.push_back(pid);
    add_input(pid, role);
}

void SiCollector::push(Bytes bytes) {
    packets_.push(bytes, [this](TsPacket packet) { take(packet); });
}

void SiCollector::finish() {
    packets_.finish([this](TsPacket packet) { take(packet); });
}

void SiCollector::restart() {
    packets_.forget();
    sub_tables_.forget();
    for (std::uint16_t pid : followed_pids_) inputs_[pid].reset();
    followed_pids_.clear();
    for (std::uint16_t pid = 0; pid < pid::kStuffing; ++pid)
        if (inputs_[pid]) inputs_[pid]->assembler = SectionAssembler(pid, *this, counters_);
    listener_.on_restart();
}

void SiCollector::take(TsPacket packet) {
    if (Input* input = inputs_[packet.pid()].get()) input->assembler.push(packet);
}

bool SiCollector::is_expected(std::uint16_t pid, TableId id) const {
    switch (inputs_[pid]->role) {
        case Role::ProgramAssociation: return id == TableId::ProgramAssociation;
        case Role::ProgramMap: return id == TableId::ProgramMap;
        case Role::ServiceInformation: break;
    }
    return is_network(id) || is_services(id) || is_events(id) || id == TableId::Bouquet;
}

void SiCollector::on_section(std::uint16_t pid, Bytes bytes) {
    ++counters_.sections;
    auto table_id = TableId(bytes[0]);
    if (table_id == TableId::Stuffing) return;
    bool is_time = table_id == TableId::TimeAndDate || table_id == TableId::TimeOffset;
    if (is_time && inputs_[pid]->role == Role::ServiceInformation) return take_time(pid, bytes);
    if (!is_expected(pid, table_id)) {
        ++counters_.unknown_tables;
        return;
    }
    auto section = Section::read(bytes);
    auto id = section ? SubTableId::of(*section) : std::nullopt;
    if (!id) {
        ++counters_.malformed_sections;
        return;
    }
    // Programme maps of two PIDs are two tables.
    if (table_id == TableId::ProgramMap) id->stream = pid;
    if (sub_tables_.knows(*id, *section)) {
        ++counters_.duplicate_sections;
        return;
    }
    if (crc32_(bytes) != 0) {
        ++counters_.crc_errors;
        return;
    }
    if (!section->is_current) {
        ++counters_.next_sections;
        return;
    }
    take_table(pid, *id, *section);
}

void SiCollector::take_time(std::uint16_t pid, Bytes bytes) {
    if (TableId(bytes[0]) == TableId::TimeOffset && crc32_(bytes) != 0) {
        ++counters_.crc_errors;
        return;
    }
    if (auto time = tables_.time(bytes, pid)) listener_.on_time(*time);
}

void SiCollector::take_table(std::uint16_t pid, const SubTableId& id, const Section& section) {
    constexpr std::size_t kSegmentLast = 4;
    std::optional<std::uint8_t> segment_last;
    if (is_events(section.table_id) && section.body.size() > kSegmentLast) segment_last = section.body[kSegmentLast];
    SubTables::Added added = sub_tables_.add(id, section, segment_last);
    counters_.restarts_in_mid_table += added.is_restart_in_mid_table;
    counters_.unannounced_changes += added.is_unannounced_change;
    counters_.full_tables += added.was_full;

    if (is_events(section.table_id)) {
        listener_.on_events(events_.parse(section, pid));
    } else if (is_services(section.table_id)) {
        listener_.on_services(tables_.services(section, pid));
    } else if (is_network(section.table_id)) {
        listener_.on_network(tables_.network(section, pid));
    } else if (section.table_id == TableId::Bouquet) {
        listener_.on_bouquet(tables_.network(section, pid));
    } else if (section.table_id == TableId::ProgramMap) {
        listener_.on_program(tables_.program(section, pid));
    } else {
        ProgramAssociation programs = tables_.programs(section, pid);
        if (added.is_new_version) unfollow();
        if (programs.network_pid) follow(*programs.network_pid, Role::ServiceInformation);
        for (const ProgramAssociation::Program& program : programs.programs) follow(program.map_pid, Role::ProgramMap);
        listener_.on_programs(programs);
    }
    if (added.is_complete) tell_complete(pid, id, section);
}

void SiCollector::tell_complete(std::uint16_t pid, const SubTableId& id, const Section& section) {
    constexpr std::size_t kLastTableId = 5;
    CompleteTable complete;
    complete.source = {pid, section.table_id, section.version, section.number, section.last_number};
    complete.extension = id.extension;
    complete.network = id.network;
    complete.stream = section.table_id == TableId::ProgramMap ? std::uint16_t(0) : id.stream;
    if (is_schedule(section.table_id) && section.body.size() > kLastTableId)
        complete.is_whole_schedule = is_whole_schedule(id, TableId(section.body[kLastTableId]));
    listener_.on_complete(complete);
}

bool SiCollector::is_whole_schedule(SubTableId id, TableId last) const {
    TableId first = first_schedule_of(id.table_id);
    // A last table of another kind says nothing: the table itself is the last one known.
    if (last < id.table_id || first_schedule_of(last) != first || !is_schedule(last)) last = id.table_id;
    for (auto table = static_cast<std::uint8_t>(first); table <= static_cast<std::uint8_t>(last); ++table) {
        id.table_id = TableId(table);
        if (!sub_tables_.is_complete(id)) return false;
    }
    return true;
}

}  // namespace linli::epg
