// The screen: exec to first frame, key to frame, memory, idle processor time; each against the bare program.

#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/bench/core_bench.h"
#include "tests/bench/tested_box.h"

namespace linli::bench {
namespace {

using std::chrono::steady_clock;
constexpr int kStarts = 15;
constexpr int kKeys = 1000;

base::Result<TestedBox> start_box(const CoreSetup& setup, const std::filesystem::path& data) {
    return TestedBox::start(setup.programs, setup.work, {"--area", kArea, "--data", data, "--start", "home", "--sync-interval", "3600",
                                                         "--platform", setup.platform_url, "--root", setup.root_file});
}

double milliseconds_between(steady_clock::time_point begin, const std::string& nanoseconds) {
    return (std::strtod(nanoseconds.c_str(), nullptr) - static_cast<double>(begin.time_since_epoch().count())) / 1e6;
}

double milliseconds_of(const std::string& answer) {
    return answer.starts_with("shown in ") ? std::strtod(answer.c_str() + 9, nullptr) / 1000 : 0;
}

/// A walk through every screen; the rows differ from round to round.
std::vector<std::string> walk() {
    std::vector<std::string> keys;
    auto press = [&](std::initializer_list<const char*> more) { keys.insert(keys.end(), more.begin(), more.end()); };
    auto down = [&](int times) { keys.insert(keys.end(), static_cast<std::size_t>(times), "DOWN"); };
    for (int round = 0; static_cast<int>(keys.size()) < kKeys; ++round) {
        press({"HOME", "DOWN", "RIGHT", "DOWN", "LEFT", "UP", "1"});
        down(2 + round % 9);
        press({"OK", "DOWN", "DOWN", "UP", "BACK", "RIGHT", "DOWN", "DOWN", "OK", "DOWN", "BACK", "GREEN"});
        down(1 + round % 8);
        press({"OK", "DOWN", "DOWN", "OK", "DOWN", "HOME", "2"});
        down(round % 11);
        press({"OK", "DOWN", "DOWN", "OK", "DOWN", "UP", "BACK", "DOWN", "OK", "BACK", "BACK", "HOME", "4"});
        down(1 + round % 6);
        press({"OK", "DOWN", "DOWN", "DOWN", "BACK", "DOWN", "DOWN", "OK", "BACK", "HOME", "3", "BACK", "6"});
        down(2 + round % 5);
        press({"OK", "BACK", "HOME", "8", "DOWN", "UP", "OK", "DOWN", "BACK", "DOWN", "DOWN", "OK", "DOWN", "BACK", "BACK", "BACK",
               "HOME", "9", "DOWN"});
    }
    keys.resize(kKeys);
    return keys;
}

}  // namespace

base::Result<void> bench_screen(const CoreSetup& setup, std::vector<Figure>& figures) {
    // sync has left a store with 5,000 items.
    auto data = setup.work / "sync";
    std::vector<std::string> bare_command{setup.programs / "linli-bench-bare", kDummyDisplay};

    std::vector<double> first, bare_first;
    for (int run = 0; run < kStarts; ++run) {
        LINLI_TRY(box, start_box(setup, data));
        first.push_back(milliseconds_between(box.child().started(), box.ask("start")));
        LINLI_TRY(bare, Child::start(bare_command));
        bare_first.push_back(milliseconds_between(bare.started(), bare.read_line()));
    }
    figures.push_back({"core", "exec to first frame", median(first), "ms", median(bare_first), "ratio <= 1.5"});

    LINLI_TRY(box, start_box(setup, data));
    LINLI_TRY(bare, Child::start(bare_command));
    bare.read_line();
    std::vector<double> key, bare_key;
    for (const std::string& name : walk()) {
        key.push_back(box.press(name));
        bare.write_line(name);
        bare_key.push_back(milliseconds_of(bare.read_line()));
    }
    figures.push_back({"core", "key to frame, p50", percentile(key, 0.50), "ms", percentile(bare_key, 0.50), ""});
    figures.push_back({"core", "key to frame, p95", percentile(key, 0.95), "ms", percentile(bare_key, 0.95), "ratio <= 1.5"});
    figures.push_back({"core", "key to frame, p99", percentile(key, 0.99), "ms", percentile(bare_key, 0.99), ""});
    // The box rests 2 s after the last key and gives back what it does not need.
    std::this_thread::sleep_for(std::chrono::seconds(3));
    figures.push_back({"core", "memory after 1,000 keys (PSS)", box.child().memory(), "MB", bare.memory(), "ratio <= 1.3"});

    constexpr double kIdleSeconds = 20;
    double before = box.child().processor_time();
    std::this_thread::sleep_for(std::chrono::duration<double>(kIdleSeconds));
    double used = box.child().processor_time() - before;
    figures.push_back({"core", "processor while nothing happens", 100 * used / kIdleSeconds, "%", std::nullopt, "value <= 0.5"});
    return {};
}

}  // namespace linli::bench
