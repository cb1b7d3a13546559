#include "tests/bench/guide_bench.h"

#include <chrono>
#include <cstdlib>
#include <map>
#include <string>

#include "middleware/base/format.h"
#include "tests/bench/child.h"
#include "tests/bench/guide_screens.h"
#include "tests/bench/guide_week.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {
namespace {

using Numbers = std::map<std::string, double>;

/// Of which the median counts.
constexpr int kRestarts = 7;

/// What the worker printed.
base::Result<Numbers> work(const std::filesystem::path& programs, const std::string& what, const std::filesystem::path& folder, std::chrono::sys_days first_day) {
    LINLI_TRY(child, Child::start({programs / "linli-bench-guide", what, folder, std::to_string(first_day.time_since_epoch().count())}));
    Numbers numbers;
    for (std::string line; !(line = child.read_line()).empty();) {
        auto space = line.find(' ');
        if (space != line.npos) numbers[line.substr(0, space)] = std::strtod(line.c_str() + space, nullptr);
    }
    return numbers;
}

}  // namespace

base::Result<void> bench_guide(const std::filesystem::path& programs, const std::filesystem::path& sample, std::vector<Figure>& figures) {
    auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    LINLI_TRY(folder, WorkFolder::create());
    LINLI_TRY(made, work(programs, "make", folder.path(), today));
    LINLI_TRY(filled, work(programs, "fill", folder.path(), today));
    constexpr double kEvents = double(kGuideChannels) * kGuideDays * kGuideEvents;
    if (filled["events"] != kEvents) return base::fail(base::format("the guide took in {} events of {}", filled["events"], kEvents));
    std::map<std::string, std::vector<double>> restarts;
    for (int i = 0; i < kRestarts; ++i) {
        LINLI_TRY(restarted, work(programs, "restart", folder.path(), today));
        if (restarted["shown"] != filled["shown"]) return base::fail("the guide shows something else after a restart");
        for (const auto& [name, value] : restarted) restarts[name].push_back(value);
    }
    LINLI_TRY(xmltv, work(programs, "xmltv", folder.path(), today));
    auto add = [&](const char* name, double value, const char* unit, double limit) {
        figures.push_back({"epg", name, value, unit, limit, "ratio <= 1"});
    };
    auto tell = [&](const char* name, double value, const char* unit) { figures.push_back({"epg", name, value, unit, std::nullopt, ""}); };
    add("week of 200 channels, packets to stored guide", filled["stored_ms"], "ms", 2000);
    add("the same, peak memory of the process", filled["peak_mb"], "MB", 32);
    tell("the same, longest batch on the UI thread", filled["longest_batch_ms"], "ms");
    add("from the store after a restart", median(restarts["restart_ms"]), "ms", 50);
    add("search by digits, slowest of six", median(restarts["search_ms"]), "ms", 10);
    add("a genre's events of a week", median(restarts["genre_ms"]), "ms", 10);
    figures.push_back({"epg", "XMLTV against Expat with empty handlers", xmltv["xmltv_mb_s"], "MB/s", xmltv["expat_mb_s"], "ratio >= 0.5"});
    tell("XMLTV of the week into the guide", xmltv["xmltv_into_guide_ms"], "ms");
    return bench_guide_screens(programs, sample, folder.path(), figures);
}

}  // namespace linli::bench
