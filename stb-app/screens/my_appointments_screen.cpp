// The appointments of a member: what is still to be answered, what is to come, what has been. They live in the open
// screens alone and are gone when these close.

#include <algorithm>
#include <tuple>

#include "stb-app/screens/appointment_texts.h"
#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using platform::Appointment;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::AppointmentState;
using platform::Refusal;

namespace {

/// What somebody has to answer, or need not go to, on top, then what is to come, the next one first; then what is waited
/// for; then what has been, the latest first.
std::tuple<int, std::chrono::seconds> rank(const Context& context, const Appointment& appointment) {
    auto start = appointment.start.value_or(std::chrono::sys_seconds()).time_since_epoch();
    bool is_called_off = appointment.state == AppointmentState::Cancelled && appointment.cancelled_by == "office";
    if (is_called_off && appointment.start && context.now().value_or(*appointment.start) < *appointment.start) return {0, start};
    if (changeable(context, appointment) == Changeable::Over) return {3, -start};
    switch (appointment.state) {
        case AppointmentState::Offered:
        case AppointmentState::Held: return {0, start};
        case AppointmentState::Waiting: return {2, start};
        default: return {1, start};
    }
}

class MyAppointmentsScreen final : public ListScreen {
  public:
    MyAppointmentsScreen(Context& context, std::shared_ptr<Visit> visit) : ListScreen(context), visit_(std::move(visit)) { ask(); }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return true; }
    void resume() override { ask(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        failure_.reset();
        appointments_.clear();
        if (const auto* appointments = std::get_if<std::vector<Appointment>>(&answer.result)) {
            appointments_ = *appointments;
            std::ranges::stable_sort(appointments_, {}, [this](const Appointment& one) { return rank(context_, one); });
        } else if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) {
            if (is_refused(*failure, Refusal::Reason::NoSession)) return ask_for_pin();
            failure_ = *failure;
        } else {
            failure_.emplace();
        }
        has_answer_ = true;
        reload();
        return Stay{};
    }

  protected:
    std::string id() const override { return "appointments"; }
    std::string title() override { return context_.tr("Appointments of {}", visit_->member.masked_name); }

    std::size_t load_rows() override { return appointments_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        const Appointment& appointment = appointments_[index];
        RowElement row;
        row.title = appointment.service_name;
        add_badge(row, appointment);
        // A badge says more than the state does.
        std::string state = row.badge.empty() ? words::state(context_, appointment.state) : std::string();
        std::string start = appointment.start ? words::date_and_time(context_, *appointment.start) : std::string();
        row.detail = start.empty() || state.empty() ? start + state : base::format("{} · {}", start, state);
        bool is_over = changeable(context_, appointment) == Changeable::Over;
        row.symbol = is_over ? "check-circle" : "calendar-check";
        row.hue = is_over ? -1 : 4;
        row.is_done = is_over;
        return row;
    }

    Action choose(std::size_t row) override { return Open{make_appointment_screen(context_, visit_, appointments_[row])}; }

    StateElement empty_state() override {
        if (!has_answer_) return {"timer-sand", context_.tr("Looking up the appointments..."), ""};
        return {"calendar-check", context_.tr("There are no appointments."),
                context_.tr("Your community office will gladly make one for you.")};
    }
    std::vector<Element> empty_elements() override {
        if (failure_) return failure_elements(context_, *failure_, help_number(context_));
        std::vector<Element> elements{empty_state()};
        if (has_answer_)
            for (Element& number : help_number(context_)) elements.push_back(std::move(number));
        return elements;
    }

  private:
    void ask() {
        if (context_.appointments != nullptr) {
            ticket_ = context_.appointments->ask_mine(visit_->session);
            return;
        }
        failure_ = no_client();
        appointments_.clear();
        reload();
    }

    Action ask_for_pin() {
        visit_->session.reset();
        return Replace{make_pin_screen(context_, visit_, PinReason::Again, [&context = context_](const std::shared_ptr<Visit>& visit) {
            return Replace{make_my_appointments_screen(context, visit)};
        })};
    }

    void add_badge(RowElement& row, const Appointment& appointment) const {
        if (appointment.state == AppointmentState::Offered || appointment.state == AppointmentState::Held) {
            row.badge = context_.tr("Confirm");
            row.badge_tone = Tone::Important;
        } else if (appointment.state == AppointmentState::Cancelled && appointment.cancelled_by == "office") {
            row.badge = context_.tr("Called off");
            row.badge_tone = Tone::Important;
        } else if (appointment.changed_from && changeable(context_, appointment) != Changeable::Over) {
            row.badge = context_.tr("New time");
            row.badge_tone = Tone::Important;
        }
    }

    std::shared_ptr<Visit> visit_;
    platform::Ticket ticket_ = 0;
    bool has_answer_ = false;
    std::vector<Appointment> appointments_;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_my_appointments_screen(Context& context, std::shared_ptr<Visit> visit) {
    return std::make_unique<MyAppointmentsScreen>(context, std::move(visit));
}

std::unique_ptr<Screen> make_way_to_my_appointments(Context& context) {
    return make_members_screen(context, context.tr("Whose appointments?"), [&context](const platform::Member& member) {
        auto visit = std::make_shared<Visit>(Visit{.member = member, .session = nullptr});
        return make_pin_screen(context, std::move(visit), PinReason::First, [&context](const std::shared_ptr<Visit>& shown) {
            return Replace{make_my_appointments_screen(context, shown)};
        });
    });
}

}  // namespace linli::app
