#include "tests/bench/guide_bench.h"

#include <cstdlib>
#include <map>
#include <string>

#include "middleware/base/format.h"
#include "tests/bench/child.h"
#include "tests/bench/guide_week.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {
namespace {

using Numbers = std::map<std::string, double>;

/// What the worker printed.
base::Result<Numbers> work(const std::filesystem::path& programs, const std::string& what, const std::filesystem::path& folder) {
    LINLI_TRY(child, Child::start({programs / "linli-bench-guide", what, folder}));
    Numbers numbers;
    for (std::string line; !(line = child.read_line()).empty();) {
        auto space = line.find(' ');
        if (space != line.npos) numbers[line.substr(0, space)] = std::strtod(line.c_str() + space, nullptr);
    }
    return numbers;
}

}  // namespace

base::Result<void> bench_guide(const std::filesystem::path& programs, std::vector<Figure>& figures) {
    LINLI_TRY(folder, WorkFolder::create());
    LINLI_TRY(made, work(programs, "make", folder.path()));
    LINLI_TRY(filled, work(programs, "fill", folder.path()));
    constexpr double kEvents = double(kGuideChannels) * kGuideDays * kGuideEvents;
    if (filled["events"] != kEvents) return base::fail(base::format("the guide took in {} events of {}", filled["events"], kEvents));
    LINLI_TRY(restarted, work(programs, "restart", folder.path()));
    if (restarted["shown"] != filled["shown"]) return base::fail("the guide shows something else after a restart");
    LINLI_TRY(xmltv, work(programs, "xmltv", folder.path()));
    auto add = [&](const char* name, double value, const char* unit, const char* goal) {
        figures.push_back({"epg", name, value, unit, std::nullopt, goal});
    };
    add("week of 200 channels: packets to stored and shown", filled["stored_ms"], "ms", "value <= 2000");
    add("the same, peak memory of the process", filled["peak_mb"], "MB", "value <= 32");
    add("the same, longest batch on the UI thread", filled["longest_batch_ms"], "ms", "");
    add("from the store after a restart", restarted["restart_ms"], "ms", "value <= 50");
    add("search by digits, slowest of six", restarted["search_ms"], "ms", "value <= 10");
    add("a genre's events of a week", restarted["genre_ms"], "ms", "value <= 10");
    figures.push_back({"epg", "XMLTV against Expat with empty handlers", xmltv["xmltv_mb_s"], "MB/s", xmltv["expat_mb_s"], "ratio >= 0.5"});
    add("XMLTV of the week into the guide", xmltv["xmltv_into_guide_ms"], "ms", "");
    return {};
}

}  // namespace linli::bench
