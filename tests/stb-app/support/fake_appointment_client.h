#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/appointments/appointment_client.h"

namespace linli::tests {

/// A platform that answers when the test says so, and remembers what it was asked.
class FakeAppointmentClient final : public platform::AppointmentClient {
  public:
    /// What was asked, with the arguments that go with its kind.
    struct Question {
        enum class Kind { Members, Services, Days, Slots, Session, Mine, Change, Reminders, Results };
        Kind kind = Kind::Members;
        platform::Ticket ticket = 0;
        std::string area = {};
        /// The item key.
        std::string service = {};
        std::chrono::year_month_day day = {};
        std::string member_ref = {};
        std::string pin = {};
        std::shared_ptr<const platform::Session> session = {};
        platform::Change change = {};
        /// Of a receipt.
        std::string digits = {};
    };
    using Kind = Question::Kind;

    platform::Ticket ask_members() override { return ask({.kind = Kind::Members}); }
    platform::Ticket ask_services(const content::AreaCode& area) override {
        return ask({.kind = Kind::Services, .area = area.str()});
    }
    platform::Ticket ask_days(const content::ItemKey& service) override {
        return ask({.kind = Kind::Days, .service = service.str()});
    }
    platform::Ticket ask_slots(const content::ItemKey& service, std::chrono::year_month_day day) override {
        return ask({.kind = Kind::Slots, .service = service.str(), .day = day});
    }
    platform::Ticket open_session(const std::string& member_ref, std::string pin) override {
        return ask({.kind = Kind::Session, .member_ref = member_ref, .pin = std::move(pin)});
    }
    platform::Ticket ask_mine(const std::shared_ptr<const platform::Session>& session) override {
        return ask({.kind = Kind::Mine, .session = session});
    }
    platform::Ticket make_change(const std::shared_ptr<const platform::Session>& session,
                                 platform::Change change) override {
        return ask({.kind = Kind::Change, .session = session, .change = std::move(change)});
    }
    platform::Ticket ask_reminders() override { return ask({.kind = Kind::Reminders}); }
    platform::Ticket ask_results(const std::string& digits) override {
        return ask({.kind = Kind::Results, .digits = digits});
    }
    void set_listener(OnAnswer on_answer) override { on_answer_ = std::move(on_answer); }
    void set_settled_listener(OnSettled on_settled) override { on_settled_ = std::move(on_settled); }
    void set_network(bool) override {}

    const Question& last() const { return questions.back(); }

    template <typename Result>
    void answer(platform::Ticket ticket, Result result) {
        on_answer_({ticket, std::move(result)});
    }
    /// Answers the last question.
    template <typename Result>
    void answer(Result result) {
        answer(questions.back().ticket, std::move(result));
    }
    /// Answers the last question, a PIN, with a session of its member.
    void let_in() {
        answer(std::make_shared<const platform::Session>("s-" + last().member_ref, last().member_ref,
                                                         std::chrono::seconds(600)));
    }
    void fail(platform::AppointmentFailure::Reason reason) {
        answer(platform::AppointmentFailure{.reason = reason, .detail = "from the test"});
    }
    void refuse(platform::Refusal refusal) {
        answer(platform::AppointmentFailure{.reason = platform::AppointmentFailure::Reason::Refused,
                                            .refusal = std::move(refusal),
                                            .detail = "from the test"});
    }
    /// Tells what became of a change that was answered as unsettled, or was made before the box started.
    void settle(platform::SettledChange change) { on_settled_(std::move(change)); }

    std::vector<Question> questions;

  private:
    platform::Ticket ask(Question question) {
        question.ticket = ++last_ticket_;
        questions.push_back(std::move(question));
        return last_ticket_;
    }
    platform::Ticket last_ticket_ = 0;
    OnAnswer on_answer_;
    OnSettled on_settled_;
};

}  // namespace linli::tests
