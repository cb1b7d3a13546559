#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace linli::tests {

/// A program of the build, or of the system where the name is a path, that runs as long as this lives. Core dumps are
/// allowed to it, and would be written to `folder`.
class ProgramRun {
  public:
    ProgramRun(const std::string& name, const std::vector<std::string>& arguments, const std::filesystem::path& folder);
    ~ProgramRun();
    ProgramRun(const ProgramRun&) = delete;
    ProgramRun& operator=(const ProgramRun&) = delete;

    /// Waits until it has written `words` to its standard error output, or ends.
    bool says(const std::string& words);
    const std::string& said() const { return said_; }
    /// All that it says, to its end.
    std::string read_to_end();
    /// Sends a signal and waits for the end, as waitpid tells it.
    int end_with(int signal);
    int wait();
    pid_t pid() const { return process_; }

  private:
    bool read_more();
    pid_t process_ = -1;
    int error_output_ = -1;
    std::string said_;
};

}  // namespace linli::tests
