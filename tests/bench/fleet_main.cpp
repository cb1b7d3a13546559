// What a city's boxes ask of a server, from which docs/serving.md reckons: the bytes of one real box on the wire, what
// 2,000 of them cost a real nginx over TLS, and how evenly the clocks of 200,000 spread their requests. `linli-bench
// fleet` runs it; the first argument is a file for the figures as JSON, or empty.

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <numeric>
#include <thread>

#include "content/checker.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/net/http_client.h"
#include "tests/bench/report.h"
#include "tests/platform/signed_tree.h"
#include "tests/serving/byte_counter.h"
#include "tests/serving/calendar.h"
#include "tests/serving/fleet.h"
#include "tests/support/nginx.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"
#include "CppUTest/MemoryLeakWarningPlugin.h"

using namespace linli;
using namespace linli::bench;

namespace {

using namespace std::chrono_literals;
using content::AreaCode;
using content::Part;
using tests::Fleet;
using Due = Fleet::Due;
namespace fs = std::filesystem;

constexpr int kBoxes = 2000;
constexpr const char* kCommunity = "12/0101/001/002";
/// As docs/serving.md sets it up.
const std::string kSettings = "include " LINLI_SOURCE_DIR
    "/packaging/nginx/linli-publication.conf; ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:sessions:64m;"
    " ssl_conf_command NumTickets 1;";
/// Until nginx has closed what is idle, and sees new heads.
constexpr auto kUntilClosed = 7s;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

class FleetBench {
  public:
    FleetBench(const fs::path& sample, std::vector<Figure>& figures) : figures_(figures) {
        auto loaded = content::load_folder(sample);
        for (auto& [area, items] : loaded.areas) {
            for (content::LoadedItem& one : items) {
                for (content::Object* object : content::objects_of(one.item)) {
                    bool is_prefetched = object->is_prefetched;
                    *object = tree_.add_object(*base::read_file(one.file.parent_path() / object->src));
                    object->is_prefetched = is_prefetched;
                }
                items_[area].push_back(one.item);
            }
            tree_.publish(area, items_[area], now());
        }
        tree_.publish(*AreaCode::parse("12"), {}, now(), Part::Alerts);
        nginx_ = std::make_unique<tests::Nginx>(tree_.folder(), authority_, kSettings);
    }

    base::Result<void> run() {
        LINLI_CHECK(measure_one());
        LINLI_CHECK(measure_all());
        measure_calendar();
        return {};
    }

  private:
    std::unique_ptr<Fleet> make_fleet(int boxes, std::uint16_t port, const std::string& name) {
        return std::make_unique<Fleet>(tests::FleetOptions{.url = base::format("https://127.0.0.1:{}", port),
                                                           .root_file = tree_.root_file(),
                                                           .ca_file = authority_.ca(),
                                                           .areas = {*AreaCode::parse(kCommunity)},
                                                           .boxes = boxes,
                                                           .folder = folder_.path() / name});
    }

    /// Another notice changes its title.
    void publish(const AreaCode& area, Part part) {
        ++published_;
        std::vector<content::Item> items = part == Part::Content ? items_[area] : std::vector<content::Item>{};
        content::Item notice = items_[*AreaCode::parse(kCommunity)].front();
        for (const auto& item : items_[*AreaCode::parse(kCommunity)])
            if (item.kind() == content::Kind::Notice) notice = item;
        notice.id = part == Part::Content ? "changed" : "alert";
        std::get<content::Notice>(notice.content).title = base::format("停水通知（第{}次）", published_);
        items.push_back(notice);
        auto when = now() + std::chrono::seconds(published_);
        tree_.publish(area, items, when, part);
        // Heads of one second and one length would have one validator.
        fs::last_write_time(tree_.head_file(area, part), std::chrono::file_clock::from_sys(when));
        std::this_thread::sleep_for(kUntilClosed);
    }

    void tell(const std::string& name, double value, const std::string& unit, const std::string& goal = {}) {
        figures_.push_back({"fleet", name, value, unit, {}, goal});
    }

