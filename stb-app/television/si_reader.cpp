#include "stb-app/television/si_reader.h"

#include <utility>

#include "epg/si/time_table.h"
#include "middleware/base/local_time.h"

namespace linli::app {

namespace {

/// About a second of the fastest cable channel.
constexpr std::size_t kMostWaiting = 6u << 20;

/// Of this box, east of UTC.
std::chrono::minutes local_offset(std::chrono::sys_seconds time) {
    using namespace std::chrono;
    base::LocalTime local = base::to_local(time);
    return floor<minutes>(sys_days(local.date) + hours(local.hour) + minutes(local.minute) - floor<minutes>(time));
}

/// Hands everything to the guide's listener, and the times to whoever sets the clock.
class Listener final : public epg::SiListener {
  public:
    Listener(epg::GuideListener& guide, const std::function<void(std::chrono::sys_seconds)>& on_time)
        : guide_(guide), on_time_(on_time) {}

    void on_programs(const epg::ProgramAssociation& programs) override { guide_.on_programs(programs); }
    void on_network(const epg::NetworkInformation& network) override { guide_.on_network(network); }
    void on_bouquet(const epg::NetworkInformation& bouquet) override { guide_.on_bouquet(bouquet); }
    void on_services(const epg::ServiceDescriptions& services) override { guide_.on_services(services); }
    void on_events(const epg::EventInformation& events) override { guide_.on_events(events); }
    void on_complete(const epg::CompleteTable& table) override { guide_.on_complete(table); }
    void on_restart() override { guide_.on_restart(); }
    void on_time(const epg::TimeInformation& heard) override {
        auto time = times_.take(heard, std::chrono::steady_clock::now());
        if (!time) return;
        if (!heard.offsets.empty()) is_local_time_other_ = !epg::has_local_offset(heard.offsets, local_offset(*time), *time);
        if (on_time_) on_time_(*time);
    }

    int doubted_times() const { return times_.doubted(); }
    bool is_local_time_other() const { return is_local_time_other_; }

  private:
    epg::GuideListener& guide_;
    const std::function<void(std::chrono::sys_seconds)>& on_time_;
    epg::TimeTable times_;
    bool is_local_time_other_ = false;
};

}  // namespace

SiReader::SiReader(epg::SiOptions options, Listeners listeners)
    : options_(std::move(options)),
      listeners_(std::move(listeners)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

SiReader::~SiReader() = default;

void SiReader::take(std::span<const std::byte> packets) {
    {
        std::lock_guard lock(mutex_);
        if (waiting_.size() + packets.size() > kMostWaiting) {
            counters_.left_out += packets.size();
            return;
        }
        waiting_.insert(waiting_.end(), packets.begin(), packets.end());
    }
    wake_.notify_one();
}

void SiReader::restart() {
    {
        std::lock_guard lock(mutex_);
        waiting_.clear();
        is_restarted_ = true;
    }
    wake_.notify_one();
}

SiReader::Counters SiReader::counters() const {
    std::lock_guard lock(mutex_);
    return counters_;
}

void SiReader::run(const std::stop_token& stop) {
    epg::GuideListener guide(listeners_.on_batch);
    Listener listener(guide, listeners_.on_time);
    epg::SiCollector collector(options_, listener);
    std::vector<std::byte> packets;
    for (;;) {
        bool is_restarted = false;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return !waiting_.empty() || is_restarted_; })) return;
            packets.clear();
            packets.swap(waiting_);
            is_restarted = std::exchange(is_restarted_, false);
        }
        if (is_restarted) collector.restart();
        collector.push({reinterpret_cast<const std::uint8_t*>(packets.data()), packets.size()});
        {
            std::lock_guard lock(mutex_);
            counters_.si = collector.counters();
            counters_.doubted_times = listener.doubted_times();
            counters_.is_local_time_other = listener.is_local_time_other();
        }
        guide.flush();
    }
}

}  // namespace linli::app
