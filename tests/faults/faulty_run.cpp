#include "tests/faults/faulty_run.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "middleware/base/file.h"

extern char** environ;

namespace linli::tests {

namespace fs = std::filesystem;

namespace {

const char* name_of(FaultKind kind) {
    switch (kind) {
        case FaultKind::None: break;
        case FaultKind::Kill: return "kill";
        case FaultKind::Full: return "full";
        case FaultKind::Cut: return "cut";
        case FaultKind::CutBytes: return "cut-bytes";
        case FaultKind::CutSome: return "cut-some";
    }
    return "none";
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (std::string& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

std::string to_text(const Fault& fault) { return std::string(name_of(fault.kind)) + ":" + std::to_string(fault.at); }

std::string program(const std::string& name) { return fs::read_symlink("/proc/self/exe").parent_path() / name; }

FaultyRun run_with_fault(const std::vector<std::string>& command, const fs::path& disk, const Fault& fault) {
    fs::path beside = disk.string() + ".beside";
    fs::remove_all(beside);
    fs::create_directories(beside / "scratch");
    std::vector<std::string> environment = {
        "LD_PRELOAD=" LINLI_FAULT_DISK_LIBRARY,
        "LINLI_FAULT_DISK=" + disk.string(),
        "LINLI_FAULT_SCRATCH=" + (beside / "scratch").string(),
        "LINLI_FAULT_COUNT=" + (beside / "count").string(),
        // The library is no part of a program that is built with a sanitizer.
        "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0",
    };
    if (fault.kind != FaultKind::None) environment.push_back("LINLI_FAULT=" + to_text(fault));
    for (char** variable = environ; *variable; ++variable) environment.push_back(*variable);
    std::vector<std::string> words = command;
    std::string message_file = beside / "message";

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, message_file.c_str(), O_WRONLY | O_CREAT, 0600);
    pid_t child = 0;
    FaultyRun run;
    int code = ::posix_spawn(&child, words[0].c_str(), &actions, nullptr, pointers(words).data(),
                             pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (code != 0 || ::waitpid(child, &status, 0) != child) {
        run.status = 127;
        return run;
    }
    run.was_ended = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    run.calls = std::atol(base::read_file(beside / "count").value_or("0").c_str());
    run.message = base::read_file(message_file).value_or("");
    fs::remove_all(beside);
    return run;
}

std::string try_every_fault(const FaultLoop& loop, const std::function<std::string(const FaultyRun&)>& examine) {
    auto run = [&](const Fault& fault) {
        fs::remove_all(loop.disk);
        fs::copy(loop.before, loop.disk, fs::copy_options::recursive);
        FaultyRun run = run_with_fault(loop.command, loop.disk, fault);
        std::string problem = examine(run);
        if (!problem.empty()) problem = to_text(fault) + ": " + problem + "\n";
        return std::pair(run, problem);
    };
    auto [good, problems] = run({});
    if (good.status != 0) problems += "without a fault it fails: " + good.message;
    if (good.calls == 0) problems += "it changes nothing on the disk";
    if (!problems.empty()) return problems;
    long stride = (good.calls + loop.most_points - 1) / loop.most_points;
    for (FaultKind kind : loop.kinds) {
        bool was_reached = false;
        for (long at = 1; at <= good.calls; at += stride) {
            auto [faulty, problem] = run({kind, at});
            was_reached = was_reached || faulty.was_ended || faulty.status != 0;
            problems += problem;
        }
        if (!was_reached) problems += std::string("no fault was met: ") + name_of(kind) + "\n";
    }
    return problems;
}

}  // namespace linli::tests
