#include "stb-app/television/xmltv_module.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "epg/guide/guide_feed.h"
#include "epg/xmltv/xmltv_fetch.h"
#include "middleware/base/format.h"

namespace linli::app {
namespace {

using namespace std::chrono;
using base::Result;
using Instant = steady_clock::time_point;

constexpr std::string_view kFileScheme = "file://";
/// Longer than any box runs.
constexpr hours kNever{24 * 3650};

/// What of a channel a file's channels are known by.
auto known_by(const epg::Channel& channel) { return std::tie(channel.id, channel.name, channel.number); }

bool are_known_alike(const std::vector<epg::Channel>& some, const std::vector<epg::Channel>& others) {
    return std::ranges::equal(some, others, [](const auto& a, const auto& b) { return known_by(a) == known_by(b); });
}

class XmltvWorker final : public XmltvSource {
  public:
    explicit XmltvWorker(XmltvSourceParts& parts)
        : options_(std::move(parts.options)),
          loop_(parts.loop),
          clock_(parts.clock),
          log_(parts.log),
          on_status_(std::make_shared<std::function<void(const XmltvStatus&)>>(std::move(parts.listeners.on_status))),
          feed_(std::in_place, parts.loop,
                [take = std::move(parts.listeners.on_events)](const epg::GuideBatch& batch) { take(batch.events); }),
          client_(options_.http, &clock_),
          schedule_(options_.bounds, options_.box_id) {}

    ~XmltvWorker() override {
        thread_.request_stop();
        client_.cancel();
        // The thread may be waiting for room in it.
        feed_.reset();
        wake_.notify_all();
    }

    void start() override {
        if (!thread_.joinable()) thread_ = std::jthread([this, sink = feed_->sink()](std::stop_token stop) { run(stop, sink); });
    }

    void set_channels(std::vector<epg::Channel> channels) override {
        {
            std::lock_guard lock(mutex_);
            ++calls_;
            has_news_ = has_news_ || !are_known_alike(channels, channels_);
            channels_ = std::move(channels);
        }
        wake_.notify_all();
    }

    void set_network(bool is_on) override { client_.set_network(is_on); }

  private:
    void run(const std::stop_token& stop, const epg::GuideListener::Sink& sink) {
        Instant due = steady_clock::now() + schedule_.start_delay(), earliest = due;
        std::uint64_t calls_heard = 0;
        while (true) {
            std::vector<epg::Channel> channels;
            {
                std::unique_lock lock(mutex_);
                wake_.wait_until(lock, stop, due, [&] { return calls_ != calls_heard; });
                if (stop.stop_requested()) return;
                calls_heard = calls_;
                channels = channels_;
                if (std::exchange(has_news_, false)) {
                    is_wanted_again_ = true;
                    // All boxes hear of a new channel at the same time.
                    due = std::max(earliest, std::min(due, steady_clock::now() + options_.settles + schedule_.start_delay()));
                }
            }
            if (channels.empty()) due = steady_clock::now() + kNever;
            bool is_due = steady_clock::now() >= due;
            if (is_due) {
                auto wait = attempt(channels, stop, sink);
                if (stop.stop_requested()) return;
                earliest = steady_clock::now() + options_.bounds.least;
                due = steady_clock::now() + wait;
            }
            if (is_due || channels.empty() || !is_wanted_again_) {
                status_.channels_seen = calls_heard;
                status_.next_attempt = channels.empty() ? sys_seconds() : clock_.now() + ceil<seconds>(due - steady_clock::now());
                post();
            }
        }
    }

