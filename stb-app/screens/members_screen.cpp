// Whose appointment: the members of the household, by their masked names.

#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"

namespace linli::app {

using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::Member;

namespace {

class MembersScreen final : public ListScreen {
  public:
    MembersScreen(Context& context, std::string title, OnMember on_member)
        : ListScreen(context), title_(std::move(title)), on_member_(std::move(on_member)) {
        if (context_.appointments != nullptr) ticket_ = context_.appointments->ask_members();
        else failure_ = no_client();
    }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return !members_.empty(); }
    Step step() const override { return Step::Last; }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        if (const auto* members = std::get_if<std::vector<Member>>(&answer.result)) members_ = *members;
        else if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) failure_ = *failure;
        else failure_.emplace();
        // Where there is one only, there is nothing to choose.
        if (members_.size() == 1) return Replace{on_member_(members_.front())};
        reload();
        return Stay{};
    }

  protected:
    std::string id() const override { return "members"; }
    std::string title() override { return members_.empty() ? context_.tr("Appointments") : title_; }

    std::size_t load_rows() override { return members_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        RowElement row;
        row.title = members_[index].masked_name;
        row.symbol = "account-circle";
        row.hue = static_cast<int>(index);
        return row;
    }

    Action choose(std::size_t row) override { return Open{on_member_(members_[row])}; }
    std::string choose_word() override { return context_.tr("Choose"); }

    StateElement empty_state() override {
        if (ticket_ != 0) return {"timer-sand", context_.tr("Asking the community platform..."), ""};
        return {"account-circle", context_.tr("Nobody is registered for this household yet."),
                context_.tr("Please call your community office.")};
    }

    std::vector<Element> empty_elements() override {
        if (failure_) return failure_elements(context_, *failure_, help_number(context_));
        std::vector<Element> elements{empty_state()};
        if (ticket_ == 0)
            for (Element& number : help_number(context_)) elements.push_back(std::move(number));
        return elements;
    }

  private:
    std::string title_;
    OnMember on_member_;
    platform::Ticket ticket_ = 0;
    std::vector<Member> members_;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_members_screen(Context& context, std::string title, OnMember on_member) {
    return std::make_unique<MembersScreen>(context, std::move(title), std::move(on_member));
}

}  // namespace linli::app
