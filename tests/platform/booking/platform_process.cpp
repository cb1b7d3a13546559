#include "tests/platform/booking/platform_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include "CppUTest/TestHarness.h"

namespace linli::tests {

PlatformProcess::PlatformProcess(const std::vector<std::string>& arguments) {
    std::filesystem::path log = folder_.path() / "log";
    std::vector<std::string> all{LINLI_PLATFORM_PROGRAM, "--publication", folder_.path().string(), "--port", "0"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> words;
    for (std::string& word : all) words.push_back(word.data());
    words.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
        int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, STDERR_FILENO);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    find_url();
}

PlatformProcess::~PlatformProcess() { kill(); }

void PlatformProcess::kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

void PlatformProcess::find_url() {
    constexpr std::string_view kBefore = "publication at ", kAfter = "/publication,";
    std::string text;
    for (int tries = 0; tries < 600; ++tries) {
        std::ostringstream read;
        read << std::ifstream(folder_.path() / "log").rdbuf();
        text = read.str();
        auto begin = text.find(kBefore), end = text.find(kAfter);
        if (begin != std::string::npos && end != std::string::npos) {
            url_ = text.substr(begin + kBefore.size(), end - begin - kBefore.size());
            return;
        }
        if (::waitpid(process_, nullptr, WNOHANG) == process_) {
            process_ = 0;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL(text.c_str());
}

PlatformProcess::Ended PlatformProcess::run(const std::string& arguments) {
    std::FILE* pipe = ::popen((std::string(LINLI_PLATFORM_PROGRAM) + " " + arguments + " 2>&1").c_str(), "r");
    Ended ended;
    char piece[4096];
    while (std::size_t length = std::fread(piece, 1, sizeof piece, pipe)) ended.said.append(piece, length);
    ended.status = WEXITSTATUS(::pclose(pipe));
    return ended;
}

}  // namespace linli::tests
