#include "tests/serving/calendar.h"

#include <string>

namespace linli::tests {

using namespace std::chrono;

std::vector<std::uint32_t> attempts_by_second(const Calendar& calendar) {
    std::vector<std::uint32_t> attempts(static_cast<std::size_t>(calendar.length.count()));
    milliseconds outage_ends = calendar.outage_begins + calendar.outage;
    for (int i = 0; i < calendar.boxes; ++i) {
        platform::SyncSchedule schedule(calendar.bounds, "box-" + std::to_string(i));
        for (milliseconds now = schedule.start_delay(); now < calendar.length;) {
            ++attempts[static_cast<std::size_t>(floor<seconds>(now).count())];
            if (now >= calendar.outage_begins && now < outage_ends) {
                now += schedule.after_failure({});
            } else {
                schedule.forget_failures();
                now += schedule.after_success(calendar.poll);
            }
        }
    }
    return attempts;
}

}  // namespace linli::tests
