#include "platform/appointments/platform_time.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

std::int64_t monotonic_seconds() {
    return duration_cast<seconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void PlatformTime::hear(std::optional<sys_seconds> date) {
    if (!date) return;
    offset_ = date->time_since_epoch().count() - monotonic_seconds();
    is_heard_ = true;
}

sys_seconds PlatformTime::now() const {
    if (!is_heard_) return floor<seconds>(system_clock::now());
    return sys_seconds(seconds(offset_ + monotonic_seconds()));
}

}  // namespace linli::platform
