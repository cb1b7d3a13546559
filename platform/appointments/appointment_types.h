#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/booking/transitions.h"

/// The values of the appointment interface (docs/appointments.md), shared by box and platform: no HTTP, no SQL.
namespace linli::platform {

/// A member of the household that the box belongs to. The name is masked (张*明): the box never learns more.
struct Member {
    std::string ref;
    std::string masked_name;
};

struct Appointment {
    std::string number;
    /// The item key of the service, "12/0101#health-check"; empty where an office made it by other means.
    std::string service;
    std::string service_name;
    AppointmentState state = AppointmentState::Booked;
    /// Nothing while it waits, or was called off while it waited.
    std::optional<std::chrono::sys_seconds> start;
    std::chrono::minutes duration{0};
    std::optional<std::chrono::sys_seconds> held_until, cancel_until, changed_from;
    /// "resident" or "office" where it was cancelled.
    std::string cancelled_by;
    std::string place, address, telephone;
    std::vector<std::string> bring;
    std::string note;
    /// Not to be named where others may look on.
    bool is_discreet = false;
};

struct BookableService {
    std::string ref, name;
    int free = 0;
    /// The first day with a free place.
    std::optional<std::chrono::year_month_day> first;
    Confirmation confirmation = Confirmation::Automatic;
    bool has_waiting_list = false;
    /// The platform's time zone: days are its dates.
    std::string zone;
};

struct BookableDay {
    std::chrono::year_month_day date;
    int places = 0, free = 0;
    /// Why there are no places, where there is a reason.
    std::string closed;
};

struct Slot {
    std::string ref;
    std::chrono::sys_seconds start;
    std::chrono::minutes length{0};
    int places = 0, free = 0;
};

/// Proves a member for `lasts` after its last use. Its memory is wiped when it goes.
struct Session {
    std::string ref, member;
    std::chrono::seconds lasts{0};
    ~Session();
};

/// What of an appointment is told over whatever is on.
struct Reminder {
    std::string number;
    std::chrono::sys_seconds start;
    /// Both empty where the service is not to be named on the screen.
    std::string service_name, place;
    /// Booked; Offered, to somebody who waited; or Cancelled, by the office.
    AppointmentState state = AppointmentState::Booked;
    /// Of an offer: it goes to the next one then.
    std::optional<std::chrono::sys_seconds> held_until;
    std::string telephone;
};

/// How an application stands.
struct ApplicationResult {
    /// On the box only the end of it: "…4711".
    std::string receipt;
    /// received, working, more-papers, ready, refused or collected
    std::string state;
    /// The item key of the guide, or empty.
    std::string guide;
    std::string name, say, telephone;
    std::chrono::sys_seconds updated;
};

/// Why a request was not fulfilled. The numbers go with some reasons only.
struct Refusal {
    // clang-format off
    enum class Reason {
        Malformed, UnknownBox, NoSession, WrongPin, UnknownMember, UnknownService, UnknownSlot, UnknownNumber, SlotTaken,
        WrongState, KeyReused, AlreadyBooked, TooLate, TooEarly, Quota, NoWaiting, Locked, TooMany, Busy,
    };
    // clang-format on
    Reason reason = Reason::Malformed;
    int tries_left = 0;
    int limit = 0;
    std::chrono::seconds seconds{0};
    std::string telephone;
};

/// The name of a reason in messages and counts: "slot-taken".
std::string_view to_name(Refusal::Reason reason);
std::optional<Refusal::Reason> parse_refusal_reason(std::string_view name);

/// What became of a change.
struct Outcome {
    enum class Result { Done, Refused, Unknown };
    std::string key;
    /// "hold", "confirm", "change", "cancel" or "wait"; empty where unknown.
    std::string request;
    Result result = Result::Unknown;
    /// Of a refusal.
    std::string reason;
    /// As it is now, with what a reminder tells.
    std::optional<Appointment> appointment;
};

}  // namespace linli::platform
