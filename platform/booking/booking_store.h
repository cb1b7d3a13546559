#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "platform/appointments/appointment_types.h"
#include "platform/booking/schedule.h"
#include "platform/server/household.h"

namespace linli::platform {

/// How the store knows a box: by a hash of what the box proves itself with, so that neither can be taken for the other.
std::string box_of_token(std::string_view token);
/// `sha256`: of the client certificate, in hex.
std::string box_of_certificate(std::string_view sha256);

/// All that the reference platform knows about households, slots, appointments and results, in a database that any
/// number of instances share. Every call is one transaction, or several where it says so. Safe from every thread.
///
/// A slot is never given twice: a place is taken by one conditional update of the slot's row in the transaction that
/// writes the appointment. Every change has a key (docs/appointments.md): its answer is written in the transaction of the
/// change, and given again for the same key.
///
/// An error is one of the database (`busy` for the box); everything that the interface foresees is a Refusal.
class BookingStore {
  public:
    virtual ~BookingStore() = default;

    template <typename T>
    using Answer = base::Result<std::variant<T, Refusal>>;

    // The operator's and the office's.

    /// Puts each household in the place of the one with the same token or certificate; others stay. All of them or none.
    /// Who is not in it any more is removed, and what he has booked stays with the office. Appointments of an earlier
    /// import go, but for those that somebody has changed since. Those of a service that are booked or pending take a place
    /// of the slot that begins when they do, now or when it is planned, where there is a free one. A PIN that stays the same
    /// unlocks nobody.
    virtual base::Result<void> import_households(std::span<const Household> households) = 0;
    /// Adds the holidays to the calendar. Puts each schedule in the place of the one of its service, and plans its slots
    /// over the horizon anew (and those of the other services where the calendar changed): a slot without appointments
    /// follows the new hours; one with appointments stays until they are gone, and takes no more. A slot whose session
    /// fell out stays closed. A transaction each.
    virtual base::Result<void> import_schedules(std::span<const Schedule> schedules, const Holidays& holidays,
                                                std::chrono::sys_seconds now) = 0;
    /// Puts these in the place of the service's closed times, and plans its slots anew as `import_schedules` does.
    /// UnknownService where it has no schedule.
    virtual base::Result<std::variant<std::monostate, Refusal>> import_closed_times(
        const content::ItemKey& service, std::span<const ClosedTime> times, std::chrono::sys_seconds now) = 0;
    virtual base::Result<void> import_results(std::span<const ApplicationResult> results) = 0;
    /// Plans the days that have come into the horizon, lets holds and offers run out, offers free places to those who
    /// wait, forgets old keys and sessions. Called about once a minute by every instance; does no harm twice.
    virtual base::Result<void> tend(std::chrono::sys_seconds now) = 0;

    /// What an office says of one appointment, by its number.
    enum class Verdict { Agreed, CalledOff, Attended, Missed };
    virtual base::Result<std::variant<std::monostate, Refusal>> judge(std::string_view number, Verdict verdict,
                                                                      std::string_view note,
                                                                      std::chrono::sys_seconds now) = 0;
    /// A session falls out: every slot of the service that begins in the span takes no more, and its appointments are
    /// called off with the note. How many those were.
    virtual base::Result<int> cancel_session(const content::ItemKey& service, std::chrono::sys_seconds from,
                                             std::chrono::sys_seconds until, std::string_view note,
                                             std::chrono::sys_seconds now) = 0;
    /// Booked at the desk, for a person whom the platform need not know; no cut-off but the slot's end. The same key gives
    /// the same appointment, for a year.
    virtual Answer<Appointment> book_at_desk(const content::ItemKey& service, std::chrono::sys_seconds start,
                                             std::string_view key, std::chrono::sys_seconds now) = 0;
    struct DeskRow {
        std::string number, service, state, masked_name;
        std::chrono::sys_seconds start;
        std::chrono::minutes length{0};
    };
    virtual base::Result<std::vector<DeskRow>> desk_list(const content::ItemKey& service, std::chrono::sys_seconds from,
                                                         std::chrono::sys_seconds until) = 0;
    /// The appointment of a number; its start is 1970 while it waits.
    virtual base::Result<std::optional<DeskRow>> find_at_desk(std::string_view number) = 0;
    /// What can be booked, by item key and name.
    virtual base::Result<std::vector<std::pair<std::string, std::string>>> service_names() = 0;
    /// The zone whose days and hours are meant.
    virtual const Zone& zone() const = 0;
    /// Counts by service and day (of the zone), for the operator: events and, of refusals, the reason. No identity.
    struct Progress {
        std::string service;  // its item key, or empty for refusals before a service was known
        std::chrono::year_month_day day;
        std::string what;  // "booked", "cancelled", "missed", "fulfilled", "waiting", "refused:slot-taken", …
        std::int64_t count = 0;
    };
    virtual base::Result<std::vector<Progress>> progress(std::chrono::year_month_day first,
                                                         std::chrono::year_month_day last) = 0;

