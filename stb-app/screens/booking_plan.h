#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// Somebody at the television who has shown a PIN: shared by the open personal screens, gone with the last of them,
/// never at rest and never in the log.
struct Visit {
    platform::Member member;
    /// Null before the PIN, and after the platform has ended it.
    std::shared_ptr<const platform::Session> session;
};

/// A service as the screens show it: what the platform says of it, in the words of its item where the store has it.
struct BookedService {
    /// Nothing where an office made an appointment of it by other means: it cannot be booked here.
    std::optional<content::ItemKey> key;
    std::string name;
    /// Where it takes place; empty where it is not known here.
    std::string place;
    /// Whom to call about it.
    std::vector<content::Telephone> telephones;
    /// Of its item; empty without one.
    std::string category;
};
/// `name`: what the platform calls it, or empty.
BookedService find_service(const Context& context, const content::ItemKey& key, const std::string& name);

/// What is being booked, as far as it has been chosen.
struct BookingPlan {
    BookedService service;
    /// What the platform says of the service; nothing until it has been asked.
    std::optional<platform::BookableService> offer;
    /// Set where the PIN has been shown already.
    std::shared_ptr<Visit> visit;
    /// It began at one's own appointments: the way back leads there.
    bool is_from_mine = false;
    /// The appointment that is to be moved; nothing: a new one.
    std::optional<platform::Appointment> moved;
    /// A time whose weekday and time of day are looked for first.
    std::optional<std::chrono::sys_seconds> like;
};

}  // namespace linli::app
