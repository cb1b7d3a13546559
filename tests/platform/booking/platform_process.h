#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// A real linli-platform that serves on a free port, for as long as it lives.
class PlatformProcess {
  public:
    /// Until it answers; the test fails with what it logged where it does not.
    explicit PlatformProcess(const std::vector<std::string>& arguments);
    ~PlatformProcess();
    PlatformProcess(const PlatformProcess&) = delete;
    PlatformProcess& operator=(const PlatformProcess&) = delete;

    /// "http://127.0.0.1:40123"
    const std::string& url() const { return url_; }
    /// Ends it at once, as a power cut would.
    void kill();

    /// Runs linli-platform to its end: what it said on both outputs, and its exit status.
    struct Ended {
        int status = 0;
        std::string said;
    };
    static Ended run(const std::string& arguments);

  private:
    void find_url();

    TemporaryFolder folder_;
    pid_t process_ = 0;
    std::string url_;
};

}  // namespace linli::tests
