#pragma once

#include <sys/resource.h>

#include <csignal>

namespace linli::tests {

/// As long as it lives, no file of this process grows past a size, as if the disk were full.
class FullDisk {
  public:
    explicit FullDisk(rlim_t most_bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        struct rlimit limit = {most_bytes, before_.rlim_max};
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    struct rlimit before_;
    void (*handler_)(int);
};

}  // namespace linli::tests
