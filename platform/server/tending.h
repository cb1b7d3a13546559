#pragma once

#include <chrono>
#include <thread>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// Has a store do what time brings (BookingStore::tend) at once and then every minute, on a thread of its own. What goes
/// wrong is logged, and tried again a minute later.
class Tending {
  public:
    /// Store, clock and log outlive it.
    Tending(BookingStore& store, base::Clock& clock, base::Log& log, std::chrono::milliseconds pause = std::chrono::minutes(1));
    /// Waits for what is being done.
    ~Tending();
    Tending(const Tending&) = delete;
    Tending& operator=(const Tending&) = delete;

  private:
    std::jthread thread_;
};

}  // namespace linli::platform
