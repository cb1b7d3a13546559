#include "simulator/shifted_clock.h"

namespace linli::simulator {

using namespace std::chrono;

namespace {

sys_seconds machine_time() { return floor<seconds>(system_clock::now()); }

}  // namespace

sys_seconds ShiftedClock::now() const { return machine_time() + seconds(offset_seconds_.load()); }

void ShiftedClock::set(sys_seconds time) { offset_seconds_ = (time - machine_time()).count(); }

}  // namespace linli::simulator
