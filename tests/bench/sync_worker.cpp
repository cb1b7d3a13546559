// linli-bench-sync: one box's sync in a process of its own, so that its memory and its writes are its own. A word a
// line on standard input: "sync" brings the box up to date, "search WORDS" and "digits DIGITS" time the first page of
// a search; answers a line each.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "content/content_store.h"
#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "platform/sync/sync_service.h"
#include "tests/bench/core_content.h"

using namespace linli;
using std::chrono::steady_clock;

namespace {

double milliseconds_since(steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

/// A number of a file of /proc, by the word before it.
long read_number(const char* file, const std::string& name) {
    std::ifstream in(file);
    for (std::string word; in >> word;) {
        long number = 0;
        if (word == name && in >> number) return number;
    }
    return 0;
}

/// From now on the peak is that of what follows.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

class Worker {
  public:
    Worker(platform::SyncOptions options, base::EventLoop& loop)
        : options_(options), loop_(loop), log_(base::make_silent_log()),
          sync_(options, clock_, *log_, loop, [this](const platform::SyncStatus& status) { hear(status); }) {}

    /// "fresh MS BYTES PEAK_KB WRITTEN_BYTES AREAS", or "failed WHY".
    void sync() {
        long resident = read_number("/proc/self/status", "VmRSS:");
        forget_peak();
        long written = read_number("/proc/self/io", "write_bytes:");
        begin_ = steady_clock::now();
        if (!std::exchange(has_started_, true)) {
            sync_.start();
        } else {
            sync_.sync_now();
        }
        loop_.run();
        if (status_.state != platform::SyncStatus::State::Fresh) return say("failed " + status_.last_error);
        say(base::format("fresh {:.3f} {} {} {} {}", took_, status_.bytes_received,
                         read_number("/proc/self/status", "VmHWM:") - resident,
                         read_number("/proc/self/io", "write_bytes:") - written, status_.areas_changed));
    }

    /// "found MS ROWS"
    void search(const std::string& words, bool are_digits) {
        if (!store_) {
            auto opened = content::ContentStore::open(options_.content_file, content::ContentStore::Examination::Brief);
            if (!opened) return say("failed " + opened.error().message);
            store_ = std::make_unique<content::ContentStore>(std::move(*opened));
        }
        constexpr content::ItemWindow kFirstPage{0, 8};
        auto chain = options_.area.chain();
        auto begin = steady_clock::now();
        auto rows = are_digits ? store_->search_by_digits(words, chain, clock_.now(), kFirstPage)
                               : store_->search(words, chain, clock_.now(), kFirstPage);
        double took = milliseconds_since(begin);
        if (!rows) return say("failed " + rows.error().message);
        say(base::format("found {:.4f} {}", took, rows->size()));
    }

  private:
    static void say(const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    }

    void hear(const platform::SyncStatus& status) {
        using State = platform::SyncStatus::State;
        if (status.state != State::Fresh && status.state != State::Failed) return;
        took_ = milliseconds_since(begin_);
        status_ = status;
        loop_.quit();
    }

    platform::SyncOptions options_;
    base::EventLoop& loop_;
    base::SystemClock clock_;
    std::unique_ptr<base::Log> log_;
    platform::SyncStatus status_;
    steady_clock::time_point begin_;
    double took_ = 0;
    bool has_started_ = false;
    std::unique_ptr<content::ContentStore> store_;
    platform::SyncService sync_;
};

}  // namespace

/// linli-bench-sync URL ROOT-FILE DATA-FOLDER
int main(int argc, char** argv) {
    if (argc != 4) return 2;
    std::filesystem::path data = argv[3];
    platform::SyncOptions options{.base_urls = {argv[1]},
                                  .area = *content::AreaCode::parse(bench::kArea),
                                  .content_file = data / "content.db",
                                  .object_folder = data / "objects",
                                  .trust_folder = data / "trust",
                                  .root_file = argv[2],
                                  .bounds = {.least = std::chrono::hours(1),
                                             .most = std::chrono::hours(2),
                                             .least_alerts = std::chrono::hours(1)}};
    net::HttpLibrary library;
    auto loop = base::EventLoop::create();
    if (!loop) return 1;
    Worker worker(options, **loop);
    for (std::string line; std::getline(std::cin, line);) {
        if (line == "sync") worker.sync();
        if (line.starts_with("search ")) worker.search(line.substr(7), false);
        if (line.starts_with("digits ")) worker.search(line.substr(7), true);
    }
    return 0;
}
