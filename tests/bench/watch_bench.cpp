// Channels as a cable network sends them: H.264 with an entry point each second, several in a stream of constant rate,
// over a real socket.

#include "tests/bench/watch_bench.h"

#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/media/player.h"
#include "middleware/media/stream_encoder.h"
#include "simulator/stream/headend/play_out.h"
#include "tests/bench/child.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {

using base::Result;
using namespace simulator;
using namespace std::chrono;

namespace {

constexpr int kChanges = 24;
constexpr graphics::Size kSd{1024, 576}, kHd{1920, 1080};
constexpr seconds kPatience{15};
constexpr int kPictures = 120;  // 4.8 s: whole pictures and whole frames of sound

/// A pattern that moves all over, so that it costs what a film costs.
Result<void> make_film(const std::filesystem::path& file, graphics::Size size, int kilobits) {
    LINLI_TRY(encoder, media::StreamEncoder::create({.file = file, .size = size, .kilobits_per_second = kilobits}));
    graphics::Image picture{.size = size, .pixels = {}};
    picture.pixels.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    std::vector<std::int16_t> sound(2 * 48'000 / 25);
    for (int i = 0; i < kPictures; ++i) {
        std::size_t at = 0;
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x, ++at) {
                auto wave = static_cast<std::uint32_t>((x + 3 * i) ^ (y + 2 * i)) & 0xFF;
                picture.pixels[at] = 0xFF000000u | (wave / 2 + 40) << 16 | static_cast<std::uint32_t>((x + y + 4 * i) / 8 & 0x7F) << 8 | (160 - wave / 2);
            }
        LINLI_CHECK(encoder->add(picture, sound));
    }
    return encoder->finish();
}

/// Two channels on one port.
class Broadcast {
  public:
    static Result<std::unique_ptr<Broadcast>> start(const ProgramLoop& loop, int port) {
        std::unique_ptr<Broadcast> made(new Broadcast);
        made->uri_ = base::format("udp://127.0.0.1:{}", port);
        LINLI_TRY(out, PlayOut::open({made->uri_}));
        made->out_ = std::move(out);
        made->plan_.encoding = utf8();
        for (std::uint16_t i = 1; i <= 2; ++i) made->plan_.channels.push_back({.service = i, .name = "Channel"});
        std::vector<Multiplexer::Program> sent;
        for (const SiService& service : made->plan_.multiplex().services) {
            Multiplexer::Program program{service, {}};
            for (const ElementaryLoop& stream : loop.streams) program.loops.push_back(&stream);
            sent.push_back(std::move(program));
        }
        std::int64_t rate = Multiplexer::rate_for(sent);
        made->multiplexer_.emplace(std::move(sent), rate);
        made->carousel_.emplace(made->plan_, floor<seconds>(system_clock::now()));
        made->thread_ = std::thread([self = made.get()] { self->out_->run(*self->multiplexer_, *self->carousel_, self->ends_); });
        return made;
    }
    ~Broadcast() {
        ends_ = true;
        if (thread_.joinable()) thread_.join();
    }
    const std::string& uri() const { return uri_; }

  private:
    Broadcast() = default;
    std::string uri_;
    ChannelPlan plan_;
    std::unique_ptr<PlayOut> out_;
    std::optional<Multiplexer> multiplexer_;
    std::optional<SiCarousel> carousel_;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

/// A player whose first pictures can be waited for.
class Watcher {
  public:
    Result<void> start(const std::filesystem::path& programs) {
        media::PlayerEvents events;
        events.on_first_picture = [this](media::FirstPicture first) {
            std::lock_guard lock(mutex_);
            first_ = first;
            came_.notify_all();
        };
        auto module = programs.parent_path() / "lib/linli_player_gstreamer.so";
        LINLI_TRY(player, media::load_player(module.string(), {}, std::move(events)));
        player_ = std::move(player);
        player_->set_area({0, 0, 1280, 720});
        return {};
    }

