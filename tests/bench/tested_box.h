#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/child.h"

namespace linli::bench {

inline constexpr const char* kDummyDisplay = "--dfb:system=dummy,mode=1280x720,no-sighandler,quiet,no-banner";

/// A box under test, worked through its control socket.
class TestedBox {
  public:
    /// Starts linli-stb with these options and waits until it answers. The socket is made in `work`.
    static base::Result<TestedBox> start(const std::filesystem::path& programs, const std::filesystem::path& work,
                                         std::vector<std::string> options);
    TestedBox(TestedBox&& other) noexcept : child_(std::move(other.child_)), stream_(std::exchange(other.stream_, nullptr)) {}
    ~TestedBox();

    std::string ask(const std::string& command);
    /// From the key to the frame that shows what it did, in milliseconds; 0 where the box did not say.
    double press(const std::string& key);
    Child& child() { return child_; }

  private:
    explicit TestedBox(Child child) : child_(std::move(child)) {}
    Child child_;
    std::FILE* stream_ = nullptr;
};

}  // namespace linli::bench
