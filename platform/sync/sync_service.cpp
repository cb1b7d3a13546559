#include "platform/sync/sync_service.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "content/content_store.h"
#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "platform/sync/area_updater.h"
#include "platform/sync/object_folder.h"

namespace linli::platform {

using namespace std::chrono;
using content::AreaCode;

namespace {

constexpr seconds kFirstRetry(5);

/// Two million boxes that lost power together must not ask together for ever after.
milliseconds spread(seconds wait) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    return milliseconds(wait) * std::uniform_int_distribution(90, 110)(random) / 100;
}

}  // namespace

class SyncService::Impl {
  public:
    Impl(SyncOptions options, base::Clock& clock, base::Log& log, base::EventLoop& loop, OnStatus on_status)
        : options_(std::move(options)),
          clock_(clock),
          log_(log),
          loop_(loop),
          on_status_(std::make_shared<OnStatus>(std::move(on_status))),
          client_(net::HttpOptions{}),
          objects_(options_.object_folder) {
        while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
    }

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
            is_wanted_ = true;
        }
        wake_.notify_all();
    }

    void set_network(bool is_on) {
        client_.set_network(is_on);
        if (is_on) sync_now();
    }

  private:
    void run(std::stop_token stop) {
        while (!stop.stop_requested()) {
            {
                std::lock_guard lock(mutex_);
                is_wanted_ = false;
            }
            seconds wait = attempt();
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, spread(wait), [this] { return is_wanted_; });
        }
    }

    /// Syncs once; how long to wait until the next time.
    seconds attempt() {
        status_.state = SyncStatus::State::Running;
        status_.areas_changed = 0;
        status_.bytes_received = 0;
        post();
        seconds poll(0);
        std::string error = sync(poll);
        if (client_.is_cancelled()) return seconds(0);

        status_.last_error = error;
        status_.state = error.empty() ? SyncStatus::State::Fresh : SyncStatus::State::Failed;
        if (error.empty()) status_.last_success = clock_.now();
        post();
        if (store_ && status_.areas_changed > 0) store_->settle();
        if (store_) store_->give_back_memory();
        if (error.empty()) {
            retry_ = std::min(kFirstRetry, options_.interval);
            return std::max(options_.interval, poll);
        }
        return std::exchange(retry_, std::min(retry_ * 2, options_.interval));
    }

    /// The whole chain, from the city down. The first error in words, or nothing.
    std::string sync(seconds& poll) {
        if (auto opened = open_store(); !opened) {
            log_.error(base::format("sync: {}", opened.error().message));
            return opened.error().message;
        }
        std::vector<AreaCode> chain = options_.area.chain();
        AreaUpdater updater(options_.base_url, client_, *store_, objects_, clock_, SyncPatience());
        std::string first_error;
        for (const AreaCode& area : chain) {
            AreaReport report = updater.update(area);
            if (client_.is_cancelled()) return "given up";
            // A lower area may have nothing of its own; a city without anything is a wrong address.
            if (report.outcome == AreaReport::Outcome::Unpublished && area == chain.front())
                report.error = base::format("area {}: nothing is published at {}", area.str(), options_.base_url);
            status_.areas_changed += report.has_new_content ? 1 : 0;
            status_.bytes_received += report.bytes_received;
            poll = std::max(poll, report.poll);
            note(area, report);
            if (first_error.empty()) first_error = report.error;
            status_.is_unreachable = report.outcome == AreaReport::Outcome::Unreachable;
            if (status_.is_unreachable) break;
        }
        if (first_error.empty()) objects_.tidy(chain);
        return first_error;
    }

    base::Result<void> open_store() {
        if (store_) return {};
        LINLI_TRY(store, content::ContentStore::open(options_.content_file));
        status_.store_notice = store.notice();
        if (!store.notice().empty()) log_.warning(base::format("sync: {}", store.notice()));
        store_ = std::make_unique<content::ContentStore>(std::move(store));
        return {};
    }

    void note(const AreaCode& area, const AreaReport& report) {
        if (!report.error.empty())
            log_.warning(base::format("sync: {}", report.error));
        else if (report.has_new_content)
            log_.info(base::format("sync: area {}: new content, {} bytes received", area.str(), report.bytes_received));
    }

    void post() {
        // Once the service is gone, so is the listener: a status that is still in the queue finds nobody.
        loop_.post([listener = std::weak_ptr(on_status_), status = status_] {
            auto held = listener.lock();
            if (held && *held) (*held)(status);
        });
    }

    SyncOptions options_;
    base::Clock& clock_;
    base::Log& log_;
    base::EventLoop& loop_;
    std::shared_ptr<OnStatus> on_status_;
    net::HttpClient client_;
    ObjectFolder objects_;
    // Of the thread alone.
    std::unique_ptr<content::ContentStore> store_;
    SyncStatus status_;
    seconds retry_ = std::min(kFirstRetry, options_.interval);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool is_wanted_ = false;  // guarded by mutex_
    std::jthread thread_;
};

SyncService::SyncService(SyncOptions options, base::Clock& clock, base::Log& log, base::EventLoop& loop,
                         OnStatus on_status)
    : impl_(std::make_unique<Impl>(std::move(options), clock, log, loop, std::move(on_status))) {}
SyncService::~SyncService() = default;
void SyncService::start() { impl_->start(); }
void SyncService::sync_now() { impl_->sync_now(); }
// Objects still come with their areas.
void SyncService::want_object(std::string) {}
void SyncService::set_network(bool is_on) { impl_->set_network(is_on); }

}  // namespace linli::platform
