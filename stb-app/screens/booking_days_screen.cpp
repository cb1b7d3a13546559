// The days of a service. Before them what most people want: the time they had last, and the first free one.

#include <algorithm>
#include <cstdlib>

#include "middleware/base/local_time.h"
#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using input::Key;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::BookableDay;
using platform::BookableService;
using platform::Slot;

namespace {

/// Of so many days the slots are asked for before nothing is suggested.
constexpr std::size_t kMostLooks = 3;

std::chrono::minutes time_of_day(std::chrono::sys_seconds time) {
    base::LocalTime local = base::to_local(time);
    return std::chrono::hours(local.hour) + std::chrono::minutes(local.minute);
}

class BookingDaysScreen final : public ListScreen {
  public:
    BookingDaysScreen(Context& context, BookingPlan plan) : ListScreen(context), plan_(std::move(plan)) { ask(); }

    bool is_waiting() const override { return is_asking(); }
    bool is_personal() const override { return plan_.visit != nullptr; }
    Step step() const override { return Step::Day; }
    /// Places have come and gone meanwhile.
    void resume() override { ask(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket == 0) return Stay{};
        if (answer.ticket == services_ticket_) {
            services_ticket_ = 0;
            if (const auto* services = std::get_if<std::vector<BookableService>>(&answer.result)) take_services(*services);
        } else if (answer.ticket == days_ticket_) {
            days_ticket_ = 0;
            take_days(answer);
        } else if (Search* search = search_of(answer.ticket)) {
            search->ticket = 0;
            const auto* slots = std::get_if<std::vector<Slot>>(&answer.result);
            take_slots(*search, slots != nullptr ? *slots : std::vector<Slot>());
        } else {
            return Stay{};
        }
        if (!is_asking()) finish();
        return Stay{};
    }

  protected:
    std::string id() const override { return "booking.days"; }
    std::string title() override { return context_.tr("{}: which day?", plan_.service.name); }
    std::size_t load_rows() override { return rows_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        const Row& from = rows_[index];
        RowElement row;
        switch (from.kind) {
            case RowKind::Like:
                row = {.title = context_.tr("As last time: {}", words::date_and_time(context_, from.slot.start)), .symbol = "undo-variant", .hue = 4};
                break;
            case RowKind::First:
                row = {.title = context_.tr("First free time: {}", words::date_and_time(context_, from.slot.start)), .symbol = "clock", .hue = 4};
                break;
            case RowKind::Wait:
                row = {.title = context_.tr("Put me on the waiting list"), .symbol = "timer-sand", .hue = 4};
                break;
            case RowKind::Day:
                row.title = words::date(context_, from.day.date);
                row.symbol = "calendar-check";
                row.hue = from.day.free > 0 ? 2 : -1;
                row.is_done = from.day.free == 0;
                row.detail = day_detail(from.day);
        }
        return row;
    }

    Action choose(std::size_t index) override {
        const Row& row = rows_[index];
        Wish wish{.kind = plan_.moved ? platform::Change::Kind::Move : platform::Change::Kind::Hold,
                  .plan = plan_,
                  .visit = plan_.visit,
                  .slot = row.slot,
                  .day = row.day.date,
                  .appointment = plan_.moved.value_or(platform::Appointment())};
        switch (row.kind) {
            case RowKind::Like:
            case RowKind::First: return Open{make_who_screen(context_, std::move(wish))};
            case RowKind::Wait:
                wish.kind = platform::Change::Kind::Wait;
                return Open{make_who_screen(context_, std::move(wish))};
            case RowKind::Day: break;
        }
        if (row.day.free == 0) return Stay{};
        return Open{make_booking_times_screen(context_, plan_, row.day.date, TimesReason::Chosen)};
    }
    std::string choose_word() override { return context_.tr("Choose"); }

    std::vector<KeyHint> own_keys() override {
        if (plan_.service.category.empty()) return {};
        return {{{Key::Green}, context_.tr("About it")}};
    }
    Action press_own(Key key) override {
        if (key != Key::Green || plan_.service.category.empty()) return Stay{};
        return Open{make_item_screen(context_, *plan_.service.key)};
    }

    StateElement empty_state() override {
        if (is_asking()) return {"timer-sand", context_.tr("Asking the community platform..."), ""};
        return {"calendar-check", context_.tr("No times are offered at the moment."), context_.tr("Please try again later, or call.")};
    }
    std::vector<Element> empty_elements() override {
        std::vector<Element> number = help_number(context_, plan_.service.telephones);
        if (failure_) return failure_elements(context_, *failure_, number);
        std::vector<Element> elements{empty_state()};
        if (!is_asking()) elements.insert(elements.end(), number.begin(), number.end());
        return elements;
    }

