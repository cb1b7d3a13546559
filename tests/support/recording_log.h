#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "middleware/base/log.h"

namespace linli::tests {

/// Keeps every line, to look for what must not be in it. Safe from every thread.
class RecordingLog final : public base::Log {
  public:
    void write(Level, std::string_view line) override {
        std::lock_guard lock(mutex_);
        lines_ += std::string(line) + "\n";
    }
    std::string lines() {
        std::lock_guard lock(mutex_);
        return lines_;
    }

  private:
    std::mutex mutex_;
    std::string lines_;  // guarded by mutex_
};

}  // namespace linli::tests
