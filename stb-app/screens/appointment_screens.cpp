// Looking up appointments: whose, the PIN, the list, one of them. What comes from the platform lives in these
// screens alone and is gone when they close.

#include <algorithm>

#include "middleware/base/local_time.h"
#include "stb-app/screens/legend.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/state_pages.h"
#include "stb-app/screens/text_screen.h"
#include "stb-app/words.h"

namespace linli::app {

using input::Key;
using platform::Appointment;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::AppointmentState;
using platform::Member;

namespace {

/// The telephone of the nearest office on the chain, for when the platform cannot be reached.
std::vector<Element> office_telephone(const Context& context) {
    for (auto code = context.chain.rbegin(); code != context.chain.rend(); ++code) {
        auto area = context.content.area(*code);
        if (!area || !*area || !(*area)->office || (*area)->office->telephones.empty()) continue;
        return {NumberElement{(*area)->office->name, (*area)->office->telephones.front().number}};
    }
    return {};
}

bool is_refused(const std::optional<AppointmentFailure>& failure, platform::Refusal::Reason reason) {
    return failure && failure->reason == AppointmentFailure::Reason::Refused && failure->refusal.reason == reason;
}

std::string lock_sentence(const Context& context, const platform::Refusal& refusal) {
    auto minutes = std::max<std::int64_t>(1, (refusal.seconds.count() + 59) / 60);
    return context.tr_n("Too many wrong PINs. Please try again in {} minute.",
                                          "Too many wrong PINs. Please try again in {} minutes.", minutes);
}

class MembersScreen final : public ListScreen {
  public:
    explicit MembersScreen(Context& context) : ListScreen(context) {
        if (context_.appointments != nullptr) ticket_ = context_.appointments->ask_members();
    }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return !members_.empty(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        if (const auto* members = std::get_if<std::vector<Member>>(&answer.result)) members_ = *members;
        if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) {
            failure_ = *failure;
        }
        reload();
        return Stay{};
    }

  protected:
    std::string id() const override { return "members"; }
    std::string title() override {
        return members_.empty() ? context_.tr("Appointments") : context_.tr("Whose appointments?");
    }

    std::size_t load_rows() override { return members_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        RowElement row;
        row.title = members_[index].masked_name;
        row.symbol = "account-circle";
        row.hue = static_cast<int>(index);
        return row;
    }

    Action choose(std::size_t row) override { return Open{make_pin_screen(context_, members_[row])}; }
    std::string choose_word() override { return context_.tr("Choose"); }

    StateElement empty_state() override {
        if (ticket_ != 0) return {"timer-sand", context_.tr("Asking the community platform..."), ""};
        if (is_refused(failure_, platform::Refusal::Reason::UnknownBox))
            return {"lock", context_.tr("This box is not registered for appointments yet. Please call your community office."), ""};
        if (failure_ || context_.appointments == nullptr)
            return {"lan-disconnect", context_.tr("The appointment service cannot be reached just now."),
                    context_.tr("Please try again later, or call your community office.")};
        return {"account-circle", context_.tr("Nobody is registered for this household yet."),
                context_.tr("Please call your community office.")};
    }

    std::vector<Element> empty_extras() override {
        if (ticket_ != 0) return {};
        return office_telephone(context_);
    }

  private:
    platform::Ticket ticket_ = 0;
    std::vector<Member> members_;
    std::optional<AppointmentFailure> failure_;
};

/// Overwrites a secret before its memory is given back.
void wipe(std::string& secret) {
    volatile char* bytes = secret.data();
    for (std::size_t i = 0; i < secret.size(); ++i) bytes[i] = 0;
    secret.clear();
}

class PinScreen final : public Screen {
  public:
    PinScreen(Context& context, Member member)
        : context_(context), member_(std::move(member)), state_pages_(context) {
        pin_.reserve(kPinLength);
    }
    ~PinScreen() override { wipe(pin_); }

    Page describe() override {
        Page page;
        page.id = "pin";
        page.title = context_.tr("PIN of {}", member_.masked_name);
        bool is_locked = is_refused(failure_, platform::Refusal::Reason::Locked);
        if (ticket_ != 0) {
            state_pages_.describe(page, {StateElement{"timer-sand", context_.tr("Looking up the appointments..."), ""}},
                                  context_.tr("Cancel"));
        } else if (has_failed()) {
            std::vector<Element> elements{StateElement{
                is_locked ? "lock" : "lan-disconnect",
                is_locked ? lock_sentence(context_, failure_->refusal) : context_.tr("The appointment service cannot be reached just now."),
                context_.tr("Please try again later, or call your community office.")}};
            for (Element& element : office_telephone(context_)) elements.push_back(std::move(element));
            state_pages_.describe(page, elements, context_.tr("Back"));
        } else {
            page.legend = {{{Key::Digit0, Key::Digit9}, context_.tr("Type")},
                           {{Key::Left}, context_.tr("Delete the last digit")},
                           {{Key::Back}, context_.tr("Back")}};
            add_question(page);
        }
        return page;
    }

    Action press(Key key) override {
        if (ticket_ != 0 || has_failed()) return state_pages_.press(key);
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

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        if (const auto* session = std::get_if<std::shared_ptr<const platform::Session>>(&answer.result)) {
            ticket_ = context_.appointments->ask_mine(*session);
            return Stay{};
        }
        state_pages_.start_again();
        if (const auto* appointments = std::get_if<std::vector<Appointment>>(&answer.result))
            return Replace{make_appointment_list_screen(context_, member_.masked_name, *appointments)};
        if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) {
            failure_ = *failure;
        }
        return Stay{};
    }

