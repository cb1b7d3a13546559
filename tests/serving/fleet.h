#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/base/log.h"

namespace linli::tests {

struct FleetOptions {
    /// Of the publication.
    std::string url;
    std::filesystem::path root_file;
    std::filesystem::path ca_file;
    /// The boxes' areas, in turn.
    std::vector<content::AreaCode> areas;
    int boxes = 0;
    /// Where their stores are.
    std::filesystem::path folder;
    /// How many of them sync at the same time.
    int at_a_time = 4;
};

/// Boxes that sync from one publication with the code of real ones (ChainSync), each with a store, keys, connections
/// and sessions of its own. When they sync is said by the caller: their clocks (SyncSchedule) would have them wait.
class Fleet {
  public:
    explicit Fleet(const FleetOptions& options);
    ~Fleet();

    enum class Due { Everything, Alerts };
    /// What all boxes together did.
    struct Round {
        int failed = 0;
        int areas_changed = 0;
        /// Parts of areas that were asked for.
        int asked = 0;
        /// Of HTTP: bodies and headers, as HTTP/1.1 would write them.
        std::uint64_t received = 0;
        std::uint64_t sent = 0;
        std::chrono::duration<double> took{};
        /// The first that went wrong.
        std::string error;
    };
    /// Every box once, as soon as its turn comes.
    Round sync(Due due);

    struct Box;

  private:
    base::SystemClock clock_;
    std::unique_ptr<base::Log> log_ = base::make_silent_log();
    int at_a_time_;
    std::vector<std::unique_ptr<Box>> boxes_;
};

}  // namespace linli::tests
