// linli-bench-booking DATABASE CONNECTIONS FIRST STEP RESIDENTS BOXES: books at the bare database, as an instance of the
// platform with so many connections would, each of which serves so many boxes. Says "ready", and begins when it gets a line; then "booked N CONFLICTS SECONDS", a line
// with the milliseconds of each booking, and "end"; or "failed WHY".

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "middleware/base/format.h"
#include "tests/bench/bare_booking.h"
#include "tests/bench/booking_run.h"

using namespace linli;

namespace {

void say(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

class BareBooker final : public bench::Booker {
  public:
    BareBooker(std::unique_ptr<platform::SqlConnection> connection, std::int64_t first_number)
        : connection_(std::move(connection)), booking_(*connection_, first_number) {}

    base::Result<bool> book(int resident, std::int64_t slot) override {
        auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        auto booked = booking_.book(resident, slot, now);
        if (!booked) return base::fail(booked.error().message);
        return *booked;
    }

  private:
    std::unique_ptr<platform::SqlConnection> connection_;
    bench::BareBooking booking_;
};

base::Result<bench::BookingOutcome> run(const std::string& database, int connections, const bench::BookingShare& share) {
    constexpr std::int64_t kNumbersEach = 100'000;
    auto opened = bench::open_database(database);
    if (!opened) return base::fail(opened.error().message);
    LINLI_TRY(slots, bench::slots_of(database));
    std::vector<std::unique_ptr<bench::Booker>> bookers;
    for (int number = 0; number < connections; ++number) {
        auto connection = (*opened)->connect();
        if (!connection) return base::fail(connection.error().message);
        bookers.push_back(std::make_unique<BareBooker>(std::move(*connection),
                                                       kNumbersEach * (1 + share.first + share.step * number)));
    }
    say("ready");
    std::string go;
    std::getline(std::cin, go);
    return bench::book_all(std::move(bookers), slots, share);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) return 2;
    auto outcome = run(argv[1], std::atoi(argv[2]), {std::atoi(argv[3]), std::atoi(argv[4]), std::atoi(argv[5]), std::atoi(argv[6])});
    if (!outcome) {
        say("failed " + outcome.error().message);
        return 1;
    }
    say(base::format("booked {} {} {:.6f}", outcome->booked, outcome->conflicts, outcome->seconds));
    for (double milliseconds : outcome->took) say(base::format("{:.3f}", milliseconds));
    say("end");
    return 0;
}
