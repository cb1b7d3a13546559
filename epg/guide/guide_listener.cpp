#include "epg/guide/guide_listener.h"

#include <utility>

namespace linli::epg {
namespace {

constexpr std::uint8_t kTableIndexMask = 0x0F;

Carrier carrier_of(TableId table) { return is_of_this_stream(table) ? Carrier::Actual : Carrier::Other; }

EventTable table_of(TableId table) { return is_schedule(table) ? EventTable::Schedule : EventTable::PresentFollowing; }

/// The tables of a schedule are counted; present/following is one.
std::uint8_t index_of(TableId table) {
    return is_schedule(table) ? static_cast<std::uint8_t>(table) & kTableIndexMask : 0;
}

/// Where no time was sent it is 1970, which the guide refuses and counts: there is no place for such an event.
IncomingEvent to_incoming(const EitEvent& event) {
    return {.id = event.id,
            .start = event.start.value_or(std::chrono::sys_seconds()),
            .duration = event.duration.value_or(std::chrono::seconds(0)),
            .title = std::string(event.title),
            .summary = std::string(event.summary),
            .description = std::string(event.description),
            .genre = genre_of_content(event.content),
            .minimum_age = event.minimum_age,
            .running = static_cast<Running>(event.running_status)};
}

}  // namespace

void GuideListener::on_events(const EventInformation& events) {
    EventSection section{.service = events.service,
                         .table = table_of(events.source.table_id),
                         .carrier = carrier_of(events.source.table_id),
                         .table_index = index_of(events.source.table_id),
                         .version = events.source.version,
                         .section = events.source.section};
    section.events.reserve(events.events.size());
    for (const EitEvent& event : events.events) section.events.push_back(to_incoming(event));
    put(GuideUpdate::Step(std::move(section)));
}

void GuideListener::on_complete(const CompleteTable& table) {
    if (!is_events(table.source.table_id)) {
        put(GuideBatch::ServiceStep(table));
        return;
    }
    if (is_schedule(table.source.table_id) && !table.is_whole_schedule) return;
    put(GuideUpdate::Step(CompleteEvents{table.service(), table_of(table.source.table_id), carrier_of(table.source.table_id)}));
}

void GuideListener::on_restart() { put(GuideUpdate::Step(InputRestart{})); }

void GuideListener::put(GuideBatch::ServiceStep step) {
    batch_.services.push_back(std::move(step));
    flush_when_full();
}

void GuideListener::put(GuideUpdate::Step step) {
    batch_.events.steps.push_back(std::move(step));
    flush_when_full();
}

void GuideListener::flush_when_full() {
    if (batch_.services.size() + batch_.events.steps.size() >= kMostSteps) flush();
}

void GuideListener::flush() {
    if (!batch_.is_empty()) sink_(std::exchange(batch_, {}));
}

}  // namespace linli::epg
