#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstring>

#include "middleware/base/format.h"
#include "tests/bench/sync_bench.h"

extern char** environ;

namespace linli::bench {

base::Result<Finished> run_program(const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
    auto begin = std::chrono::steady_clock::now();
    pid_t id = -1;
    int code = ::posix_spawn(&id, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0) return base::fail(base::format("cannot start {}: {}", command[0], std::strerror(code)));
    int status = 0;
    rusage usage{};
    ::wait4(id, &status, 0, &usage);
    double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return base::fail(base::format("{} {} failed", command[0], command[1]));
    return Finished{took, static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace linli::bench
