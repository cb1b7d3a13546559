// One appointment, and what can still be done about it.

#include "stb-app/screens/appointment_texts.h"
#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"
#include "stb-app/words.h"

namespace linli::app {

using platform::Appointment;
using platform::AppointmentState;
using Kind = platform::Change::Kind;

namespace {

class AppointmentScreen final : public TextScreen {
  public:
    AppointmentScreen(Context& context, std::shared_ptr<Visit> visit, Appointment appointment)
        : TextScreen(context), visit_(std::move(visit)), appointment_(std::move(appointment)) {}

    bool is_personal() const override { return true; }
    Step step() const override { return Step::Subject; }
    /// The time to change it may have gone by.
    void resume() override { reload(); }

  protected:
    std::string id() const override { return "appointment"; }
    std::string title() override { return appointment_.service_name; }

    std::vector<Element> elements() override {
        std::vector<Element> elements = appointment_news(context_, appointment_);
        auto add = [&](std::vector<Element> more) {
            for (Element& element : more) elements.push_back(std::move(element));
        };
        bool is_too_late = changeable(context_, appointment_) == Changeable::TooLate;
        if (is_too_late) {
            elements.push_back(ParagraphElement{.text = context_.tr("It is too late to change or cancel this on television. Please call."),
                                                .tone = Tone::Important});
            add(help_number(context_, appointment_));
        }
        elements.push_back(FactElement{context_.tr("State"), words::state(context_, appointment_.state)});
        add(appointment_facts(context_, appointment_, is_too_late ? NumberPlace::Elsewhere : NumberPlace::Within));
        return elements;
    }

    std::vector<std::string> actions() override {
        deeds_.clear();
        bool is_open = changeable(context_, appointment_) == Changeable::Yes;
        AppointmentState state = appointment_.state;
        bool is_agreed = state == AppointmentState::Booked || state == AppointmentState::Pending;
        bool can_book = service().has_value();
        if (is_open && (state == AppointmentState::Held || state == AppointmentState::Offered)) deeds_.push_back(Deed::Confirm);
        if (is_open && is_agreed && can_book) deeds_.push_back(Deed::Move);
        if (is_open) deeds_.push_back(Deed::Cancel);
        // Somebody with an open one wants it at another time, not a second one.
        if (can_book && !is_open) deeds_.push_back(Deed::Again);
        std::vector<std::string> labels;
        for (Deed deed : deeds_) labels.push_back(label(deed));
        return labels;
    }

    Action act(std::size_t index) override {
        BookingPlan plan;
        plan.visit = visit_;
        plan.is_from_mine = true;
        if (auto key = service()) plan.service = find_service(context_, *key, appointment_.service_name);
        if (plan.service.name.empty()) plan.service.name = appointment_.service_name;
        switch (deeds_[index]) {
            case Deed::Again:
                plan.like = appointment_.start;
                return Open{make_booking_days_screen(context_, std::move(plan))};
            case Deed::Move:
                plan.moved = appointment_;
                return Open{make_booking_days_screen(context_, std::move(plan))};
            case Deed::Confirm:
            case Deed::Cancel: break;
        }
        Kind kind = deeds_[index] == Deed::Confirm ? Kind::Confirm : Kind::Cancel;
        return Open{make_wish_screen(
            context_,
            {.kind = kind, .plan = std::move(plan), .visit = visit_, .slot = {}, .day = {}, .appointment = appointment_})};
    }

  private:
    enum class Deed { Confirm, Move, Cancel, Again };

    std::string label(Deed deed) const {
        switch (deed) {
            case Deed::Confirm: return context_.tr("Confirm");
            case Deed::Move: return context_.tr("Move");
            case Deed::Cancel:
                return appointment_.state == AppointmentState::Waiting ? context_.tr("Leave the list") : context_.tr("Cancel it");
            case Deed::Again: return context_.tr("Book again");
        }
        return {};
    }

    /// Nothing where an office made it by other means.
    std::optional<content::ItemKey> service() const {
        return content::ItemKey::parse(appointment_.service, context_.chain.front());
    }

    std::shared_ptr<Visit> visit_;
    Appointment appointment_;
    std::vector<Deed> deeds_;
};

}  // namespace

std::unique_ptr<Screen> make_appointment_screen(Context& context, std::shared_ptr<Visit> visit, Appointment appointment) {
    return std::make_unique<AppointmentScreen>(context, std::move(visit), std::move(appointment));
}

}  // namespace linli::app
