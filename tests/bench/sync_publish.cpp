// Publishing 100,000 items: from nothing, after one edit, and when nothing has changed.

#include <chrono>

#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/bench/plain_sync.h"
#include "tests/bench/sync_bench.h"

namespace linli::bench {
namespace {

using std::chrono::steady_clock;

/// What the publisher packs contents with.
constexpr int kContentLevel = 9;

std::vector<std::string> publish_command(const SyncSetup& setup) {
    return {setup.programs / "linli-publish", "publish", setup.content, "--to", setup.tree, "--key", setup.keys};
}

/// Reads every file, parses it with empty handlers and packs it: what no publisher can do without.
base::Result<double> publish_plainly(const SyncSetup& setup) {
    auto begin = steady_clock::now();
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(setup.content)) {
        if (!entry.is_regular_file()) continue;
        LINLI_TRY(bytes, base::read_file(entry.path()));
        parse_plainly(bytes);
        all += bytes;
    }
    LINLI_CHECK(base::compress(all, {.level = kContentLevel}));
    return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

base::Result<void> edit(const std::filesystem::path& file, int number) {
    LINLI_TRY(text, base::read_file(file));
    auto at = text.find("</p>");
    if (at == std::string::npos) return base::fail("nothing to edit in " + file.string());
    text.insert(at, base::format("（更正{}）", number));
    return base::write_file_atomically(file, text);
}

}  // namespace

base::Result<void> bench_publish(const SyncSetup& setup, std::vector<Figure>& figures) {
    LINLI_TRY(first, run_program(publish_command(setup)));
    LINLI_TRY(plain, publish_plainly(setup));
    figures.push_back({"sync", "publish 100,000 items from nothing", first.milliseconds, "ms", plain, ""});
    figures.push_back({"sync", "  its peak memory", first.peak_mb, "MB", std::nullopt, ""});

    auto file = setup.content / "12" / "part-0100.xml";
    std::vector<double> edits, unchanged;
    double peak = 0;
    for (int number = 1; number <= 5; ++number) {
        LINLI_CHECK(edit(file, number));
        LINLI_TRY(after_edit, run_program(publish_command(setup)));
        edits.push_back(after_edit.milliseconds);
        peak = std::max(peak, after_edit.peak_mb);
        LINLI_TRY(after_nothing, run_program(publish_command(setup)));
        unchanged.push_back(after_nothing.milliseconds);
    }
    figures.push_back({"sync", "publish after one edit", median(edits), "ms", std::nullopt, "value <= 100"});
    figures.push_back({"sync", "  its peak memory", peak, "MB", std::nullopt, ""});
    figures.push_back({"sync", "publish without a change", median(unchanged), "ms", std::nullopt, ""});
    return {};
}

}  // namespace linli::bench
