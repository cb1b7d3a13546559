#pragma once

#include <cstdint>
#include <filesystem>

namespace linli::storage {

/// A file that is good for nothing but its length: on a full disk it is let go, so that a database has room to write down
/// that something is deleted. Its bytes are such that no file system makes them shorter.
class SpaceReserve {
  public:
    SpaceReserve(std::filesystem::path file, std::uint64_t bytes) : file_(std::move(file)), bytes_(bytes) {}

    /// Makes it where it is not there. What does not fit on the disk is left for the next time.
    void keep();
    void let_go();

  private:
    std::filesystem::path file_;
    std::uint64_t bytes_;
};

}  // namespace linli::storage
