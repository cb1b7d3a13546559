#include "tests/bench/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "middleware/base/format.h"

extern char** environ;

namespace linli::bench {

base::Result<Child> Child::start(const std::vector<std::string>& command, const std::filesystem::path& errors) {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return base::fail("cannot make a pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    if (!errors.empty())
        posix_spawn_file_actions_addopen(&actions, 2, errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    std::vector<char*> argv;
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    Child child;
    child.started_ = std::chrono::steady_clock::now();
    int code = ::posix_spawn(&child.id_, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    child.in_ = ::fdopen(in[1], "w");
    child.out_ = ::fdopen(out[0], "r");
    if (code != 0) {
        child.id_ = -1;
        return base::fail(base::format("cannot start {}: {}", command[0], std::strerror(code)));
    }
    return child;
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      in_(std::exchange(other.in_, nullptr)),
      out_(std::exchange(other.out_, nullptr)),
      started_(other.started_) {}

Child::~Child() {
    if (in_) std::fclose(in_);
    if (out_) std::fclose(out_);
    if (id_ <= 0) return;
    ::kill(id_, SIGTERM);
    ::waitpid(id_, nullptr, 0);
}

void Child::write_line(const std::string& line) {
    std::fprintf(in_, "%s\n", line.c_str());
    std::fflush(in_);
}

std::string Child::read_line() {
    char line[4096];
    if (std::fgets(line, sizeof line, out_) == nullptr) return {};
    std::string text(line);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

double Child::memory() const {
    std::ifstream file(base::format("/proc/{}/smaps_rollup", id_));
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("Pss:")) return std::strtod(line.c_str() + 4, nullptr) / 1024;
    return 0;
}

double Child::processor_time() const {
    std::ifstream file(base::format("/proc/{}/stat", id_));
    std::stringstream all;
    all << file.rdbuf();
    std::string text = all.str();
    // The name, in parentheses, may hold anything; the 12th and 13th fields after it are ticks in user and kernel.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string field;
    double ticks = 0;
    for (int i = 1; fields >> field && i <= 13; ++i)
        if (i >= 12) ticks += std::strtod(field.c_str(), nullptr);
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace linli::bench
