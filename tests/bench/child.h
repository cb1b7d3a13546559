#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "middleware/base/result.h"

namespace linli::bench {

/// A program under test, with its standard input and output in our hands. Ended when this goes.
class Child {
  public:
    /// What it says on its standard error goes to a file where one is named.
    static base::Result<Child> start(const std::vector<std::string>& command, const std::filesystem::path& errors = {});
    ~Child();
    Child(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Just before the program was executed.
    std::chrono::steady_clock::time_point started() const { return started_; }
    pid_t id() const { return id_; }
    void write_line(const std::string& line);
    /// Empty at the end of the output.
    std::string read_line();

    /// Proportional set size in MB.
    double memory() const;
    /// Processor time used so far, in seconds.
    double processor_time() const;

  private:
    Child() = default;
    pid_t id_ = -1;
    std::FILE* in_ = nullptr;
    std::FILE* out_ = nullptr;
    std::chrono::steady_clock::time_point started_;
};

}  // namespace linli::bench
