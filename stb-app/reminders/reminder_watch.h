#pragma once

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "platform/appointments/appointment_client.h"
#include "stb-app/announcements/announcement_queue.h"
#include "stb-app/navigation/screen.h"

namespace linli::app {

/// Reminds of the household's appointments: the day before and some hours before, as the settings say; and tells at once of
/// a place that is offered, and of what the office calls off. Asks the platform which there are, at first and about every
/// half hour, and keeps them in memory only. What was put away is not told again, not after a restart either
/// (HouseholdStore::acknowledge); a new start is a new reminder. UI thread only.
///
/// The day before and what is new are told between 8:00 and 21:00, or at once where that would be too late. On an unknown
/// clock nothing is told; what was due while the box was off, or before its clock was right, is told as long as the start is
/// to come.
class ReminderWatch {
  public:
    ReminderWatch(Context& context, AnnouncementQueue& announcements);

    /// Asks at the next tick: there is a platform now, or something has changed there.
    void ask_soon();
    /// Takes its own answers.
    void hear(const platform::AppointmentAnswer& answer);
    /// Asks and tells what is due. Call it every minute.
    void tick();
    bool is_waiting() const { return ticket_ != 0; }

  private:
    enum class Kind { DayBefore, HoursBefore, Offered, CalledOff };
    static std::vector<Kind> kinds_of(const platform::Reminder& reminder);
    bool is_due(const platform::Reminder& reminder, Kind kind, std::chrono::sys_seconds now) const;
    void ask_when_due();
    void adopt(std::vector<platform::Reminder> reminders);
    void tell(const platform::Reminder& reminder, std::chrono::sys_seconds now);
    Announcement announcement_of(const platform::Reminder& reminder, std::chrono::sys_seconds now) const;
    Announcement reminding(const platform::Reminder& reminder, std::chrono::sys_seconds now) const;
    Announcement offering(const platform::Reminder& reminder) const;
    Announcement calling_off(const platform::Reminder& reminder) const;

    Context& context_;
    AnnouncementQueue& announcements_;
    std::minstd_rand random_{std::random_device{}()};
    std::chrono::steady_clock::time_point next_question_;
    platform::Ticket ticket_ = 0;
    std::vector<platform::Reminder> reminders_;
    /// What each appointment was when it was announced last, by its number.
    struct Announced {
        std::chrono::sys_seconds start;
        platform::AppointmentState state;
        bool operator==(const Announced&) const = default;
    };
    std::map<std::string, Announced> announced_;
    /// What was announced in this run: number, start and kind.
    std::set<std::string> told_;
};

}  // namespace linli::app
