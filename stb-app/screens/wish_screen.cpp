// The question before anything is done to the outside world, the PIN where it is still needed, and the deed.

#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"

namespace linli::app {

using platform::Appointment;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::AppointmentState;
using platform::Refusal;
using Kind = platform::Change::Kind;
using Reason = Refusal::Reason;

namespace {

class WishScreen final : public TextScreen {
  public:
    WishScreen(Context& context, Wish wish, std::optional<AppointmentFailure> failure)
        : TextScreen(context), wish_(std::move(wish)), failure_(std::move(failure)) {}
    ~WishScreen() override {
        if (ticket_ != 0) context_.left_changes.take({ticket_, held_.empty() ? wish_.kind : Kind::Confirm, wish_.visit->session});
    }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return true; }
    Step step() const override { return Step::Last; }

    /// The PIN screen has closed: with a session, or because somebody thought better of it.
    void resume() override {
        if (!is_wanted_) return;
        is_wanted_ = false;
        if (wish_.visit->session) send();
    }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        start_again();
        if (const auto* appointment = std::get_if<Appointment>(&answer.result)) return go_on(*appointment);
        if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) return stop(*failure);
        failure_ = AppointmentFailure();
        return Stay{};
    }

  protected:
    std::string id() const override { return ticket_ != 0 || failure_ ? "wish.state" : "wish"; }

    std::string title() override {
        switch (wish_.kind) {
            case Kind::Hold: return context_.tr("Book an appointment");
            case Kind::Move: return context_.tr("Another time");
            case Kind::Cancel: return context_.tr("Cancel");
            case Kind::Confirm: return context_.tr("Confirm");
            case Kind::Wait: return context_.tr("Waiting list");
        }
        return {};
    }

    std::vector<Element> elements() override {
        if (ticket_ != 0) return {StateElement{"timer-sand", context_.tr("Asking the community platform..."), ""}};
        if (failure_) return failure_elements(context_, *failure_, number());
        bool is_cancelling = wish_.kind == Kind::Cancel;
        return {StateElement{is_cancelling ? "undo-variant" : "calendar-check", wish_question(context_, wish_),
                             wish_hint(context_, wish_)}};
    }

    std::vector<std::string> actions() override {
        if (ticket_ != 0 || failure_) return {};
        return {context_.tr("Yes")};
    }
    std::string back_word() override { return ticket_ != 0 || failure_ ? context_.tr("Back") : context_.tr("No"); }
    /// After the choice of a time Yes is what is wanted; a cancelled appointment is gone.
    FirstButton first_button() const override {
        return wish_.kind == Kind::Cancel ? FirstButton::Back : FirstButton::First;
    }
    ActionPages action_pages() const override { return ActionPages::Last; }

    Action act(std::size_t) override {
        if (!wish_.visit->session) return ask_for_pin(PinReason::First);
        send();
        return Stay{};
    }

  private:
    std::vector<Element> number() const {
        if (!wish_.appointment.telephone.empty()) return help_number(context_, wish_.appointment);
        return help_number(context_, wish_.plan.service.telephones);
    }

    Action ask_for_pin(PinReason reason) {
        is_wanted_ = true;
        return Open{make_pin_screen(context_, wish_.visit, reason, [](const std::shared_ptr<Visit>&) { return GoBack{}; })};
    }

    void send() {
        start_again();
        failure_.reset();
        if (context_.appointments == nullptr) return void(failure_ = no_client());
        platform::Change change{.kind = wish_.kind, .slot = wish_.slot.ref, .number = wish_.appointment.number, .service = {}};
        if (wish_.kind == Kind::Wait) change.service = wish_.plan.service.key->str();
        if (!held_.empty()) change = {.kind = Kind::Confirm, .slot = {}, .number = held_, .service = {}};
        ticket_ = context_.appointments->make_change(wish_.visit->session, std::move(change));
    }

    Action go_on(const Appointment& appointment) {
        if (wish_.kind == Kind::Hold && held_.empty() && appointment.state == AppointmentState::Held) {
            held_ = appointment.number;
            send();
            return Stay{};
        }
        return ReplaceSteps{make_wish_done_screen(context_, wish_, appointment), Step::Subject};
    }

    Action stop(const AppointmentFailure& failure) {
        if (is_refused(failure, Reason::NoSession)) {
            wish_.visit->session.reset();
            return ask_for_pin(PinReason::Again);
        }
        bool wants_time = wish_.kind == Kind::Hold || wish_.kind == Kind::Move;
        bool is_gone = is_refused(failure, Reason::SlotTaken) || is_refused(failure, Reason::UnknownSlot);
        // What was held too long is free again, and perhaps somebody else's.
        bool has_run_out = !held_.empty() && (is_refused(failure, Reason::WrongState) || is_refused(failure, Reason::UnknownNumber));
        if (wants_time && (is_gone || has_run_out)) {
            BookingPlan plan = wish_.plan;
            plan.visit = wish_.visit;
            return ReplaceSteps{make_booking_times_screen(context_, std::move(plan), wish_.day, TimesReason::Quicker), Step::Time};
        }
        // What lies under the question is no longer true.
        bool has_changed = is_refused(failure, Reason::WrongState) || is_refused(failure, Reason::UnknownNumber);
        if (has_changed) return ReplaceSteps{std::make_unique<WishScreen>(context_, wish_, failure), Step::Subject};
        held_.clear();
        failure_ = failure;
        return Stay{};
    }

    Wish wish_;
    /// The PIN has been asked for to go on.
    bool is_wanted_ = false;
    /// The number of what is held and not confirmed yet.
    std::string held_;
    platform::Ticket ticket_ = 0;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_wish_screen(Context& context, Wish wish) {
    return std::make_unique<WishScreen>(context, std::move(wish), std::nullopt);
}

std::unique_ptr<Screen> make_who_screen(Context& context, Wish wish) {
    if (wish.visit) return make_wish_screen(context, std::move(wish));
    return make_members_screen(context, context.tr("For whom?"), [&context, wish](const platform::Member& member) {
        Wish of_member = wish;
        of_member.visit = std::make_shared<Visit>(Visit{.member = member, .session = nullptr});
        return make_wish_screen(context, std::move(of_member));
    });
}

}  // namespace linli::app
