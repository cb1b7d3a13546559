#pragma once

#include <functional>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/booking_town.h"

namespace linli::bench {

/// What came of a load.
struct BookingOutcome {
    std::int64_t booked = 0;
    /// A slot that was chosen had just been given to others.
    std::int64_t conflicts = 0;
    double seconds = 0;
    /// Milliseconds of each booking: a hold and a confirmation.
    std::vector<double> took;

    /// What came of others at the same time.
    void add(const BookingOutcome& other);
    /// What came of others afterwards.
    void add_after(const BookingOutcome& other);
};

/// One who books for one resident after the other, in a thread of its own.
class Booker {
  public:
    virtual ~Booker() = default;
    /// False where the slot is full.
    virtual base::Result<bool> book(int resident, std::int64_t slot) = 0;
};

/// Residents first, first + step… book, each a slot by chance of those that his box does not know to be full, until he has
/// one or all are full. Each booker stands for so many boxes, one after the other.
struct BookingShare {
    int first = 0;
    int step = 1;
    int residents = 0;
    int boxes_of_booker = 1;
};
base::Result<BookingOutcome> book_all(std::vector<std::unique_ptr<Booker>> bookers, const std::vector<std::int64_t>& slots,
                                      const BookingShare& share);

/// As so many boxes at once, over HTTP, each on a connection that it keeps, spread over the instances.
base::Result<BookingOutcome> book_over_http(const std::vector<std::uint16_t>& ports, int boxes,
                                            const std::vector<std::int64_t>& slots, int residents);

}  // namespace linli::bench
