#include "platform/sync/sync_service.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <ranges>
#include <set>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/net/http_client.h"
#include "platform/sync/chain_sync.h"

namespace linli::platform {

using namespace std::chrono;
using Target = ChainSync::Target;
using Instant = steady_clock::time_point;

namespace {

/// What screens want at one time; more is a mistake of theirs.
constexpr std::size_t kMostWanted = 256;

SyncOptions tidied(SyncOptions options) {
    for (std::string& url : options.base_urls)
        while (url.ends_with('/')) url.pop_back();
    // A publication is trusted for its signatures, and a box without a clock has to come by the time somehow.
    options.http.certificate_times = net::HttpOptions::CertificateTimes::Ignored;
    return options;
}

}  // namespace

class SyncService::Impl {
  public:
    Impl(SyncOptions options, base::Clock& clock, base::Log& log, base::EventLoop& loop, OnStatus on_status)
        : options_(tidied(std::move(options))),
          clock_(clock),
          log_(log),
          loop_(loop),
          on_status_(std::make_shared<OnStatus>(std::move(on_status))),
          client_(options_.http),
          sync_(options_, client_, clock_, log_),
          schedule_(options_.bounds, options_.box_id) {}

    ~Impl() {
        client_.cancel();
        thread_.request_stop();
        wake_.notify_all();
    }

    void start() {
        if (thread_.joinable()) return;
        thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
    }

    void sync_now() {
        {
            std::lock_guard lock(mutex_);
            ++asks_;
        }
        wake_.notify_all();
    }

    void want_object(std::string sha256) {
        {
            std::lock_guard lock(mutex_);
            ++wants_;
            if (base::Sha256::is_hash(sha256) && wanted_.size() < kMostWanted) wanted_.insert(std::move(sha256));
        }
        wake_.notify_all();
    }

    void set_network(bool is_on) {
        client_.set_network(is_on);
        if (is_on) sync_now();
    }

  private:
    void run(std::stop_token stop) {
        next_ = steady_clock::now() + schedule_.start_delay();
        if (schedule_.start_delay() > milliseconds(0) && open()) post();
        while (!stop.stop_requested()) {
            std::set<std::string> wanted;
            std::uint64_t asks = 0, wants = 0;
            {
                std::unique_lock lock(mutex_);
                wake_.wait_until(lock, stop, next_, [this] { return asks_ > status_.asks_answered || wants_ > status_.wants_answered; });
                if (stop.stop_requested()) return;
                wanted.swap(wanted_);
                asks = asks_;
                wants = wants_;
            }
            bool is_asked = std::exchange(status_.asks_answered, asks) != asks;
            if (is_asked || steady_clock::now() >= next_) attempt(is_asked);
            if (wants > status_.wants_answered) fetch_wanted(wanted, wants);
        }
    }

    bool open() {
        if (sync_.is_open()) return true;
        auto opened = sync_.open();
        if (opened) {
            sync_.describe(status_);
            return true;
        }
        status_.last_error = opened.error().message;
        log_.error(base::format("sync: {}", status_.last_error));
        return false;
    }

    void attempt(bool is_everything_due) {
        bool is_open = sync_.is_open();
        std::set<Target> due = is_open ? what_is_due(is_everything_due) : std::set<Target>();
        bool is_visible = !is_open || std::ranges::any_of(due, [](const Target& target) { return target.second == Part::Content; });
        if (is_visible) {
            status_.state = SyncStatus::State::Running;
            status_.bytes_received = 0;
            post();
        }
        if (!open()) return end_without_store();
        if (!is_open) due = what_is_due(true);

        ChainSync::Round round = sync_.sync(due);
        if (client_.is_cancelled()) return;
        bool has_new_content = round.areas_changed > 0;
        note(round);
        auto missing = round.is_unreachable ? std::vector<content::ObjectRow>() : sync_.missing_objects();
        if (!missing.empty()) {
            // What is new is not kept waiting by its pictures.
            if (has_new_content) post();
            status_.objects_fetched += static_cast<std::uint64_t>(sync_.fetch_missing(missing, round.traffic));
        }
        if (client_.is_cancelled()) return;
        end(round);
        sync_.settle(has_new_content);
    }

    std::set<Target> what_is_due(bool is_everything_due) {
        std::set<Target> due;
        Instant now = steady_clock::now();
        for (const Target& target : sync_.targets()) {
            auto at = due_.find(target);
            if (is_everything_due || at == due_.end() || at->second <= now) due.insert(target);
        }
        return due;
    }

