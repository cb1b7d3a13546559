#pragma once

#include <time.h>

#include <algorithm>
#include <limits>

namespace linli::bench {

/// Of the processor, for this thread: what else the machine does counts not.
inline double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// One of several that do the same work and take turns: the best run of each counts, so that a machine which is slower at
/// times (others share its caches and its power) wrongs none of them.
class Runner {
  public:
    template <typename Run>
    void run(Run run) {
        double begin = processor_seconds();
        run();
        best_ = std::min(best_, processor_seconds() - begin);
    }
    double seconds() const { return best_; }
    /// 10^6 bytes.
    double megabytes_a_second(double bytes) const { return bytes / best_ / 1e6; }

  private:
    double best_ = std::numeric_limits<double>::max();
};

}  // namespace linli::bench
