#include "simulator/stream/headend/play_out.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <thread>

#include "middleware/base/format.h"

namespace linli::simulator {

using base::Result;
using namespace std::chrono;

namespace {

constexpr int kPacketsOfDatagram = 7;
/// What is sent without a look at the clock lasts about so long.
constexpr milliseconds kStep{4};

}  // namespace

struct PlayOut::Target {
    int socket = -1;
    sockaddr_in address{};
    ~Target() {
        if (socket >= 0) ::close(socket);
    }
};

PlayOut::PlayOut() = default;
PlayOut::~PlayOut() = default;

Result<std::unique_ptr<PlayOut>> PlayOut::open(const std::vector<std::string>& targets) {
    constexpr std::string_view kScheme = "udp://";
    std::unique_ptr<PlayOut> out(new PlayOut);
    for (const std::string& uri : targets) {
        auto target = std::make_unique<Target>();
        auto colon = uri.rfind(':');
        unsigned port = 0;
        bool is_good = uri.starts_with(kScheme) && colon > kScheme.size() &&
                       std::from_chars(uri.data() + colon + 1, uri.data() + uri.size(), port).ptr == uri.data() + uri.size() &&
                       port > 0 && port < 65536;
        std::string address = is_good ? uri.substr(kScheme.size(), colon - kScheme.size()) : "";
        target->address.sin_family = AF_INET;
        target->address.sin_port = htons(static_cast<std::uint16_t>(port));
        if (!is_good || ::inet_pton(AF_INET, address.c_str(), &target->address.sin_addr) != 1)
            return base::fail(base::format("{}: expected an address such as udp://127.0.0.1:5500", uri));
        target->socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (target->socket < 0) return base::fail(base::format("no socket: {}", std::strerror(errno)));
        out->targets_.push_back(std::move(target));
    }
    return out;
}

void PlayOut::run(Multiplexer& multiplexer, SiCarousel& carousel, const std::atomic<bool>& ends) {
    constexpr seconds kMostDelay{1};
    auto begin = steady_clock::now() - multiplexer.now();
    Bytes datagram;
    while (!ends) {
        auto until = multiplexer.now() + kStep;
        while (multiplexer.now() < until) {
            carousel.feed(multiplexer);
            datagram.clear();
            for (int i = 0; i < kPacketsOfDatagram; ++i) {
                Bytes packet = multiplexer.next();
                datagram.insert(datagram.end(), packet.begin(), packet.end());
            }
            // Nobody may be listening; that is no fault of ours.
            for (const auto& target : targets_)
                (void)::sendto(target->socket, datagram.data(), datagram.size(), MSG_DONTWAIT,
                               reinterpret_cast<const sockaddr*>(&target->address), sizeof target->address);
        }
        auto due = begin + multiplexer.now();
        auto now = steady_clock::now();
        if (now > due + kMostDelay) begin += now - due;
        else std::this_thread::sleep_until(due);
    }
}

Result<void> write_multiplex(Multiplexer& multiplexer, SiCarousel& carousel, seconds length, const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    while (out && multiplexer.now() < length) {
        carousel.feed(multiplexer);
        Bytes packet = multiplexer.next();
        out.write(reinterpret_cast<const char*>(packet.data()), static_cast<std::streamsize>(packet.size()));
    }
    out.close();
    if (!out) return base::fail("cannot write " + file.string());
    return {};
}

}  // namespace linli::simulator
