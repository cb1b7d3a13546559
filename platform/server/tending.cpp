#include "platform/server/tending.h"

#include <condition_variable>
#include <mutex>

#include "middleware/base/format.h"

namespace linli::platform {

namespace {

void tend_for_ever(const std::stop_token& token, BookingStore& store, base::Clock& clock, base::Log& log,
                   std::chrono::milliseconds pause) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!token.stop_requested()) {
        if (auto done = store.tend(clock.now()); !done)
            log.error(base::format("what time brings was not done: {}", done.error().message));
        wake.wait_for(lock, token, pause, [] { return false; });
    }
}

}  // namespace

Tending::Tending(BookingStore& store, base::Clock& clock, base::Log& log, std::chrono::milliseconds pause)
    : thread_([&store, &clock, &log, pause](const std::stop_token& token) { tend_for_ever(token, store, clock, log, pause); }) {}

Tending::~Tending() = default;

}  // namespace linli::platform
