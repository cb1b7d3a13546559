// What has come of a wish: what, when, where, whom to call, what to bring. Only the platform's word brings it here.

#include "stb-app/screens/appointment_texts.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"

namespace linli::app {

using platform::Appointment;
using platform::AppointmentState;
using Kind = platform::Change::Kind;

namespace {

class WishDoneScreen final : public TextScreen {
  public:
    WishDoneScreen(Context& context, Wish wish, Appointment appointment)
        : TextScreen(context), wish_(std::move(wish)), appointment_(std::move(appointment)) {
        if (appointment_.service_name.empty()) appointment_.service_name = wish_.plan.service.name;
    }

    bool is_personal() const override { return true; }
    Step step() const override { return Step::Subject; }

  protected:
    std::string id() const override { return "wish.done"; }

    std::string title() override {
        switch (appointment_.state) {
            case AppointmentState::Booked:
                return wish_.kind == Kind::Move ? context_.tr("The new time is booked") : context_.tr("It is booked");
            case AppointmentState::Pending: return context_.tr("Sent to the office");
            case AppointmentState::Waiting: return context_.tr("You are on the waiting list");
            case AppointmentState::Cancelled: return context_.tr("It is cancelled");
            default: return appointment_.service_name;
        }
    }

    std::vector<Element> elements() override {
        std::vector<Element> elements;
        auto say = [&](std::string text) {
            elements.push_back(ParagraphElement{.text = std::move(text), .tone = Tone::Important});
        };
        if (appointment_.state == AppointmentState::Pending)
            say(context_.tr("The office confirms by hand. Until then it is not certain."));
        if (appointment_.state == AppointmentState::Waiting)
            say(context_.tr("When a place comes free, this television tells you. Then confirm it here."));
        elements.push_back(FactElement{context_.tr("What"), appointment_.service_name});
        elements.push_back(FactElement{context_.tr("Booked for"), wish_.visit->member.masked_name});
        for (Element& fact : appointment_facts(context_, appointment_)) elements.push_back(std::move(fact));
        return elements;
    }

    std::vector<std::string> actions() override {
        if (wish_.plan.is_from_mine) return {};
        return {context_.tr("My appointments")};
    }
    Action act(std::size_t) override { return Replace{make_my_appointments_screen(context_, wish_.visit)}; }
    FirstButton first_button() const override { return FirstButton::Back; }

  private:
    Wish wish_;
    Appointment appointment_;
};

}  // namespace

std::unique_ptr<Screen> make_wish_done_screen(Context& context, Wish wish, Appointment appointment) {
    return std::make_unique<WishDoneScreen>(context, std::move(wish), std::move(appointment));
}

}  // namespace linli::app