    /// Counts a refusal of no service. It is written down at the next `tend` or `progress`, not for each request of whoever
    /// may ask; what was not goes with the process.
    virtual void count_refusal(Refusal::Reason reason, std::chrono::sys_seconds now) = 0;

    // The box's: docs/appointments.md, one call a request. `box` is what box_of_token or box_of_certificate made.

    /// Whether both prove the same household; not where one of them proves none.
    virtual base::Result<bool> are_of_one_household(std::string_view box, std::string_view other) = 0;
    virtual Answer<std::vector<Member>> members(std::string_view box) = 0;
    virtual Answer<std::vector<BookableService>> services(std::string_view box, const content::AreaCode& area,
                                                          std::chrono::sys_seconds now) = 0;
    virtual Answer<std::vector<BookableDay>> days(std::string_view box, const content::ItemKey& service,
                                                  std::chrono::sys_seconds now) = 0;
    virtual Answer<std::vector<Slot>> slots(std::string_view box, const content::ItemKey& service,
                                            std::chrono::year_month_day day, std::chrono::sys_seconds now) = 0;
    virtual Answer<Session> open_session(std::string_view box, std::string_view member, std::string_view pin,
                                         std::chrono::sys_seconds now) = 0;
    /// A member as a session proved him.
    struct Caller {
        std::string_view box, session;
    };
    virtual Answer<std::vector<Appointment>> mine(const Caller& caller, std::chrono::sys_seconds now) = 0;
    virtual Answer<Appointment> hold(const Caller& caller, std::string_view key, std::string_view slot,
                                     std::chrono::sys_seconds now) = 0;
    virtual Answer<Appointment> confirm(const Caller& caller, std::string_view key, std::string_view number,
                                        std::chrono::sys_seconds now) = 0;
    virtual Answer<Appointment> change(const Caller& caller, std::string_view key, std::string_view number,
                                       std::string_view slot, std::chrono::sys_seconds now) = 0;
    virtual Answer<Appointment> cancel(const Caller& caller, std::string_view key, std::string_view number,
                                       std::chrono::sys_seconds now) = 0;
    virtual Answer<Appointment> wait(const Caller& caller, std::string_view key, const content::ItemKey& service,
                                     std::chrono::sys_seconds now) = 0;
    virtual Answer<Outcome> outcome(std::string_view box, std::string_view key, std::chrono::sys_seconds now) = 0;
    virtual Answer<std::vector<Reminder>> reminders(std::string_view box, std::chrono::sys_seconds now) = 0;
    virtual Answer<std::vector<ApplicationResult>> results(std::string_view box, std::string_view digits,
                                                           std::chrono::sys_seconds now) = 0;
};

struct BookingStoreOptions {
    /// A path, or "postgresql://…".
    std::string database;
    std::string zone = "Asia/Shanghai";
    /// Connections at most; a call waits for a free one.
    int connections = 4;
    /// How long a call tries when the database is busy or away, before it gives up.
    std::chrono::milliseconds patience{8000};
};

/// Opens the store and makes or migrates its tables (instances that start together wait for each other).
base::Result<std::unique_ptr<BookingStore>> open_booking_store(const BookingStoreOptions& options);

}  // namespace linli::platform
