#include "tests/bench/booking_run.h"

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

namespace linli::bench {

using std::chrono::steady_clock;

namespace {

double milliseconds_since(steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

/// What the bookers of a share have in common.
struct Counter {
    BookingShare share;
    std::atomic<int> next;
    std::mutex mutex;
    BookingOutcome outcome;   // guarded by mutex
    std::string first_error;  // guarded by mutex
};

class Residents {
  public:
    Residents(Booker& booker, std::vector<std::int64_t> slots, Counter& counter, unsigned seed)
        : booker_(booker), slots_(std::move(slots)), counter_(counter), random_(seed) {}

    void run() {
        while (!slots_.empty()) {
            int resident = counter_.share.first + counter_.share.step * counter_.next++;
            if (resident >= counter_.share.residents) break;
            if (!serve(resident)) break;
        }
        std::lock_guard lock(counter_.mutex);
        counter_.outcome.add(mine_);
    }

  private:
    /// False after an error.
    bool serve(int resident) {
        while (!slots_.empty()) {
            std::size_t choice = random_() % slots_.size();
            auto begin = steady_clock::now();
            auto booked = booker_.book(resident, slots_[choice]);
            if (!booked) {
                std::lock_guard lock(counter_.mutex);
                if (counter_.first_error.empty()) counter_.first_error = booked.error().message;
                return false;
            }
            if (*booked) {
                mine_.took.push_back(milliseconds_since(begin));
                ++mine_.booked;
                return true;
            }
            ++mine_.conflicts;
            std::swap(slots_[choice], slots_.back());
            slots_.pop_back();
        }
        return true;
    }

    Booker& booker_;
    /// Not known to be full.
    std::vector<std::int64_t> slots_;
    Counter& counter_;
    std::minstd_rand random_;
    BookingOutcome mine_;
};

}  // namespace

void BookingOutcome::add(const BookingOutcome& other) {
    booked += other.booked;
    conflicts += other.conflicts;
    seconds = std::max(seconds, other.seconds);
    took.insert(took.end(), other.took.begin(), other.took.end());
}

base::Result<BookingOutcome> book_all(std::vector<std::unique_ptr<Booker>> bookers, const std::vector<std::int64_t>& slots,
                                      const BookingShare& share) {
    Counter counter{.share = share, .next = 0, .mutex = {}, .outcome = {}, .first_error = {}};
    auto begin = steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t number = 0; number < bookers.size(); ++number)
            threads.emplace_back([&, number] {
                auto seed = static_cast<unsigned>(1 + share.first + 7919 * number);
                Residents(*bookers[number], slots, counter, seed).run();
            });
    }
    if (!counter.first_error.empty()) return base::fail(counter.first_error);
    counter.outcome.seconds = milliseconds_since(begin) / 1000;
    return std::move(counter.outcome);
}

}  // namespace linli::bench
