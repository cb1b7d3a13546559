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
    Residents(Booker& booker, const std::vector<std::int64_t>& slots, Counter& counter, unsigned seed)
        : booker_(booker), boxes_(static_cast<std::size_t>(counter.share.boxes_of_booker), slots), counter_(counter), random_(seed) {}

    void run() {
        for (std::size_t box = 0;; box = (box + 1) % boxes_.size()) {
            int resident = counter_.share.first + counter_.share.step * counter_.next++;
            if (resident >= counter_.share.residents || !serve(resident, boxes_[box])) break;
        }
        std::lock_guard lock(counter_.mutex);
        counter_.outcome.add(mine_);
    }

  private:
    /// Of the slots that are not known to be full. False after an error.
    bool serve(int resident, std::vector<std::int64_t>& slots) {
        while (!slots.empty()) {
            std::size_t choice = random_() % slots.size();
            auto begin = steady_clock::now();
            auto booked = booker_.book(resident, slots[choice]);
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
            std::swap(slots[choice], slots.back());
            slots.pop_back();
        }
        return true;
    }

    Booker& booker_;
    std::vector<std::vector<std::int64_t>> boxes_;
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

void BookingOutcome::add_after(const BookingOutcome& other) {
    double so_far = seconds;
    add(other);
    seconds = so_far + other.seconds;
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