    /// What goes over the wire, for one box.
    base::Result<void> measure_one() {
        tests::ByteCounter counter(nginx_->port());
        auto measure = [&](Fleet& box, Due due, const std::string& name) -> base::Result<Fleet::Round> {
            auto round = box.sync(due);
            if (!round.error.empty()) return base::fail(round.error);
            auto bytes = counter.take();
            tell(name + ", down", static_cast<double>(bytes.down), "bytes");
            tell(name + ", up", static_cast<double>(bytes.up), "bytes");
            return round;
        };
        auto box = make_fleet(1, counter.port(), "one");
        LINLI_CHECK(measure(*box, Due::Everything, "first sync of a box"));
        box.reset();
        box = make_fleet(1, counter.port(), "one");
        LINLI_CHECK(measure(*box, Due::Everything, "unchanged poll after a restart (whole handshake)"));
        LINLI_TRY(poll, measure(*box, Due::Everything, "unchanged poll (resumed session)"));
        tell("unchanged poll, HTTP alone, an area, down", static_cast<double>(poll.received) / poll.asked, "bytes", "value <= 500");
        tell("unchanged poll, HTTP alone, an area, up", static_cast<double>(poll.sent) / poll.asked, "bytes");
        LINLI_CHECK(measure(*box, Due::Alerts, "unchanged poll of alerts alone"));
        publish(*AreaCode::parse(kCommunity), Part::Content);
        LINLI_CHECK(measure(*box, Due::Everything, "poll that brings a changed notice"));
        publish(*AreaCode::parse("12"), Part::Alerts);
        LINLI_CHECK(measure(*box, Due::Alerts, "poll that brings an alert"));
        return {};
    }

    /// What it costs nginx, for many.
    base::Result<void> measure_all() {
        auto fleet = make_fleet(kBoxes, nginx_->port(), "all");
        auto measure = [&](Due due, const std::string& name) -> base::Result<void> {
            double before = nginx_->processor_time();
            auto lines = std::ranges::count(nginx_->log(), '\n');
            auto round = fleet->sync(due);
            if (!round.error.empty()) return base::fail(round.error);
            double used = nginx_->processor_time() - before;
            auto requests = static_cast<double>(std::ranges::count(nginx_->log(), '\n') - lines);
            tell(name + ", requests a box", requests / kBoxes, "");
            tell(name + ", nginx a box", used * 1e6 / kBoxes, "us");
            tell(name + ", boxes a second a core", kBoxes / used, "1/s");
            return {};
        };
        LINLI_CHECK(measure(Due::Everything, "2,000 first syncs"));
        std::this_thread::sleep_for(kUntilClosed);
        LINLI_CHECK(measure(Due::Everything, "2,000 unchanged polls"));
        std::this_thread::sleep_for(kUntilClosed);
        LINLI_CHECK(measure(Due::Alerts, "2,000 unchanged polls of alerts alone"));
        publish(*AreaCode::parse(kCommunity), Part::Content);
        LINLI_CHECK(measure(Due::Everything, "2,000 polls that bring a changed notice"));
        publish(*AreaCode::parse("12"), Part::Alerts);
        LINLI_CHECK(measure(Due::Alerts, "2,000 polls that bring an alert"));
        return {};
    }

    /// The busiest second, in multiples of the average of the time looked at.
    void measure_calendar() {
        auto peak = [](const std::vector<std::uint32_t>& attempts, std::ptrdiff_t from, std::ptrdiff_t until) {
            auto begin = attempts.begin() + from, end = attempts.begin() + until;
            return *std::max_element(begin, end) / (std::accumulate(begin, end, 0.0) / static_cast<double>(until - from));
        };
        tests::Calendar calendar{.boxes = 200'000, .bounds = {.start_spread = 300s}};
        tell("peak of the start, 200,000 boxes, spread over 300 s", peak(tests::attempts_by_second(calendar), 0, 300), "x average");
        calendar.length = 3h;
        tell("peak of an hour, 200,000 boxes, poll 300 s", peak(tests::attempts_by_second(calendar), 7200, 10800), "x average");
        calendar.outage_begins = 3600s;
        calendar.outage = 1800s;
        tell("peak after an outage of half an hour", peak(tests::attempts_by_second(calendar), 5400, 10800), "x average");
    }

    std::vector<Figure>& figures_;
    net::HttpLibrary library_;
    tests::TemporaryFolder folder_;
    tests::TestAuthority authority_;
    tests::SignedTree tree_{folder_.path() / "tree"};
    std::map<AreaCode, std::vector<content::Item>> items_;
    std::unique_ptr<tests::Nginx> nginx_;
    int published_ = 0;
};

/// Each box has its files and its connection open.
void allow_many_files() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int count, char** arguments) {
    MemoryLeakWarningPlugin::turnOffNewDeleteOverloads();
    allow_many_files();
    std::vector<Figure> figures;
    auto done = FleetBench(LINLI_SOURCE_DIR "/simulator/samples/city", figures).run();
    if (!done) {
        std::fprintf(stderr, "linli-bench-fleet: %s\n", done.error().message.c_str());
        return 1;
    }
    print_table(figures);
    bool has_file = count > 1 && *arguments[1] != '\0';
    return !has_file || base::write_file_atomically(arguments[1], to_json(figures)) ? 0 : 1;
}
