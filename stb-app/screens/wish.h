#pragma once

#include <chrono>
#include <memory>

#include "stb-app/screens/booking_plan.h"

namespace linli::app {

/// What somebody wants done at the platform, before the question that asks whether he does.
struct Wish {
    /// Hold stands for the whole booking: what is held is confirmed at once.
    platform::Change::Kind kind = platform::Change::Kind::Hold;
    BookingPlan plan;
    /// Whose wish it is. Without a session the PIN is asked for after the question.
    std::shared_ptr<Visit> visit;
    /// Hold and Move: the time that was chosen, and of which day's list.
    platform::Slot slot;
    std::chrono::year_month_day day;
    /// Move, Cancel and Confirm: as it is now.
    platform::Appointment appointment;
};

/// The question in one sentence.
std::string wish_question(const Context& context, const Wish& wish);
/// What is to be known before one says yes; empty where there is nothing.
std::string wish_hint(const Context& context, const Wish& wish);

}  // namespace linli::app