    /// How long to wait for the next one.
    milliseconds attempt(const std::vector<epg::Channel>& channels, const std::stop_token& stop, const epg::GuideListener::Sink& sink) {
        status_.state = XmltvStatus::State::Running;
        post();
        auto read = read_source(channels, stop, sink);
        if (!read) return fail(read.error().message, std::nullopt);
        if (!read->refusal.empty()) return fail(read->refusal, read->retry_after);
        schedule_.forget_failures();
        is_wanted_again_ = false;
        status_.state = XmltvStatus::State::Fresh;
        status_.last_error.clear();
        status_.last_success = clock_.now();
        if (!read->is_unchanged) {
            status_.counts = read->counts;
            log_.info(base::format("xmltv: {} programmes of {} channels; {} of channels that are not received, {} out of time, {} with impossible times",
                                   read->counts.programmes, read->counts.channels, read->counts.of_others, read->counts.out_of_time,
                                   read->counts.bad_times));
        }
        return schedule_.after_success(options_.bounds.most);
    }

    milliseconds fail(const std::string& reason, std::optional<seconds> retry_after) {
        ++status_.failures;
        status_.state = XmltvStatus::State::Failed;
        status_.last_error = reason;
        log_.warning("xmltv: " + reason);
        return schedule_.after_failure(retry_after);
    }

    Result<epg::XmltvAnswer> read_source(const std::vector<epg::Channel>& channels, const std::stop_token& stop, const epg::GuideListener::Sink& sink) {
        epg::XmltvOptions options{.untold_zone = options_.untold_zone};
        if (clock_.state() != base::ClockState::Unknown) options.window = epg::TimeWindow::around(clock_.now());
        epg::XmltvImport import(epg::XmltvMapping(channels, options_.channel_file), options,
                                [&](epg::GuideUpdate update) { sink({.events = std::move(update), .services = {}}); });
        std::string_view address = options_.address;
        bool is_remote = address.starts_with("http://") || address.starts_with("https://");
        if (!is_remote) {
            if (address.starts_with(kFileScheme)) address.remove_prefix(kFileScheme.size());
            return read_file(address, stop, import);
        }
        LINLI_TRY(answer, epg::fetch_xmltv(client_, options_.address, is_wanted_again_ ? "" : etag_, import));
        if (answer.refusal.empty() && !answer.is_unchanged) etag_ = answer.etag;
        return answer;
    }

    Result<epg::XmltvAnswer> read_file(const std::filesystem::path& file, const std::stop_token& stop, epg::XmltvImport& import) {
        std::error_code error;
        auto written = std::filesystem::last_write_time(file, error);
        epg::XmltvAnswer answer;
        answer.is_unchanged = !error && written == file_written_ && !is_wanted_again_;
        if (answer.is_unchanged) return answer;
        LINLI_TRY(counts, epg::import_xmltv_file(file, import, stop));
        answer.counts = counts;
        file_written_ = written;
        return answer;
    }

    void post() {
        // Once the source is gone, so is the listener: a status that is still in the queue finds nobody.
        loop_.post([listener = std::weak_ptr(on_status_), status = status_] {
            auto held = listener.lock();
            if (held && *held) (*held)(status);
        });
    }

    const XmltvSourceOptions options_;
    base::EventLoop& loop_;
    base::Clock& clock_;
    base::Log& log_;
    std::shared_ptr<std::function<void(const XmltvStatus&)>> on_status_;
    std::optional<epg::GuideFeed> feed_;
    net::HttpLibrary library_;
    net::HttpClient client_;
    // Of the thread alone.
    platform::SyncSchedule schedule_;
    XmltvStatus status_;
    /// What is had, and whether it has to be read though it is the same: for channels that were not known then.
    std::string etag_;
    std::filesystem::file_time_type file_written_{};
    bool is_wanted_again_ = true;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<epg::Channel> channels_;  // guarded by mutex_, as what follows
    std::uint64_t calls_ = 0;
    bool has_news_ = false;
    std::jthread thread_;  // last, so that it ends first
};

}  // namespace
}  // namespace linli::app

extern "C" linli::app::XmltvSource* linli_make_xmltv_source(linli::app::XmltvSourceParts* parts) {
    return new linli::app::XmltvWorker(*parts);
}
