// What can be booked here, and the way to one's own appointments.

#include <algorithm>

#include "stb-app/screens/booking_troubles.h"
#include "stb-app/screens/category_looks.h"
#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/words.h"

namespace linli::app {

using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::BookableService;

namespace {

/// What a row tells of the free places.
std::string free_places(const Context& context, const BookableService& service) {
    if (service.free > 0 && service.first) return context.tr("free from {}", words::date(context, *service.first));
    if (service.free > 0) return context.tr("places are free");
    return service.has_waiting_list ? context.tr("full · waiting list") : context.tr("full");
}

class BookingBoardScreen final : public ListScreen {
  public:
    explicit BookingBoardScreen(Context& context) : ListScreen(context), looks_(context) { ask(); }

    bool is_waiting() const override { return ticket_ != 0; }
    /// Places have come and gone meanwhile.
    void resume() override { ask(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        ticket_ = 0;
        failure_.reset();
        if (const auto* services = std::get_if<std::vector<BookableService>>(&answer.result)) {
            offers_ = *services;
            has_offers_ = true;
        } else if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) {
            failure_ = *failure;
        } else {
            failure_.emplace();
        }
        reload();
        return Stay{};
    }

  protected:
    std::string id() const override { return "booking"; }
    std::string title() override { return context_.tr("Appointments"); }

    std::size_t load_rows() override {
        looks_.forget();
        services_.clear();
        if (!has_offers_ || failure_) return 0;
        for (const BookableService& offer : offers_) {
            auto key = content::ItemKey::parse(offer.ref, context_.chain.front());
            if (key) services_.push_back({find_service(context_, *key, offer.name), &offer});
        }
        return kOwnRows + services_.size();
    }

    RowElement row(std::size_t index, RowUse) override {
        RowElement row;
        if (index == 0) {
            row.title = context_.tr("My appointments");
            row.detail = context_.tr("look up, change, cancel");
            row.symbol = "account-circle";
            row.hue = 0;
            return row;
        }
        const auto& [service, offer] = services_[index - kOwnRows];
        row.title = service.name;
        row.detail = free_places(context_, *offer);
        row.symbol = "calendar-check";
        row.hue = 4;
        if (const auto* look = looks_.find(content::Board::Services, service.category)) {
            row.symbol = look->icon;
            row.hue = look->hue;
        }
        row.is_done = offer->free == 0;
        return row;
    }

    Action choose(std::size_t row) override {
        if (row == 0) return Open{make_way_to_my_appointments(context_)};
        const auto& [service, offer] = services_[row - kOwnRows];
        BookingPlan plan;
        plan.service = service;
        plan.offer = *offer;
        return Open{make_booking_days_screen(context_, std::move(plan))};
    }

    StateElement empty_state() override {
        return {"timer-sand", context_.tr("Asking the community platform..."), ""};
    }
    std::vector<Element> empty_elements() override {
        if (failure_) return failure_elements(context_, *failure_, help_number(context_));
        return {empty_state()};
    }

  private:
    static constexpr std::size_t kOwnRows = 1;

    void ask() {
        if (context_.appointments == nullptr) {
            failure_ = no_client();
            reload();
        } else {
            ticket_ = context_.appointments->ask_services(context_.chain.back());
        }
    }

    struct Offered {
        BookedService service;
        const BookableService* offer;
    };
    platform::Ticket ticket_ = 0;
    bool has_offers_ = false;
    std::vector<BookableService> offers_;
    std::vector<Offered> services_;
    std::optional<AppointmentFailure> failure_;
    CategoryLooks looks_;
};

}  // namespace

std::unique_ptr<Screen> make_booking_board_screen(Context& context) {
    return std::make_unique<BookingBoardScreen>(context);
}

}  // namespace linli::app