    void end_without_store() {
        status_.state = SyncStatus::State::Failed;
        status_.is_unreachable = false;
        set_next(steady_clock::now() + schedule_.after_failure({}));
        post();
    }

    /// What is new, before objects are fetched.
    void note(const ChainSync::Round& round) {
        status_.areas_changed = round.areas_changed;
        status_.is_unreachable = round.is_unreachable;
        sync_.describe(status_);
    }

    void end(const ChainSync::Round& round) {
        plan(round);
        bool is_fresh = status_.last_error.empty();
        status_.state = is_fresh ? SyncStatus::State::Fresh : SyncStatus::State::Failed;
        if (is_fresh) {
            status_.last_success = clock_.now();
            sync_.note_contact(status_.last_success);
        }
        sync_.describe(status_);
        status_.bytes_received += round.traffic.received;
        status_.bytes_total += round.traffic.received;
        post();
    }

    /// When each target is asked for again: equal rhythms stay together, and so do those that failed.
    void plan(const ChainSync::Round& round) {
        Instant now = steady_clock::now();
        if (round.failed.empty() && status_.last_error.empty()) schedule_.forget_failures();
        std::map<std::pair<Part, seconds>, milliseconds> waits;
        Instant again = round.failed.empty() && !round.retry_after ? now : now + schedule_.after_failure(round.retry_after);
        auto targets = sync_.targets();
        std::erase_if(due_, [&](const auto& entry) { return std::ranges::find(targets, entry.first) == targets.end(); });
        for (const Target& target : targets) {
            auto at = due_.find(target);
            if (round.failed.contains(target)) {
                due_[target] = again;
            } else if (at == due_.end() || round.asked.contains(target)) {
                seconds poll = sync_.poll(target);
                auto [wait, is_new] = waits.try_emplace({target.second, poll});
                if (is_new)
                    wait->second = target.second == Part::Content ? schedule_.after_success(poll)
                                                                  : schedule_.after_success_of_alerts(poll);
                due_[target] = now + wait->second;
            }
        }
        // A server that asks to be left alone is left alone by all of them.
        if (round.retry_after)
            for (Instant& due : due_ | std::views::values) due = std::max(due, again);
        set_next(std::ranges::min(due_ | std::views::values));
    }

    void set_next(Instant next) {
        next_ = next;
        status_.attempts_failed = schedule_.failures();
        status_.next_attempt = clock_.now() + ceil<seconds>(next - steady_clock::now());
    }

    void fetch_wanted(const std::set<std::string>& wanted, std::uint64_t wants) {
        Traffic traffic;
        for (const std::string& sha256 : wanted) {
            if (!open() || client_.is_cancelled()) break;
            if (sync_.fetch_wanted(sha256, traffic)) ++status_.objects_fetched;
        }
        if (client_.is_cancelled()) return;
        status_.wants_answered = wants;
        status_.bytes_total += traffic.received;
        if (sync_.is_open()) sync_.describe(status_);
        post();
    }

    void post() {
        // Once the service is gone, so is the listener: a status that is still in the queue finds nobody.
        loop_.post([listener = std::weak_ptr(on_status_), status = status_] {
            auto held = listener.lock();
            if (held && *held) (*held)(status);
        });
        status_.areas_changed = 0;
    }

    const SyncOptions options_;
    base::Clock& clock_;
    base::Log& log_;
    base::EventLoop& loop_;
    std::shared_ptr<OnStatus> on_status_;
    net::HttpClient client_;
    // Of the thread alone.
    ChainSync sync_;
    SyncSchedule schedule_;
    SyncStatus status_;
    std::map<Target, Instant> due_;
    Instant next_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::uint64_t asks_ = 0;         // guarded by mutex_
    std::set<std::string> wanted_;   // guarded by mutex_
    std::uint64_t wants_ = 0;        // guarded by mutex_
    std::jthread thread_;
};

SyncService::SyncService(SyncOptions options, base::Clock& clock, base::Log& log, base::EventLoop& loop,
                         OnStatus on_status)
    : impl_(std::make_unique<Impl>(std::move(options), clock, log, loop, std::move(on_status))) {}
SyncService::~SyncService() = default;
void SyncService::start() { impl_->start(); }
void SyncService::sync_now() { impl_->sync_now(); }
void SyncService::want_object(std::string sha256) { impl_->want_object(std::move(sha256)); }
void SyncService::set_network(bool is_on) { impl_->set_network(is_on); }

}  // namespace linli::platform
