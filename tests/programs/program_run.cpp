#include "tests/programs/program_run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace linli::tests {

namespace {

/// What has not been said by then is not said.
constexpr int kPatience = 20'000;

}  // namespace

ProgramRun::ProgramRun(const std::string& name, const std::vector<std::string>& arguments,
                       const std::filesystem::path& folder) {
    std::string path = name;
    if (!name.contains('/')) path = std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
    std::vector<char*> words{path.data()};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
        struct rlimit core {};
        ::getrlimit(RLIMIT_CORE, &core);
        core.rlim_cur = core.rlim_max;
        ::setrlimit(RLIMIT_CORE, &core);
        ::dup2(ends[1], STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) ::execv(path.c_str(), words.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    error_output_ = ends[0];
}

ProgramRun::~ProgramRun() {
    if (process_ > 0) end_with(SIGKILL);
    ::close(error_output_);
}

bool ProgramRun::read_more() {
    pollfd readable{error_output_, POLLIN, 0};
    char piece[4096];
    if (::poll(&readable, 1, kPatience) <= 0) return false;
    ssize_t got = ::read(error_output_, piece, sizeof piece);
    if (got > 0) said_.append(piece, static_cast<std::size_t>(got));
    return got > 0;
}

bool ProgramRun::says(const std::string& words) {
    while (!said_.contains(words))
        if (!read_more()) return false;
    return true;
}

std::string ProgramRun::read_to_end() {
    while (read_more()) {}
    return said_;
}

int ProgramRun::end_with(int signal) {
    ::kill(process_, signal);
    return wait();
}

int ProgramRun::wait() {
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return status;
}

}  // namespace linli::tests
