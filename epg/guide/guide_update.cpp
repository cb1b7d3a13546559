#include "epg/guide/guide_update.h"

#include <map>
#include <utility>

namespace linli::epg {

GuideUpdate GuideUpdate::of_events(std::vector<Event> events) {
    std::map<ServiceId, std::vector<IncomingEvent>> by_service;
    for (Event& event : events)
        by_service[event.channel].push_back({.id = event.id,
                                             .start = event.start,
                                             .duration = event.duration,
                                             .title = std::move(event.title),
                                             .summary = std::move(event.summary),
                                             .description = std::move(event.description),
                                             .genre = event.genre,
                                             .minimum_age = static_cast<std::uint8_t>(event.minimum_age)});
    GuideUpdate update;
    update.steps.push_back(XmltvBegin{});
    for (auto& [service, list] : by_service) update.steps.push_back(XmltvEvents{service, std::move(list)});
    update.steps.push_back(XmltvEnd{});
    return update;
}

}  // namespace linli::epg
