#include "tests/middleware/media/test_broadcast.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "middleware/base/format.h"
#include "middleware/media/stream_encoder.h"
#include "simulator/stream/si/descriptors.h"
#include "simulator/stream/si/si_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace simulator;
using namespace std::chrono;

namespace {

constexpr graphics::Size kSize{160, 96};
/// 2.4 s: a whole number of pictures and of frames of sound.
constexpr int kPictures = 60;

void make_stream(const std::filesystem::path& file, std::uint32_t color) {
    auto encoder = media::StreamEncoder::create({.file = file, .size = kSize, .kilobits_per_second = 200});
    CHECK_GOOD(encoder);
    graphics::Image picture{.size = kSize, .pixels = std::vector<std::uint32_t>(160 * 96, color)};
    std::vector<std::int16_t> sound(2 * 48'000 / 25);
    for (int i = 0; i < kPictures; ++i) {
        // A dark bar moves, so that there is something to code.
        for (int y = 0; y < 8; ++y) {
            auto at = [&](int row) { return picture.pixels.begin() + (row * 8 % 96 + y) * 160; };
            std::fill_n(at(i + 11), 160, color);
            std::fill_n(at(i), 160, 0xFF000000u);
        }
        for (std::size_t s = 0; s < sound.size(); ++s) sound[s] = static_cast<std::int16_t>((s / 2 % 100 < 50 ? 1 : -1) * 500);
        CHECK_GOOD((*encoder)->add(picture, sound));
    }
    CHECK_GOOD((*encoder)->finish());
}

struct Socket {
    int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ~Socket() { ::close(fd); }
};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

constexpr const char* kGroup = "239.255.77.1";

std::uint16_t free_port() {
    Socket socket;
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    CHECK_TRUE(::bind(socket.fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
    ::getsockname(socket.fd, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

/// A page without anything on it, again and again. @spec ETSI EN 300 743 §7.2
const ElementaryLoop& subtitles() {
    static const ElementaryLoop loop = [] {
        ByteWriter writer;
        writer.put16(0x2000);  // data_identifier, subtitle_stream_id
        for (std::uint32_t value : {0x0F10, 0x0001, 0x0002, 0x0509}) writer.put16(value);  // page composition: for 5 s, anew
        for (std::uint32_t value : {0x0F80, 0x0001, 0x0000}) writer.put16(value);          // end of display set
        writer.put8(0xFF);
        ElementaryLoop made{.type = StreamType::PrivatePes, .length = 24 * kTicksOfSecond / 10, .units = {}};
        made.units.push_back({.decode = 0, .present = 0, .is_entry = true, .bytes = writer.take()});
        return made;
    }();
    return loop;
}

/// Calls for each packet, of a datagram, that carries something of a program: its first byte and its PID.
template <typename Change>
void change_streams(Bytes& packets, Change change) {
    constexpr std::size_t kPacket = 188;
    for (std::size_t at = packets.size() % kPacket; at < packets.size(); at += kPacket) {
        auto pid = (std::to_integer<unsigned>(packets[at + 1]) << 8 | std::to_integer<unsigned>(packets[at + 2])) & 0x1FFF;
        bool is_table = pid < 0x100 || pid % 0x10 == 0;
        if (!is_table && pid != si_pid::kNull) change(&packets[at], pid);
    }
}

/// As if with the even key.
void mark_scrambled(Bytes& packets) {
    change_streams(packets, [](std::byte* packet, unsigned) { packet[3] |= std::byte{0x80}; });
}

/// What carries pictures becomes nothing; the clock goes on.
void leave_out_pictures(Bytes& packets) {
    change_streams(packets, [](std::byte* packet, unsigned pid) {
        bool has_payload = (packet[3] & std::byte{0x10}) != std::byte{0};
        if (pid % 0x10 != 1 || !has_payload) return;
        packet[1] = std::byte{0x1F};
        packet[2] = std::byte{0xFF};
    });
}

/// @spec RFC 3550 §5.1, RFC 2250
Bytes rtp_header(std::uint16_t sequence, nanoseconds time) {
    constexpr std::uint32_t kPayloadTransportStream = 33;
    ByteWriter writer;
    writer.put8(0x80);
    writer.put8(kPayloadTransportStream);
    writer.put16(sequence);
    writer.put32(static_cast<std::uint32_t>(time.count() / 1000 * 90 / 1000));
    writer.put32(0x11223344);
    return writer.take();
}

}  // namespace

ColouredStreams::ColouredStreams() {
    std::uint32_t colors[] = {0xFFD02020u, 0xFF20B020u, 0xFF2020D0u};
    for (std::size_t i = 1; i <= 3; ++i) {
        make_stream(file(i), colors[i - 1]);
        auto loop = ProgramLoop::read(file(i));
        CHECK_GOOD(loop);
        loops_.push_back(std::move(*loop));
    }
}

const ColouredStreams& ColouredStreams::shared() {
    static const ColouredStreams streams;
    return streams;
}

std::filesystem::path ColouredStreams::file(std::size_t program) const { return folder_.path() / base::format("{}.ts", program); }

ChannelPlan TestBroadcast::plan() {
    ChannelPlan plan{.stream = 16, .name = "Test", .encoding = utf8()};
    for (std::uint16_t i = 1; i <= 4; ++i) plan.channels.push_back({.service = i, .number = i, .name = base::format("Channel {}", i)});
    return plan;
}

std::vector<SiService> TestBroadcast::services_of(const ChannelPlan& plan) {
    auto services = plan.multiplex().services;
    for (SiService& service : services) {
        if (service.id != kWithTracks) continue;
        std::uint16_t pid = service.streams.back().pid;
        service.streams.push_back({.type = StreamType::Mpeg1Audio, .pid = ++pid, .language = "eng"});
        service.streams.push_back({.type = StreamType::PrivatePes, .pid = ++pid, .more = {subtitling_descriptor("chi")}});
    }
    return services;
}

std::vector<Multiplexer::Program> TestBroadcast::programs() {
    std::vector<Multiplexer::Program> programs;
    for (const SiService& service : services_of(plan())) {
        const ProgramLoop& loop = ColouredStreams::shared().loop(service.id == kWithoutSound ? 1 : service.id);
        Multiplexer::Program program{service, {}};
        for (const SiStream& told : service.streams) {
            if (told.type == StreamType::PrivatePes) program.loops.push_back(&subtitles());
            for (const ElementaryLoop& stream : loop.streams)
                if (stream.type == told.type && (stream.is_video() || service.id != kWithoutSound)) program.loops.push_back(&stream);
        }
        programs.push_back(std::move(program));
    }
    return programs;
}

TestBroadcast::TestBroadcast(Wrapping wrapping, Tables tables)
    : wrapping_(wrapping), tables_(tables), port_(free_port()), plan_(plan()), multiplexer_(programs(), Multiplexer::rate_for(programs())) {
    services_ = services_of(plan_);
    thread_ = std::thread([this] { run(); });
}

TestBroadcast::~TestBroadcast() {
    ends_ = true;
    thread_.join();
}

std::string TestBroadcast::uri() const {
    if (wrapping_ == Wrapping::Multicast) return base::format("udp://{}:{}?multicast-iface=lo", kGroup, port_);
    return base::format("{}://127.0.0.1:{}", wrapping_ == Wrapping::Rtp ? "rtp" : "udp", port_);
}

void TestBroadcast::move_pids(std::uint16_t service_id) {
    std::lock_guard lock(mutex_);
    SiService moved = multiplexer_.move_pids(service_id, 0x400);
    for (SiService& service : services_)
        if (service.id == service_id) service = moved;
}

void TestBroadcast::send_guide() {
    constexpr int kHours = 6;
    bool is_other = has_changed_events_;
    SiMultiplex network = plan_.multiplex();
    multiplexer_.send(si_pid::kSdt, write_sdt(network, Of::Actual, plan_.encoding));
    multiplexer_.send(si_pid::kTime, std::vector<Section>{write_tot(kBegin + floor<seconds>(multiplexer_.now()), "CHN", hours(8))});
    for (const SiService& service : services_) {
        std::vector<SiEvent> events;
        for (std::uint16_t i = 1; i <= kHours; ++i)
            events.push_back({.id = i,
                              .start = kBegin + hours(i - 1),
                              .duration = hours(1),
                              .title = base::format("{}: {} {}", service.id, is_other ? "Another programme" : "Programme", i)});
        EitOptions options{.network = plan_.network, .stream = plan_.stream, .service = service.id, .encoding = plan_.encoding};
        options.version = is_other ? 1 : 0;
        multiplexer_.send(si_pid::kEit, write_eit_present_following(options, &events[0], &events[1]));
        multiplexer_.send(si_pid::kEit, write_eit_schedule(options, events, kBegin));
    }
}

void TestBroadcast::run() {
    constexpr milliseconds kTablesEvery{100}, kGuideEvery{1000};
    Socket socket;
    sockaddr_in to = loopback(port_);
    if (wrapping_ == Wrapping::Multicast) {
        ::setsockopt(socket.fd, IPPROTO_IP, IP_MULTICAST_IF, &to.sin_addr, sizeof to.sin_addr);
        ::inet_pton(AF_INET, kGroup, &to.sin_addr);
    }
    std::mt19937 random(1);
    auto begin = steady_clock::now();
    nanoseconds tables{0}, guide{0};
    std::uint8_t version = 0;
    std::uint16_t sequence = 0;
    Bytes datagram;
    while (!ends_) {
        nanoseconds sent;
        {
            std::lock_guard lock(mutex_);
            if (multiplexer_.now() >= tables) {
                tables += kTablesEvery;
                SiMultiplex network = plan_.multiplex();
                network.services = services_;
                multiplexer_.send(si_pid::kPat, write_pat(network));
                for (const SiService& service : services_)
                    multiplexer_.send(service.pmt_pid, std::vector<Section>{write_pmt(service, version)});
            }
            if (tables_ == Tables::Guide && multiplexer_.now() >= guide) {
                guide += kGuideEvery;
                send_guide();
            }
            datagram.clear();
            if (wrapping_ == Wrapping::Rtp) datagram = rtp_header(sequence++, multiplexer_.now());
            for (int i = 0; i < 7; ++i) {
                Bytes packet = multiplexer_.next();
                datagram.insert(datagram.end(), packet.begin(), packet.end());
            }
            sent = multiplexer_.now();
        }
        if (fault_ == Fault::BitErrors)
            for (int i = 0; i < 3; ++i) datagram[random() % datagram.size()] ^= static_cast<std::byte>(1u << random() % 8);
        if (fault_ == Fault::Garbage) std::ranges::generate(datagram, [&] { return static_cast<std::byte>(random() & 0xFF); });
        if (fault_ == Fault::Scrambled) mark_scrambled(datagram);
        if (fault_ == Fault::NoPictures) leave_out_pictures(datagram);
        if (fault_ != Fault::Silence)
            (void)::sendto(socket.fd, datagram.data(), datagram.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to);
        std::this_thread::sleep_until(begin + sent);
    }
}

void TestBroadcast::write(const std::filesystem::path& file, seconds length) {
    ChannelPlan plan = TestBroadcast::plan();
    Multiplexer multiplexer(programs(), Multiplexer::rate_for(programs()));
    SiCarousel carousel(plan, sys_days(2026y / November / 28));
    std::ofstream out(file, std::ios::binary);
    while (multiplexer.now() < length) {
        carousel.feed(multiplexer);
        Bytes packet = multiplexer.next();
        out.write(reinterpret_cast<const char*>(packet.data()), static_cast<std::streamsize>(packet.size()));
    }
}

}  // namespace linli::tests