    Result<media::FirstPicture> change(const std::string& uri, std::uint16_t service) {
        media::PlayId id = player_->play({.uri = uri, .service_id = service});
        std::unique_lock lock(mutex_);
        if (!came_.wait_for(lock, kPatience, [&] { return first_ && first_->id == id; })) return base::fail("no picture came");
        return *first_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::optional<media::FirstPicture> first_;
    std::unique_ptr<media::Player> player_;
};

double milliseconds_of(steady_clock::duration time) { return duration<double, std::milli>(time).count(); }

void report_changes(const std::string& name, const std::vector<media::FirstPicture>& changes, std::vector<Figure>& figures) {
    std::vector<double> whole, waits, rest;
    for (const media::FirstPicture& change : changes) {
        whole.push_back(milliseconds_of(change.shown - change.asked));
        waits.push_back(milliseconds_of(change.entry - change.asked));
        rest.push_back(milliseconds_of(change.shown - change.entry));
    }
    figures.push_back({"epg", "channel change, " + name + ", to first picture p50", median(whole), "ms", median(waits), ""});
    figures.push_back({"epg", "channel change, " + name + ", to first picture p95", percentile(whole, 0.95), "ms", percentile(waits, 0.95),
                       "value <= 1500"});
    figures.push_back({"epg", "channel change, " + name + ", after the entry point p95", percentile(rest, 0.95), "ms", std::nullopt, ""});
}

Result<void> bench_changes(const std::filesystem::path& programs, const ProgramLoop& loop, std::vector<Figure>& figures) {
    int port = 20000 + ::getpid() % 20000;
    LINLI_TRY(one, Broadcast::start(loop, port));
    LINLI_TRY(other, Broadcast::start(loop, port + 1));
    Watcher watcher;
    LINLI_CHECK(watcher.start(programs));
    LINLI_TRY(warm, watcher.change(one->uri(), 1));
    (void)warm;
    // Each change comes at another place of the second between two entry points.
    auto watch_a_while = [](int i) { std::this_thread::sleep_for(milliseconds(1500 + i * 83 % 1000)); };
    std::vector<media::FirstPicture> within, across;
    for (int i = 0; i < kChanges; ++i) {
        watch_a_while(i);
        LINLI_TRY(change, watcher.change(one->uri(), i % 2 == 0 ? 2 : 1));
        within.push_back(change);
    }
    for (int i = 0; i < kChanges; ++i) {
        watch_a_while(i);
        LINLI_TRY(change, watcher.change(i % 2 == 0 ? other->uri() : one->uri(), 1));
        across.push_back(change);
    }
    report_changes("same stream", within, figures);
    report_changes("other stream", across, figures);
    return {};
}

/// What a box takes while it plays full screen, beside one that plays nothing.
Result<double> memory_of_box(const std::filesystem::path& programs, const std::filesystem::path& work, const std::string& live) {
    std::vector<std::string> command{programs / "linli-stb", "--area", "12/0101/001/002", "--data", work / "box", "--audio-sink", "",
                                     "--dfb:system=dummy,mode=1280x720,no-sighandler,quiet,no-banner"};
    if (!live.empty()) command.insert(command.begin() + 1, {"--live", live});
    LINLI_TRY(box, Child::start(command));
    std::this_thread::sleep_for(seconds(8));
    return box.memory();
}

}  // namespace

Result<void> bench_watching(const std::filesystem::path& programs, std::vector<Figure>& figures) {
    LINLI_TRY(work, WorkFolder::create());
    auto sd = work.path() / "sd.ts", hd = work.path() / "hd.ts";
    LINLI_CHECK(make_film(sd, kSd, 2'000));
    LINLI_CHECK(make_film(hd, kHd, 6'000));
    LINLI_TRY(loop, ProgramLoop::read(sd));
    LINLI_CHECK(bench_changes(programs, loop, figures));
    LINLI_TRY(idle, memory_of_box(programs, work.path(), ""));
    LINLI_TRY(with_sd, memory_of_box(programs, work.path(), "file://" + sd.string()));
    LINLI_TRY(with_hd, memory_of_box(programs, work.path(), "file://" + hd.string()));
    figures.push_back({"epg", "memory while playing SD (1024 x 576)", with_sd, "MB", idle, ""});
    figures.push_back({"epg", "memory while playing HD (1920 x 1080)", with_hd, "MB", idle, ""});
    return {};
}

}  // namespace linli::bench
