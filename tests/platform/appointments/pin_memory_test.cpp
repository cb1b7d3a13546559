// The PIN leaves no copy in the memory of the box once the platform has had it: not of its own code, not of libcurl. Nor does
// our part of the server keep what it has answered.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>

#include "middleware/base/event_loop.h"
#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "middleware/net/http_client.h"
#include "middleware/net/http_server.h"
#include "platform/appointments/appointment_client.h"
#include "tests/middleware/net/raw_connection.h"
#include "tests/platform/booking/platform_process.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;

namespace {

/// As in the box: libcurl takes its memory from the first that asks for it, so this comes before every test.
const net::HttpLibrary kLibrary;

/// Digits that are nowhere else: as long as a std::string keeps without the heap, so that what is moved leaves bytes behind
/// as four digits do. Kept in another shape, so that the search does not find itself.
constexpr char kHidden[] = {'7' ^ 0x55, '3' ^ 0x55, '0' ^ 0x55, '6' ^ 0x55, '9' ^ 0x55, '2' ^ 0x55, '5' ^ 0x55, '1' ^ 0x55,
                            '8' ^ 0x55, '4' ^ 0x55, '6' ^ 0x55, '6' ^ 0x55, '0' ^ 0x55, '2' ^ 0x55, '9' ^ 0x55};
constexpr std::size_t kDigits = sizeof kHidden;
/// A moved or emptied string loses its first character only.
constexpr std::size_t kFirstSought = 2;

std::string odd_pin() {
    std::string pin;
    for (char c : kHidden) pin += static_cast<char>(c ^ 0x55);
    return pin;
}

bool is_odd_pin(const char* bytes) {
    for (std::size_t i = kFirstSought; i < kDigits; ++i)
        if (bytes[i - kFirstSought] != static_cast<char>(kHidden[i] ^ 0x55)) return false;
    return true;
}

/// How often the digits stand in what this process can write to.
int copies_in_memory() {
    constexpr std::size_t kSought = kDigits - kFirstSought;
    int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    std::ifstream maps("/proc/self/maps");
    std::string chunk(1 << 20, '\0');
    int copies = 0;
    for (std::string line; std::getline(maps, line);) {
        unsigned long begin = 0, end = 0;
        char access[5] = "";
        if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, access) != 3 || access[1] != 'w') continue;
        for (unsigned long at = begin; at < end; at += chunk.size() - kSought) {
            ssize_t got = ::pread(memory, chunk.data(), std::min<unsigned long>(chunk.size(), end - at), static_cast<off_t>(at));
            for (ssize_t i = 0; i + static_cast<ssize_t>(kSought) <= got; ++i) copies += is_odd_pin(chunk.data() + i);
            base::wipe(chunk);
            chunk.resize(1 << 20);
        }
    }
    ::close(memory);
    return copies;
}

}  // namespace

// clang-format off
TEST_GROUP(PinMemory) {
    tests::TemporaryFolder folder;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    std::unique_ptr<base::EventLoop> loop = std::move(*base::EventLoop::create());
    tests::PlatformProcess platform{{"--database", folder.path() / "bookings.db", "--households",
        folder.write("households.xml", "<households xmlns='urn:linli:households:1'><household token='box-token-1'>"
                                       "<member ref='m1' name='张*' pin='2468'/></household></households>")}};
    std::unique_ptr<platform::AppointmentClient> client = platform::make_http_appointment_client(
        {.base_url = platform.url() + "/appointments", .box_token = "box-token-1", .journal = folder.path() / "changes.journal"},
        *loop, *log);
    std::optional<platform::AppointmentAnswer> answer;

    void setup() override {
        client->set_listener([this](platform::AppointmentAnswer heard) { answer = std::move(heard); });
    }
};
// clang-format on

TEST(PinMemory, SearchFindsWhatIsThere) {
    std::string pin = odd_pin();
    CHECK_TRUE(copies_in_memory() > 0);
    base::wipe(pin);
}

TEST(PinMemory, OfThePinThatWasSentNothingIsLeft) {
    client->open_session("m1", odd_pin());
    while (!answer) loop->run_once(10ms);
    CHECK_TRUE(std::holds_alternative<platform::AppointmentFailure>(answer->result));
    LONGS_EQUAL(0, copies_in_memory());
    client.reset();
    LONGS_EQUAL(0, copies_in_memory());
}

TEST(PinMemory, OfABodyThatWasAnsweredNothingIsLeft) {
    int copies = 0;
    net::HttpRoutes routes;
    routes.handle("/pin", [&](const net::HttpRequest&) {
        copies = copies_in_memory();
        return net::HttpResponse{};
    });
    auto server = net::HttpServer::start({}, std::move(routes), *log);
    CHECK_GOOD(server);
    // Its end does not come into the buffer in which civetweb reads the head.
    std::string body(40'000, ' '), pin = odd_pin();
    body.replace(body.size() - pin.size(), pin.size(), pin);
    base::wipe(pin);
    tests::RawConnection connection((*server)->port());
    connection.send(base::format("POST /pin HTTP/1.1\r\nContent-Length: {}\r\n\r\n", body.size()));
    connection.send(body);
    base::wipe(body);
    STRCMP_CONTAINS("200", connection.read_all().c_str());
    CHECK_TRUE(copies > 0);
    LONGS_EQUAL(0, copies_in_memory());
}
