#include "tests/bench/guide_screens.h"

#include <unistd.h>

#include <chrono>
#include <map>
#include <string>
#include <thread>

#include "middleware/base/format.h"
#include "tests/bench/core_content.h"
#include "tests/bench/tested_box.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {
namespace {

constexpr int kRounds = 40;
constexpr const char* kList = "list";
/// Nobody sends there: no picture takes the processor's time, and the guide is as it was kept.
constexpr const char* kSilentTuner = "udp://127.0.0.1:25991";

/// Keys that belong to one screen; the first of them brings it up.
struct Part {
    const char* screen;
    std::vector<std::string> keys;
};

std::vector<std::string> moves(const char* first, int downs, std::initializer_list<const char*> after) {
    std::vector<std::string> keys{first};
    keys.insert(keys.end(), static_cast<std::size_t>(downs), "DOWN");
    keys.insert(keys.end(), after.begin(), after.end());
    return keys;
}

/// Through every screen; the rows differ from round to round. What is of no screen only leads there.
std::vector<Part> walk(int round) {
    return {{nullptr, {"HOME"}},
            {kList, moves("1", 4 + round % 9, {"UP"})},
            {nullptr, {"HOME"}},
            {"now and next", moves("GUIDE", 3 + round % 8, {"UP"})},
            {"a channel's day", moves("OK", 3 + round % 5, {"UP"})},
            {"one programme", moves("OK", 2, {})},
            {nullptr, {"BACK"}},
            {"a channel's week", moves("GREEN", 2, {})},
            {nullptr, {"BACK", "BACK"}},
            {"on at eight", moves("GREEN", 2 + round % 4, {"BLUE", "DOWN"})},
            {nullptr, {"BACK"}},
            {"kinds", moves("BLUE", 1 + round % 3, {})},
            {"one kind", moves("OK", 2 + round % 4, {})},
            {nullptr, {"BACK", "BACK"}},
            {"find", moves("YELLOW", 0, {"9", round % 2 ? "9" : "5", "DOWN", "DOWN"})}};
}

base::Result<void> play(TestedBox& box, const Part& part, std::map<std::string, std::vector<double>>& took) {
    std::string before = box.ask("page");
    for (std::size_t i = 0; i < part.keys.size(); ++i) {
        double milliseconds = box.press(part.keys[i]);
        if (part.screen == nullptr) continue;
        took[part.screen].push_back(milliseconds);
        if (i == 0 && box.ask("page") == before) return base::fail(base::format("{} did not open the screen: {}", part.keys[i], part.screen));
    }
    return {};
}

base::Result<void> wait_for_sync(TestedBox& box) {
    for (int tries = 0; tries < 600; ++tries) {
        if (box.ask("wait") == "idle\n") return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return base::fail("the box of the guide's benchmark did not get its content");
}

}  // namespace

base::Result<void> bench_guide_screens(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                       const std::filesystem::path& data, std::vector<Figure>& figures) {
    LINLI_TRY(work, WorkFolder::create());
    LINLI_CHECK(publish_many(sample, work.path() / "content", work.path() / "tree"));
    std::string port = std::to_string(20000 + ::getpid() % 20000);
    LINLI_TRY(platform, Child::start({programs / "linli-platform", "--publication", work.path() / "tree", "--database", work.path() / "platform.db", "--port", port}));
    LINLI_TRY(box, TestedBox::start(programs, work.path(), {"--area", kArea, "--data", data, "--start", "home", "--sync-interval", "3600", "--live", kSilentTuner,
                                                            "--platform", "http://127.0.0.1:" + port, "--root", work.path() / "tree/root/1.signed"}));
    LINLI_CHECK(wait_for_sync(box));
    std::map<std::string, std::vector<double>> took;
    for (int round = 0; round < kRounds; ++round)
        for (const Part& part : walk(round)) LINLI_CHECK(play(box, part, took));
    double list = percentile(took[kList], 0.95);
    for (const auto& [screen, milliseconds] : took)
        if (screen != kList) figures.push_back({"epg", "key to frame p95: " + screen, percentile(milliseconds, 0.95), "ms", list, "ratio <= 1.5"});
    return {};
}

}  // namespace linli::bench
