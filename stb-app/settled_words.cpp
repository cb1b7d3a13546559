#include "stb-app/settled_words.h"

#include "stb-app/words.h"

namespace linli::app::words {

using platform::AppointmentState;
using platform::SettledChange;
using Kind = platform::Change::Kind;

namespace {

/// "11月27日 星期五 09:30，老年人免费体检", or what of it is known.
std::string what_and_when(const Context& context, const platform::Appointment& appointment) {
    if (!appointment.start) return appointment.service_name;
    std::string time = date_and_time(context, *appointment.start);
    return appointment.service_name.empty() ? time : context.tr("{}, {}", time, appointment.service_name);
}

std::string booking(const Context& context, const platform::Appointment& appointment) {
    std::string what = what_and_when(context, appointment);
    switch (appointment.state) {
        case AppointmentState::Pending:
            return context.tr("Your booking has arrived: {}. The office still has to confirm it.", what);
        case AppointmentState::Cancelled:
        case AppointmentState::Expired: return context.tr("Your booking was cancelled: {}", what);
        default: return context.tr("Your booking went through: {}", what);
    }
}

std::string undone(const Context& context, const SettledChange& change) {
    bool has_arrived = !change.refusal_reason.empty();
    switch (change.kind) {
        case Kind::Move:
            return has_arrived ? context.tr("Your appointment could not be moved. It stays as it was.")
                               : context.tr("Your wish to move the appointment did not arrive. It stays as it was.");
        case Kind::Cancel:
            return has_arrived ? context.tr("Your appointment could not be cancelled. It stays as it was.")
                               : context.tr("Your cancellation did not arrive. The appointment stays as it was.");
        case Kind::Wait: return context.tr("You are not on the waiting list. Please try again.");
        case Kind::Hold:
        case Kind::Confirm: break;
    }
    return has_arrived ? context.tr("Your booking was not possible any more. Nothing was booked.")
                       : context.tr("Your booking did not arrive. Nothing was booked.");
}

}  // namespace

std::string settled_change(const Context& context, const SettledChange& change) {
    // A time that was only chosen comes free again by itself.
    if (change.kind == Kind::Hold) return context.tr("Your booking was not finished. Nothing was booked.");
    if (!change.was_done || !change.appointment) return undone(context, change);
    std::string what = what_and_when(context, *change.appointment);
    switch (change.kind) {
        case Kind::Move: return context.tr("Your appointment was moved: {}", what);
        case Kind::Cancel: return context.tr("Your appointment was cancelled: {}", what);
        case Kind::Wait:
            return what.empty() ? context.tr("You are on the waiting list.")
                                : context.tr("You are on the waiting list: {}", what);
        default: return booking(context, *change.appointment);
    }
}

}  // namespace linli::app::words
