#pragma once

#include <libical/ical.h>

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "platform/importers/calendar_reader.h"

namespace linli::platform {

/// One VEVENT: an event, or an occurrence of one that differs. The component must outlive it.
class EventReader {
  public:
    EventReader(icalcomponent* component, std::size_t line);

    /// What stands in it; its occurrences are not asked for yet.
    CalendarEvent event;

    /// Which occurrence this one replaces.
    std::optional<std::chrono::sys_seconds> replaces() const {
        return instant(ICAL_RECURRENCEID_PROPERTY);
    }
    std::optional<Occurrence> first_occurrence() const;
    /// When the occurrences begin, as far as the window and the bounds go.
    std::set<std::chrono::sys_seconds> begins(const CalendarWindow& window);
    /// An occurrence that begins at a time, as long as the first one.
    Occurrence at(std::chrono::sys_seconds begin) const;

  private:
    icalproperty* first(icalproperty_kind kind) const;
    template <typename Visit>
    void for_each(icalproperty_kind kind, Visit visit) const;
    std::string text(icalproperty_kind kind) const;
    icaltimetype time(icalproperty_kind kind) const;
    std::optional<std::chrono::sys_seconds> instant(icalproperty_kind kind) const;
    std::chrono::seconds duration() const;
    std::chrono::seconds length() const;
    int length_in_days() const;
    void tell_of_unknown_zone();
    void follow(icalrecurrencetype rule, icaltimetype start, const CalendarWindow& window,
                std::set<std::chrono::sys_seconds>& found);

    icalcomponent* component_;
};

}  // namespace linli::platform
