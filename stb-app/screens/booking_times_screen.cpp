// The free times of a day; where they are too many for a page, the parts of the day first.

#include <algorithm>
#include <map>

#include "middleware/base/local_time.h"
#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::Slot;

namespace {

enum class Part { Morning, Afternoon, Evening };

/// By the clock on the wall of the box.
Part part_of(const Slot& slot) {
    int hour = base::to_local(slot.start).hour;
    if (hour < 12) return Part::Morning;
    return hour < 18 ? Part::Afternoon : Part::Evening;
}

std::string part_name(const Context& context, Part part) {
    switch (part) {
        case Part::Morning: return context.tr("Morning");
        case Part::Afternoon: return context.tr("Afternoon");
        case Part::Evening: return context.tr("Evening");
    }
    return {};
}

class BookingTimesScreen final : public ListScreen {
  public:
    BookingTimesScreen(Context& context, BookingPlan plan, std::chrono::year_month_day day, TimesReason reason)
        : ListScreen(context), plan_(std::move(plan)), day_(day), reason_(reason) {
        ask();
    }
    /// One part of a day whose slots are known.
    BookingTimesScreen(Context& context, BookingPlan plan, std::chrono::year_month_day day, Part part,
                       std::vector<Slot> slots)
        : ListScreen(context), plan_(std::move(plan)), day_(day), part_(part), all_(std::move(slots)) {}

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return plan_.visit != nullptr; }
    Step step() const override { return Step::Time; }
    /// Places have come and gone meanwhile.
    void resume() override { ask(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        failure_.reset();
        all_.clear();
        if (const auto* slots = std::get_if<std::vector<Slot>>(&answer.result)) all_ = *slots;
        else if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) failure_ = *failure;
        else failure_.emplace();
        reload();
        return Stay{};
    }

  protected:
    std::string id() const override { return "booking.times"; }

    std::string title() override {
        if (reason_ == TimesReason::Quicker && ticket_ == 0 && !failure_) return context_.tr("Somebody was quicker. Another time?");
        std::string day = words::date(context_, day_);
        if (part_) return context_.tr("{0}, {1}: what time?", day, part_name(context_, *part_));
        return context_.tr("{}: what time?", day);
    }

    std::size_t load_rows() override {
        parts_.clear();
        slots_.clear();
        std::map<Part, int> free;
        for (const Slot& slot : all_) {
            bool is_present = plan_.moved && plan_.moved->start == slot.start;
            if (slot.free == 0 || is_present || (part_ && part_of(slot) != *part_)) continue;
            slots_.push_back(slot);
            ++free[part_of(slot)];
        }
        auto numbered = [this](std::size_t index) {
            RowElement row = slot_row(index);
            row.number = 1;
            return row;
        };
        if (free.size() > 1 && rows_that_fit(slots_.size(), numbered) < slots_.size()) {
            parts_.assign(free.begin(), free.end());
            return parts_.size();
        }
        return slots_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        if (parts_.empty()) return slot_row(index);
        RowElement row;
        row.title = part_name(context_, parts_[index].first);
        row.detail = context_.tr_n("{} free time", "{} free times", parts_[index].second);
        row.symbol = "clock";
        row.hue = static_cast<int>(parts_[index].first);
        return row;
    }

    Action choose(std::size_t index) override {
        if (!parts_.empty())
            return Open{std::make_unique<BookingTimesScreen>(context_, plan_, day_, parts_[index].first, all_)};
        return Open{make_who_screen(context_, {.kind = plan_.moved ? platform::Change::Kind::Move : platform::Change::Kind::Hold,
                                               .plan = plan_,
                                               .visit = plan_.visit,
                                               .slot = slots_[index],
                                               .day = day_,
                                               .appointment = plan_.moved.value_or(platform::Appointment())})};
    }
    std::string choose_word() override { return context_.tr("Choose"); }

    StateElement empty_state() override {
        if (ticket_ != 0) return {"timer-sand", context_.tr("Asking the community platform..."), ""};
        return {"clock", context_.tr("There is no free time left on this day."), context_.tr("Please choose another day.")};
    }
    std::vector<Element> empty_elements() override {
        if (failure_) return failure_elements(context_, *failure_, help_number(context_, plan_.service.telephones));
        return {empty_state()};
    }

  private:
    void ask() {
        if (context_.appointments != nullptr) {
            ticket_ = context_.appointments->ask_slots(*plan_.service.key, day_);
            return;
        }
        failure_ = no_client();
        all_.clear();
        reload();
    }

    RowElement slot_row(std::size_t index) {
        const Slot& slot = slots_[index];
        RowElement row;
        // The day is the platform's; in another zone the box's may be the one before or after.
        bool is_other_day = base::to_local(slot.start).date != day_;
        row.title = is_other_day ? words::date_and_time(context_, slot.start) : words::time_of_day(slot.start);
        if (slot.places > 1) row.detail = context_.tr_n("{} place free", "{} places free", slot.free);
        row.symbol = "clock";
        row.hue = static_cast<int>(part_of(slot));
        return row;
    }

    BookingPlan plan_;
    std::chrono::year_month_day day_;
    TimesReason reason_ = TimesReason::Chosen;
    std::optional<Part> part_;
    platform::Ticket ticket_ = 0;
    std::vector<Slot> all_;
    /// What can be chosen of them; or the parts of the day, with how many times are free in each.
    std::vector<Slot> slots_;
    std::vector<std::pair<Part, int>> parts_;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_booking_times_screen(Context& context, BookingPlan plan, std::chrono::year_month_day day,
                                                  TimesReason reason) {
    return std::make_unique<BookingTimesScreen>(context, std::move(plan), day, reason);
}

}  // namespace linli::app
