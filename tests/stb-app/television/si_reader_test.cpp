// The reader of service information beside the UI thread, fed as a tuner feeds it.

#include "stb-app/television/si_reader.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <random>

#include "epg/guide/guide.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "simulator/stream/si/si_writer.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::app;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace sim = linli::simulator;

namespace {

constexpr sys_seconds kNow = sys_days(2026y / November / 28) + 9h;
constexpr epg::ServiceId kService{1, 1, 7};

/// Packets of a stream, each PID with a counter of its own.
class Sender {
  public:
    sim::Bytes packets(std::uint16_t pid, const std::vector<sim::Section>& sections) {
        return packetizers_.try_emplace(pid, pid).first->second.packets(sections);
    }

  private:
    std::map<std::uint16_t, sim::SectionPacketizer> packetizers_;
};

std::vector<sim::Section> schedule(const std::string& title, std::uint8_t version, int hours_long = 24) {
    std::vector<sim::SiEvent> events;
    for (std::uint16_t i = 0; i < hours_long; ++i)
        events.push_back({.id = i, .start = floor<days>(kNow) + hours(i), .duration = 1h, .title = base::format("{} {}", title, i)});
    return sim::write_eit_schedule({.service = kService.service, .version = version}, events, kNow);
}

/// What a reader has handed on, and a way to wait for more.
class Heard {
  public:
    SiReader::Listeners listeners() {
        return {.on_batch = [this](epg::GuideBatch batch) {
                    std::unique_lock lock(mutex_);
                    changed_.wait(lock, [this] { return !is_held_; });
                    guide_.apply(batch.events);
                    for (const auto& step : batch.events.steps) restarts_ += std::holds_alternative<epg::InputRestart>(step);
                    ++batches_;
                    changed_.notify_all();
                },
                .on_time = [this](sys_seconds time) {
                    std::lock_guard lock(mutex_);
                    times_.push_back(time);
                    changed_.notify_all();
                }};
    }

    /// Waits until it is so, at most half a minute.
    void wait(const std::function<bool(Heard&)>& is_so) {
        std::unique_lock lock(mutex_);
        CHECK_TRUE(changed_.wait_for(lock, 30s, [&] { return is_so(*this); }));
    }
    void wait_for_title(const std::string& title, hours hour) {
        wait([&](Heard& heard) { return heard.title(hour) == title; });
    }
    /// A guide that takes nothing for a while.
    void hold(bool is_held) {
        {
            std::lock_guard lock(mutex_);
            is_held_ = is_held;
        }
        changed_.notify_all();
    }

    // Of the waiter, under its lock.
    std::string title(hours hour) {
        auto event = guide_.event({kService, floor<days>(kNow) + hour});
        return event ? event->title : std::string();
    }
    std::vector<sys_seconds>& times() { return times_; }
    int restarts() const { return restarts_; }
    int batches() const { return batches_; }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_held_ = false;
    base::SettableClock clock_{kNow};
    epg::Guide guide_{clock_};
    std::vector<sys_seconds> times_;
    int restarts_ = 0;
    int batches_ = 0;
};

}  // namespace

// clang-format off
TEST_GROUP(SiReader) {
    Heard heard;
    Sender sender;
    SiReader reader{{}, heard.listeners()};

    void send(std::uint16_t pid, const std::vector<sim::Section>& sections) { reader.take(sender.packets(pid, sections)); }
    void send_time(sys_seconds time) { send(sim::si_pid::kTime, {sim::write_tdt(time)}); }
};
// clang-format on

TEST(SiReader, HandsOnWhatTheStreamSays) {
    send(sim::si_pid::kEit, schedule("News", 0));
    heard.wait_for_title("News 20", 20h);
    CHECK_TRUE(reader.counters().si.sections > 0);
    CHECK_EQUAL(0u, reader.counters().si.crc_errors);
}

TEST(SiReader, FindsThePacketsBehindGarbage) {
    std::mt19937 random(1);
    std::vector<std::byte> garbage(1000);
    for (std::byte& byte : garbage) byte = static_cast<std::byte>(random() & 0xFF);
    reader.take(garbage);
    // The last of it may hide the first packet of what follows; the carousel brings it again.
    send(sim::si_pid::kEit, schedule("News", 0));
    send(sim::si_pid::kEit, schedule("News", 0));
    heard.wait_for_title("News 10", 10h);
    CHECK_TRUE(reader.counters().si.garbage_bytes >= 900);
}

