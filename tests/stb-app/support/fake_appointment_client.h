#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/appointments/appointment_client.h"

namespace linli::tests {

/// A platform that answers when the test says so, and remembers what it was asked.
class FakeAppointmentClient final : public platform::AppointmentClient {
  public:
    struct Question {
        platform::Ticket ticket = 0;
        /// Empty: who the members are.
        std::string member_ref;
        std::string pin;
    };

    platform::Ticket ask_members() override { return ask("", ""); }
    platform::Ticket look_up(const std::string& member_ref, std::string pin) override {
        return ask(member_ref, std::move(pin));
    }
    void set_listener(OnAnswer on_answer) override { on_answer_ = std::move(on_answer); }
    void set_network(bool) override {}

    template <typename Result>
    void answer(platform::Ticket ticket, Result result) {
        on_answer_({ticket, std::move(result)});
    }
    /// Answers the last question.
    template <typename Result>
    void answer(Result result) {
        answer(questions.back().ticket, std::move(result));
    }
    void fail(platform::AppointmentFailure::Reason reason, int tries_left = 0,
              std::chrono::seconds locked_for = {}) {
        answer(platform::AppointmentFailure{reason, tries_left, locked_for, "from the test"});
    }

    std::vector<Question> questions;

  private:
    platform::Ticket ask(std::string member_ref, std::string pin) {
        questions.push_back({++last_ticket_, std::move(member_ref), std::move(pin)});
        return last_ticket_;
    }
    platform::Ticket last_ticket_ = 0;
    OnAnswer on_answer_;
};

}  // namespace linli::tests
