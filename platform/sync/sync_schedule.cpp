#include "platform/sync/sync_schedule.h"

#include <algorithm>
#include <charconv>

#include "middleware/base/hash.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

constexpr seconds kFirstRetry(5);
constexpr seconds kMostObedience = hours(24);

/// Spread evenly over all boxes, and the same in every version of the program.
std::uint64_t number_of(std::string_view box_id) {
    if (box_id.empty()) return std::random_device{}();
    std::string hash = base::Sha256::of(box_id);
    std::uint64_t number = 0;
    std::from_chars(hash.data(), hash.data() + 16, number, 16);
    return number;
}

}  // namespace

SyncSchedule::SyncSchedule(const SyncBounds& bounds, std::string_view box_id) : bounds_(bounds) {
    std::uint64_t number = number_of(box_id);
    chance_.seed(number);
    milliseconds spread = bounds.start_spread;
    start_delay_ = spread.count() > 0 ? milliseconds(number % static_cast<std::uint64_t>(spread.count())) : spread;
}

milliseconds SyncSchedule::by_chance(milliseconds from, milliseconds until) {
    return milliseconds(std::uniform_int_distribution(from.count(), until.count())(chance_));
}

milliseconds SyncSchedule::after_success(seconds poll) {
    milliseconds wait = std::clamp(poll, bounds_.least, std::max(bounds_.least, bounds_.most));
    return by_chance(wait * 9 / 10, wait * 11 / 10);
}

milliseconds SyncSchedule::after_success_of_alerts(seconds poll) {
    milliseconds wait = std::clamp(poll, bounds_.least_alerts, std::max(bounds_.least_alerts, bounds_.most));
    return by_chance(wait * 9 / 10, wait * 11 / 10);
}

milliseconds SyncSchedule::after_failure(std::optional<seconds> retry_after) {
    constexpr int kMostDoublings = 20;
    milliseconds wait = std::min<milliseconds>(kFirstRetry * (1LL << std::min(failures_, kMostDoublings)), bounds_.most);
    ++failures_;
    milliseconds chosen = by_chance(wait / 2, wait);
    if (!retry_after) return chosen;
    // Who was told the same time does not come at the same time.
    return std::max(chosen, milliseconds(std::min(*retry_after, kMostObedience)) + by_chance(milliseconds(0), wait / 2));
}

}  // namespace linli::platform
