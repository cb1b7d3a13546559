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

/// Reminds of the household's appointments: the day before and some hours before, as the settings say. Asks the platform
/// which there are, at first and about every half hour, and keeps them in memory only. What was put away is not told again,
/// not after a restart either (HouseholdStore::acknowledge); a new start is a new reminder. UI thread only.
///
/// The day before is told between 8:00 and 21:00, or at once where that would be after the start. On an unknown clock nothing is
/// told; what was due while the box was off, or before its clock was right, is told as long as the start is to come.
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
    enum class Kind { DayBefore, HoursBefore };
    bool is_due(const platform::Reminder& reminder, Kind kind, std::chrono::sys_seconds now) const;
    void ask_when_due();
    void adopt(std::vector<platform::Reminder> reminders);
    void tell(const platform::Reminder& reminder, std::chrono::sys_seconds now);
    Announcement announcement_of(const platform::Reminder& reminder, std::chrono::sys_seconds now) const;

    Context& context_;
    AnnouncementQueue& announcements_;
    std::minstd_rand random_{std::random_device{}()};
    std::chrono::steady_clock::time_point next_question_;
    platform::Ticket ticket_ = 0;
    std::vector<platform::Reminder> reminders_;
    /// The start of each appointment that was announced last, by its number.
    std::map<std::string, std::chrono::sys_seconds> announced_;
    /// What was announced in this run: number, start and kind.
    std::set<std::string> told_;
};

}  // namespace linli::app
