#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "content/checker.h"
#include "content/model.h"
#include "middleware/base/clock.h"
#include "middleware/base/result.h"
#include "simulator/local_platform.h"

namespace linli::simulator {

/// What is known of an editor's folder.
struct ContentState {
    struct Area {
        content::AreaCode code;
        std::string name;
    };
    /// By code, so that a parent stands before its children.
    std::vector<Area> areas;
    std::vector<content::Fault> faults;
    int items = 0;
    /// Why publishing failed although there is no fault; mostly empty.
    std::string error;
    /// When this was looked at.
    std::chrono::sys_seconds checked{};

    /// The first of the deepest areas.
    std::optional<content::AreaCode> first_community() const;
};

/// Looks into a folder without publishing it.
ContentState read_content(const std::filesystem::path& folder, std::chrono::sys_seconds now);
/// Publishes it as well, unless it has faults.
ContentState publish_content(const std::filesystem::path& folder, LocalPlatform& platform, std::chrono::sys_seconds now);

/// Looks every two seconds whether files below a folder have changed, on a thread of its own, and works when they have.
class ContentWatch {
  public:
    /// What the files look like now: other when one comes, goes or is written to.
    static std::string look(const std::filesystem::path& folder);
    /// `work` is called on that thread, the first time when the folder does not look as it was `seen`.
    ContentWatch(std::filesystem::path folder, std::string seen, std::function<void()> work);
    /// Ends the thread.
    ~ContentWatch();

  private:
    void watch(const std::stop_token& token);

    std::filesystem::path folder_;
    std::function<void()> work_;
    std::string seen_;
    std::jthread thread_;
};

}  // namespace linli::simulator
