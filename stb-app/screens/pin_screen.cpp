// The PIN of a member, which the platform checks. Its digits are wiped as soon as they have been sent.

#include <algorithm>

#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/state_pages.h"

namespace linli::app {

using input::Key;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::Refusal;
using platform::Session;

namespace {

/// Overwrites a secret before its memory is given back.
void wipe(std::string& secret) {
    volatile char* bytes = secret.data();
    for (std::size_t i = 0; i < secret.size(); ++i) bytes[i] = 0;
    secret.clear();
}

class PinScreen final : public Screen {
  public:
    PinScreen(Context& context, std::shared_ptr<Visit> visit, PinReason reason, OnVisit on_visit)
        : context_(context), visit_(std::move(visit)), on_visit_(std::move(on_visit)), state_pages_(context) {
        pin_.reserve(kPinLength);
        if (reason == PinReason::Again)
            failure_ = AppointmentFailure{.reason = AppointmentFailure::Reason::Refused,
                                          .refusal = {.reason = Refusal::Reason::NoSession},
                                          .detail = {}};
    }
    ~PinScreen() override { wipe(pin_); }

    Page describe() override {
        Page page;
        page.id = "pin";
        page.title = context_.tr("PIN of {}", visit_->member.masked_name);
        if (ticket_ != 0) {
            state_pages_.describe(page, {StateElement{"timer-sand", context_.tr("The platform checks the PIN..."), ""}},
                                  context_.tr("Cancel"));
        } else if (has_trouble()) {
            state_pages_.describe(page, failure_elements(context_, *failure_, help_number(context_)), context_.tr("Back"));
        } else {
            page.legend = {{{Key::Digit0, Key::Digit9}, context_.tr("Type")},
                           {{Key::Left}, context_.tr("Delete the last digit")},
                           {{Key::Back}, context_.tr("Back")}};
            add_question(page);
        }
        return page;
    }

    Action press(Key key) override {
        if (ticket_ != 0 || has_trouble()) return state_pages_.press(key);
        if (auto digit = input::digit_of(key)) {
            pin_ += static_cast<char>('0' + *digit);
            if (pin_.size() == kPinLength) send();
        } else if (key == Key::Left && !pin_.empty()) {
            pin_.back() = 0;
            pin_.pop_back();
        }
        return Stay{};
    }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return true; }
    Step step() const override { return Step::Last; }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        state_pages_.start_again();
        if (const auto* session = std::get_if<std::shared_ptr<const Session>>(&answer.result); session && *session) {
            visit_->session = *session;
            return on_visit_(visit_);
        }
        const auto* failure = std::get_if<AppointmentFailure>(&answer.result);
        failure_ = failure != nullptr ? *failure : AppointmentFailure();
        return Stay{};
    }

  private:
    static constexpr int kPinLength = 4;

    /// What another try does not mend.
    bool has_trouble() const {
        return failure_ && !is_refused(*failure_, Refusal::Reason::WrongPin) &&
               !is_refused(*failure_, Refusal::Reason::NoSession);
    }

    /// The cells of the PIN under as much of the rest as there is room for.
    void add_question(Page& page) {
        std::vector<Element> elements{
            ParagraphElement{.text = context_.tr("Type the four digits that the community office gave you.")}};
        if (failure_) elements.push_back(HeadingElement{refusal_sentence(context_, failure_->refusal)});
        elements.push_back(PinElement{kPinLength, static_cast<int>(pin_.size())});
        auto fits = [&] { return context_.layouter->paginate(page, page, elements).size() == 1; };
        if (!fits()) elements.erase(elements.begin());
        if (!fits()) page.title.clear();
        page.elements = std::move(elements);
        page.focus = page.elements.size() - 1;
    }

    void send() {
        failure_.reset();
        if (context_.appointments == nullptr) failure_ = no_client();
        else ticket_ = context_.appointments->open_session(visit_->member.ref, pin_);
        wipe(pin_);
    }

    Context& context_;
    std::shared_ptr<Visit> visit_;
    OnVisit on_visit_;
    StatePages state_pages_;
    std::string pin_;
    platform::Ticket ticket_ = 0;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_pin_screen(Context& context, std::shared_ptr<Visit> visit, PinReason reason, OnVisit on_visit) {
    return std::make_unique<PinScreen>(context, std::move(visit), reason, std::move(on_visit));
}

}  // namespace linli::app