  private:
    static constexpr int kPinLength = 4;

    /// In another way than by a wrong PIN, which is asked for again.
    bool has_failed() const { return failure_ && !is_refused(failure_, platform::Refusal::Reason::WrongPin); }

    /// The cells of the PIN under as much of the rest as there is room for.
    void add_question(Page& page) {
        std::vector<Element> elements{
            ParagraphElement{.text = context_.tr("Type the four digits that the community office gave you.")}};
        if (failure_)
            elements.push_back(HeadingElement{context_.tr_n("That PIN is not right. {} try is left.",
                                                            "That PIN is not right. {} tries are left.",
                                                            std::max(0, failure_->refusal.tries_left))});
        elements.push_back(PinElement{kPinLength, static_cast<int>(pin_.size())});
        auto fits = [&] { return context_.layouter->paginate(page, page, elements).size() == 1; };
        if (!fits()) elements.erase(elements.begin());
        if (!fits()) page.title.clear();
        page.elements = std::move(elements);
        page.focus = page.elements.size() - 1;
    }

    void send() {
        failure_.reset();
        if (context_.appointments == nullptr) {
            failure_.emplace();
            wipe(pin_);
            return;
        }
        ticket_ = context_.appointments->open_session(member_.ref, pin_);
        wipe(pin_);
    }

    Context& context_;
    Member member_;
    StatePages state_pages_;
    std::string pin_;
    platform::Ticket ticket_ = 0;
    std::optional<AppointmentFailure> failure_;
};

class AppointmentListScreen final : public ListScreen {
  public:
    AppointmentListScreen(Context& context, std::string masked_name, std::vector<Appointment> appointments)
        : ListScreen(context), masked_name_(std::move(masked_name)), appointments_(std::move(appointments)) {
        // What is to come first, the next one on top; then what has been, the latest first.
        auto now = context_.now().value_or(std::chrono::sys_seconds{});
        std::ranges::stable_sort(appointments_, [now](const Appointment& a, const Appointment& b) {
            bool a_is_over = a.start && *a.start < now, b_is_over = b.start && *b.start < now;
            if (a_is_over != b_is_over) return b_is_over;
            return a_is_over ? a.start > b.start : a.start < b.start;
        });
    }

    bool is_personal() const override { return true; }

  protected:
    std::string id() const override { return "appointments"; }
    std::string title() override { return context_.tr("Appointments of {}", masked_name_); }

    std::size_t load_rows() override { return appointments_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        const Appointment& appointment = appointments_[index];
        RowElement row;
        row.title = appointment.service_name;
        row.detail = words::state(context_, appointment.state);
        if (appointment.start)
            row.detail = base::format("{} · {}", words::date_and_time(context_, *appointment.start), row.detail);
        bool is_open = appointment.state == AppointmentState::Booked || appointment.state == AppointmentState::Pending;
        row.symbol = is_open ? "calendar-check" : "check-circle";
        row.hue = is_open ? 4 : -1;
        row.is_done = !is_open;
        return row;
    }

    Action choose(std::size_t row) override { return Open{make_appointment_screen(context_, appointments_[row])}; }

    StateElement empty_state() override {
        return {"calendar-check", context_.tr("There are no appointments."),
                context_.tr("Your community office will gladly make one for you.")};
    }
    std::vector<Element> empty_extras() override { return office_telephone(context_); }

  private:
    std::string masked_name_;
    std::vector<Appointment> appointments_;
};

class AppointmentScreen final : public TextScreen {
  public:
    AppointmentScreen(Context& context, Appointment appointment)
        : TextScreen(context), appointment_(std::move(appointment)) {}

    bool is_personal() const override { return true; }

  protected:
    std::string id() const override { return "appointment"; }
    std::string title() override { return appointment_.service_name; }

    std::vector<Element> elements() override {
        std::vector<Element> elements;
        auto fact = [&](std::string label, std::string value) {
            if (!value.empty()) elements.push_back(FactElement{std::move(label), std::move(value)});
        };
        if (appointment_.start) fact(context_.tr("When"), words::date_and_time(context_, *appointment_.start));
        if (appointment_.duration.count() > 0) {
            fact(context_.tr("Takes"), context_.tr_n("{} minute", "{} minutes", appointment_.duration.count()));
        }
        fact(context_.tr("State"), words::state(context_, appointment_.state));
        fact(context_.tr("Where"), appointment_.place);
        fact(context_.tr("Address"), appointment_.address);
        fact(context_.tr("Number"), appointment_.number);
        if (!appointment_.telephone.empty())
            elements.push_back(NumberElement{context_.tr("Telephone"), appointment_.telephone});
        if (!appointment_.bring.empty()) {
            elements.push_back(HeadingElement{context_.tr("What to bring")});
            for (const std::string& thing : appointment_.bring)
                elements.push_back(ParagraphElement{.text = thing, .marker = "•"});
        }
        return elements;
    }

  private:
    Appointment appointment_;
};

}  // namespace

std::unique_ptr<Screen> make_members_screen(Context& context) { return std::make_unique<MembersScreen>(context); }

std::unique_ptr<Screen> make_pin_screen(Context& context, Member member) {
    return std::make_unique<PinScreen>(context, std::move(member));
}

std::unique_ptr<Screen> make_appointment_list_screen(Context& context, std::string masked_name,
                                                     std::vector<Appointment> appointments) {
    return std::make_unique<AppointmentListScreen>(context, std::move(masked_name), std::move(appointments));
}

std::unique_ptr<Screen> make_appointment_screen(Context& context, Appointment appointment) {
    return std::make_unique<AppointmentScreen>(context, std::move(appointment));
}

}  // namespace linli::app