TEST(SiReader, PacketsMayComeInAnyPieces) {
    auto packets = sender.packets(sim::si_pid::kEit, schedule("News", 0));
    for (std::size_t at = 0; at < packets.size(); at += 77)
        reader.take(std::span(packets).subspan(at, std::min<std::size_t>(77, packets.size() - at)));
    heard.wait_for_title("News 20", 20h);
    CHECK_EQUAL(0u, reader.counters().si.garbage_bytes);
}

TEST(SiReader, GoesOnWhereAStreamStoppedInTheMiddleOfASection) {
    auto packets = sender.packets(sim::si_pid::kEit, schedule("News", 0));
    CHECK_TRUE(packets.size() > 4 * 188);
    reader.take(std::span(packets).first(2 * 188 + 50));
    reader.restart();
    send(sim::si_pid::kEit, schedule("Evening news", 0));
    heard.wait_for_title("Evening news 20", 20h);
    heard.wait([](Heard& so_far) { return so_far.restarts() == 1; });
}

TEST(SiReader, TakesATableThatChangesItsVersionInTheMiddle) {
    auto before = schedule("News", 3), after = schedule("Special", 4);
    send(sim::si_pid::kEit, sim::with_version_change(before, after));
    send(sim::si_pid::kEit, after);
    heard.wait_for_title("Special 10", 10h);
    heard.wait_for_title("Special 20", 20h);
    CHECK_TRUE(reader.counters().si.restarts_in_mid_table >= 1);
}

TEST(SiReader, CountsWhatIsDamagedAndShowsNoneOfIt) {
    auto sections = schedule("News", 0);
    auto damaged = sections;
    for (sim::Section& section : damaged) section = sim::with_flipped_bit(section, 8 * 20);
    send(sim::si_pid::kEit, damaged);
    send(sim::si_pid::kEit, sections);
    heard.wait_for_title("News 20", 20h);
    CHECK_EQUAL(sections.size(), reader.counters().si.crc_errors);
}

TEST(SiReader, TellsTheTimeOfTdtAndTot) {
    send(sim::si_pid::kTime, {sim::write_tot(kNow, "CHN", 8h)});
    send_time(kNow + 1s);
    // The last packets are believed when others follow.
    send(sim::si_pid::kEit, schedule("News", 0));
    heard.wait([](Heard& so_far) { return so_far.times() == std::vector{kNow, kNow + 1s}; });
}

TEST(SiReader, DoubtsATimeThatContradictsTheFirst) {
    send(sim::si_pid::kTime, {sim::write_tot(kNow, "CHN", 8h)});
    send_time(kNow + days(400));
    send_time(kNow + 2s);
    send(sim::si_pid::kEit, schedule("News", 0));
    heard.wait_for_title("News 20", 20h);
    heard.wait([](Heard& so_far) { return so_far.times() == std::vector{kNow, kNow + 2s}; });
    CHECK_EQUAL(1, reader.counters().doubted_times);
}

TEST(SiReader, SaysThatTheLocalTimeIsAnotherThanTheBoxs) {
    base::set_time_zone("Asia/Shanghai");
    send(sim::si_pid::kTime, {sim::write_tot(kNow, "CHN", 8h)});
    send(sim::si_pid::kEit, schedule("News", 0));
    heard.wait_for_title("News 20", 20h);
    CHECK_FALSE(reader.counters().is_local_time_other);
    send(sim::si_pid::kTime, {sim::write_tot(kNow + 1s, "JPN", 9h)});
    send(sim::si_pid::kEit, schedule("Others", 1));
    heard.wait_for_title("Others 20", 20h);
    CHECK_TRUE(reader.counters().is_local_time_other);
}

TEST(SiReader, LeavesOutWhatComesFasterThanItIsRead) {
    heard.hold(true);
    send(sim::si_pid::kEit, schedule("News", 0));
    std::vector<std::byte> much(4u << 20, std::byte{0x47});
    for (int i = 0; i < 4; ++i) reader.take(much);
    CHECK_TRUE(reader.counters().left_out >= much.size());
    heard.hold(false);
    heard.wait_for_title("News 20", 20h);
}

TEST(SiReader, EndsWhileItHasSomethingToRead) {
    for (int i = 0; i < 50; ++i) {
        Heard listener;
        SiReader other({}, listener.listeners());
        other.take(sender.packets(sim::si_pid::kEit, schedule("News", static_cast<std::uint8_t>(i % 32))));
    }
}