  private:
    enum class RowKind { Like, First, Wait, Day };
    struct Row {
        RowKind kind = RowKind::Day;
        BookableDay day;
        Slot slot;
    };
    /// A slot is looked for on one day after the other.
    struct Search {
        RowKind kind;
        std::vector<BookableDay> days;
        std::size_t looks = 0;
        platform::Ticket ticket = 0;
        std::optional<Slot> found;
        const BookableDay& day() const { return days[looks - 1]; }
    };

    bool is_asking() const {
        return services_ticket_ != 0 || days_ticket_ != 0 ||
               std::ranges::any_of(searches_, [](const Search& search) { return search.ticket != 0; });
    }

    void ask() {
        if (context_.appointments == nullptr) {
            failure_ = no_client();
            rows_.clear();
            return reload();
        }
        searches_.clear();
        services_ticket_ = plan_.offer ? 0 : context_.appointments->ask_services(context_.chain.back());
        days_ticket_ = context_.appointments->ask_days(*plan_.service.key);
    }

    void take_services(const std::vector<BookableService>& services) {
        auto offer = std::ranges::find(services, plan_.service.key->str(), &BookableService::ref);
        if (offer == services.end()) return;
        plan_.offer = *offer;
        if (plan_.service.name.empty()) plan_.service.name = offer->name;
    }

    void take_days(const AppointmentAnswer& answer) {
        failure_.reset();
        days_.clear();
        if (const auto* days = std::get_if<std::vector<BookableDay>>(&answer.result)) days_ = *days;
        else if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) failure_ = *failure;
        else failure_.emplace();
        // A day without any session is nobody's news, but for its reason.
        std::erase_if(days_, [](const BookableDay& day) { return day.places == 0 && day.closed.empty(); });
        if (plan_.like) search(RowKind::Like);
        search(RowKind::First);
    }

    void search(RowKind kind) {
        Search search{.kind = kind, .days = {}, .looks = 0, .ticket = 0, .found = {}};
        for (const BookableDay& day : days_) {
            bool fits = kind == RowKind::First ||
                        std::chrono::weekday(std::chrono::sys_days(day.date)) == base::to_local(*plan_.like).weekday;
            if (day.free > 0 && fits) search.days.push_back(day);
        }
        look_on(search);
        searches_.push_back(std::move(search));
    }

    void look_on(Search& search) {
        if (search.looks == std::min(kMostLooks, search.days.size())) return;
        ++search.looks;
        search.ticket = context_.appointments->ask_slots(*plan_.service.key, search.day().date);
    }

    Search* search_of(platform::Ticket ticket) {
        auto found = std::ranges::find(searches_, ticket, &Search::ticket);
        return found == searches_.end() ? nullptr : &*found;
    }

    void take_slots(Search& search, std::vector<Slot> slots) {
        std::erase_if(slots, [this](const Slot& slot) {
            return slot.free == 0 || (plan_.moved && plan_.moved->start == slot.start);
        });
        if (slots.empty()) return look_on(search);
        auto away = [&](const Slot& slot) {
            return search.kind == RowKind::First ? slot.start.time_since_epoch().count()
                                                 : std::abs((time_of_day(slot.start) - time_of_day(*plan_.like)).count());
        };
        search.found = *std::ranges::min_element(slots, {}, away);
    }

    void finish() {
        rows_.clear();
        for (const Search& search : searches_) {
            bool is_told = !rows_.empty() && search.found && rows_.back().slot.ref == search.found->ref;
            if (search.found && !is_told) rows_.push_back({search.kind, search.day(), *search.found});
        }
        bool is_full = !days_.empty() && std::ranges::none_of(days_, [](const BookableDay& day) { return day.free > 0; });
        if (is_full && plan_.offer && plan_.offer->has_waiting_list && !plan_.moved) rows_.push_back({RowKind::Wait, {}, {}});
        for (const BookableDay& day : days_) rows_.push_back({RowKind::Day, day, {}});
        reload();
    }

    std::string day_detail(const BookableDay& day) const {
        if (day.free > 0) return context_.tr_n("{} place free", "{} places free", day.free);
        return day.closed.empty() ? context_.tr("full") : day.closed;
    }

    BookingPlan plan_;
    platform::Ticket services_ticket_ = 0, days_ticket_ = 0;
    std::vector<BookableDay> days_;
    std::vector<Search> searches_;
    std::vector<Row> rows_;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_booking_days_screen(Context& context, BookingPlan plan) {
    return std::make_unique<BookingDaysScreen>(context, std::move(plan));
}

}  // namespace linli::app
