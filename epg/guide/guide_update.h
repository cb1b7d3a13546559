#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "epg/guide/event.h"
#include "epg/si/service_id.h"

namespace linli::epg {

/// Whether the present event runs, as far as the head-end tells. @spec ETSI EN 300 468 table 6
enum class Running : std::uint8_t { Unknown, No, Soon, Paused, Yes, OffAir };

/// An event as a source says it; nothing about it is checked yet.
struct IncomingEvent {
    std::uint16_t id = 0;
    std::chrono::sys_seconds start;
    /// 0: not told.
    std::chrono::seconds duration{0};
    std::string title, summary, description;
    Genre genre = Genre::Unknown;
    std::uint8_t minimum_age = 0;
    Running running = Running::Unknown;
};

enum class EventTable : std::uint8_t { PresentFollowing, Schedule };

/// Whether an EIT is of the stream that carries it.
enum class Carrier : std::uint8_t { Other, Actual };

/// One section of an EIT. What it says replaces what the same section said before.
struct EventSection {
    ServiceId service;
    EventTable table = EventTable::Schedule;
    Carrier carrier = Carrier::Actual;
    /// Of the schedule: 0 for table_id 0x50 and 0x60 … 15.
    std::uint8_t table_index = 0;
    std::uint8_t version = 0;
    std::uint8_t section = 0;
    std::vector<IncomingEvent> events;
};

/// All of a service's present/following, or of its schedule through all table ids, has come in its newest version.
struct CompleteEvents {
    ServiceId service;
    EventTable table = EventTable::Schedule;
    Carrier carrier = Carrier::Actual;
};

/// Another stream is received from here on: versions that were heard mean nothing any more.
struct InputRestart {};

/// Events of a service from XMLTV. The first ones after `XmltvBegin` put what an earlier file said second.
struct XmltvEvents {
    ServiceId service;
    std::vector<IncomingEvent> events;
};
struct XmltvBegin {};
/// The file was read to its end: what only an earlier one said goes, of services that it does not mention too.
struct XmltvEnd {};

/// What a worker's thread hands to the guide at once. A value: it holds its texts.
struct GuideUpdate {
    using Step = std::variant<EventSection, CompleteEvents, InputRestart, XmltvBegin, XmltvEvents, XmltvEnd>;
    std::vector<Step> steps;

    /// Events from nowhere in particular, for samples and tests: taken as a file of XMLTV that holds nothing else.
    static GuideUpdate of_events(std::vector<Event> events);
};

}  // namespace linli::epg
