#include "tests/bench/tested_box.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace linli::bench {

base::Result<TestedBox> TestedBox::start(const std::filesystem::path& programs, const std::filesystem::path& work,
                                         std::vector<std::string> options) {
    auto socket_path = work / "control";
    std::filesystem::remove(socket_path);
    std::vector<std::string> command{programs / "linli-stb", "--control", socket_path, kDummyDisplay};
    command.insert(command.end(), options.begin(), options.end());
    LINLI_TRY(child, Child::start(command));
    TestedBox box(std::move(child));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket_path.c_str(), sizeof address.sun_path - 1);
    for (int tries = 0; tries < 2000; ++tries) {
        int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
            box.stream_ = ::fdopen(fd, "r+");
            return box;
        }
        ::close(fd);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return base::fail("the box did not start");
}

TestedBox::~TestedBox() {
    if (stream_) std::fclose(stream_);
}

std::string TestedBox::ask(const std::string& command) {
    std::fprintf(stream_, "%s\n", command.c_str());
    std::fflush(stream_);
    std::string answer;
    char line[4096];
    while (std::fgets(line, sizeof line, stream_) != nullptr && std::strcmp(line, ".\n") != 0) answer += line;
    return answer;
}

double TestedBox::press(const std::string& key) {
    constexpr std::string_view kShown = "shown in ";
    std::string answer = ask("key " + key);
    return answer.starts_with(kShown) ? std::strtod(answer.c_str() + kShown.size(), nullptr) / 1000 : 0;
}

}  // namespace linli::bench
