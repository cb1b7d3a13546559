#pragma once

#include <filesystem>

#include "middleware/base/result.h"

namespace linli::platform {

/// Held while a tree is written to (TREE/.publishing); who comes second waits. Makes the folder of
/// the tree.
class TreeLock {
  public:
    static base::Result<TreeLock> take(const std::filesystem::path& tree);
    ~TreeLock();
    TreeLock(TreeLock&& other) noexcept;
    TreeLock& operator=(TreeLock&&) = delete;

  private:
    explicit TreeLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace linli::platform
