#pragma once

#include <filesystem>
#include <memory>

#include "middleware/base/result.h"

namespace linli::simulator {

/// A new empty folder for what a run needs and nobody keeps; it goes with the object.
class ScratchFolder {
  public:
    static base::Result<std::unique_ptr<ScratchFolder>> create();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace linli::simulator
