#pragma once

#include <cstdint>

namespace linli::epg {

/// @spec ISO/IEC 13818-1 table 2-31, ETSI EN 300 468 table 2
enum class TableId : std::uint8_t {
    ProgramAssociation = 0x00,
    ConditionalAccess = 0x01,
    ProgramMap = 0x02,
    NetworkActual = 0x40,
    NetworkOther = 0x41,
    ServicesActual = 0x42,
    ServicesOther = 0x46,
    Bouquet = 0x4A,
    EventsPresentFollowingActual = 0x4E,
    EventsPresentFollowingOther = 0x4F,
    EventsScheduleActualFirst = 0x50,
    EventsScheduleActualLast = 0x5F,
    EventsScheduleOtherFirst = 0x60,
    EventsScheduleOtherLast = 0x6F,
    TimeAndDate = 0x70,
    TimeOffset = 0x73,
    Stuffing = 0x72,
};

constexpr bool is_between(TableId id, TableId first, TableId last) { return id >= first && id <= last; }

constexpr bool is_events(TableId id) {
    return is_between(id, TableId::EventsPresentFollowingActual, TableId::EventsScheduleOtherLast);
}

constexpr bool is_schedule(TableId id) {
    return is_between(id, TableId::EventsScheduleActualFirst, TableId::EventsScheduleOtherLast);
}

/// Of the transport stream that carries the table, or of another one.
constexpr bool is_of_this_stream(TableId id) {
    return id == TableId::NetworkActual || id == TableId::ServicesActual ||
           id == TableId::EventsPresentFollowingActual ||
           is_between(id, TableId::EventsScheduleActualFirst, TableId::EventsScheduleActualLast);
}

/// Where they are sent. @spec ISO/IEC 13818-1 table 2-3, ETSI EN 300 468 table 1
namespace pid {
constexpr std::uint16_t kProgramAssociation = 0x0000;
constexpr std::uint16_t kNetwork = 0x0010;
constexpr std::uint16_t kServicesAndBouquets = 0x0011;
constexpr std::uint16_t kEvents = 0x0012;
constexpr std::uint16_t kTime = 0x0014;
constexpr std::uint16_t kStuffing = 0x1FFF;
constexpr std::uint16_t kCount = 0x2000;
}  // namespace pid

}  // namespace linli::epg
