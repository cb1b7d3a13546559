#include "tests/epg/guide/guide_samples.h"

#include "middleware/base/format.h"

namespace linli::tests {

using namespace epg;
using namespace std::chrono;

IncomingEvent incoming(std::uint16_t id, int at, int lasts, const std::string& title) {
    return {.id = id, .start = kEvening + minutes(at), .duration = minutes(lasts), .title = title};
}

EventSection schedule(std::vector<IncomingEvent> events, std::uint8_t section, std::uint8_t version) {
    return {.service = kNews, .version = version, .section = section, .events = std::move(events)};
}

EventSection present(IncomingEvent event, std::uint8_t version) {
    return {.service = kNews, .table = EventTable::PresentFollowing, .version = version, .section = 0, .events = {std::move(event)}};
}

EventSection following(IncomingEvent event, std::uint8_t version) {
    return {.service = kNews, .table = EventTable::PresentFollowing, .version = version, .section = 1, .events = {std::move(event)}};
}

CompleteEvents complete(EventTable table) { return {.service = kNews, .table = table}; }

Channel channel(const ServiceId& id, int number, const std::string& name) {
    return {.id = id, .number = number, .name = name};
}

std::string text_of(const Event& event) {
    auto minute = [](sys_seconds time) { return duration_cast<minutes>(time - kEvening).count(); };
    return base::format("{}-{} {}", minute(event.start), minute(event.end()), event.title);
}

std::string text_of(const std::vector<Event>& events) {
    std::string text;
    for (const Event& event : events) text += (text.empty() ? "" : " | ") + text_of(event);
    return text;
}

std::string shown(const Guide& guide, const ServiceId& id) {
    return text_of(guide.events(id, kEvening - hours(24), kEvening + hours(24 * 80)));
}

}  // namespace linli::tests
