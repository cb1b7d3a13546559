#pragma once

#include <filesystem>
#include <utility>

#include "middleware/base/result.h"

namespace linli::bench {

/// A temporary folder, gone with this.
class WorkFolder {
  public:
    static base::Result<WorkFolder> create();
    ~WorkFolder();
    WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    WorkFolder& operator=(WorkFolder&&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace linli::bench
