#include "simulator/serve/content_watch.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>

#include "middleware/base/format.h"

namespace linli::simulator {

namespace {

constexpr std::chrono::seconds kPause{2};

}  // namespace

std::optional<content::AreaCode> ContentState::first_community() const {
    const Area* deepest = nullptr;
    for (const Area& area : areas)
        if (!deepest || area.code.chain().size() > deepest->code.chain().size()) deepest = &area;
    return deepest ? std::optional(deepest->code) : std::nullopt;
}

ContentState read_content(const std::filesystem::path& folder, std::chrono::sys_seconds now) {
    content::LoadedFolder loaded = content::load_folder(folder);
    ContentState state;
    state.faults = std::move(loaded.report.faults);
    state.items = loaded.report.items;
    state.checked = now;
    for (const auto& [code, items] : loaded.areas) {
        ContentState::Area area{code, code.str()};
        for (const content::LoadedItem& one : items)
            if (auto* named = std::get_if<content::Area>(&one.item.content)) area.name = named->name;
        state.areas.push_back(std::move(area));
    }
    return state;
}

ContentState publish_content(const std::filesystem::path& folder, LocalPlatform& platform, std::chrono::sys_seconds now) {
    ContentState state = read_content(folder, now);
    if (!state.faults.empty()) return state;
    auto report = platform.publish(folder, now);
    if (!report) state.error = report.error().message;
    // It may have changed since it was read.
    else state.faults = std::move(report->check.faults);
    return state;
}

// Half a save is seen as such; the next look finds the rest.
std::string ContentWatch::look(const std::filesystem::path& folder) {
    std::vector<std::string> lines;
    std::error_code error;
    auto options = std::filesystem::directory_options::skip_permission_denied;
    for (std::filesystem::recursive_directory_iterator it(folder, options, error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (!it->is_regular_file(ignored)) continue;
        lines.push_back(base::format("{} {} {}", it->path().string(), it->file_size(ignored),
                                     it->last_write_time(ignored).time_since_epoch().count()));
    }
    std::ranges::sort(lines);
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

ContentWatch::ContentWatch(std::filesystem::path folder, std::string seen, std::function<void()> work)
    : folder_(std::move(folder)),
      work_(std::move(work)),
      seen_(std::move(seen)),
      thread_([this](const std::stop_token& token) { watch(token); }) {}

ContentWatch::~ContentWatch() = default;

void ContentWatch::watch(const std::stop_token& token) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!token.stop_requested()) {
        wake.wait_for(lock, token, kPause, [] { return false; });
        if (token.stop_requested()) return;
        std::string now = look(folder_);
        if (now == seen_) continue;
        seen_ = std::move(now);
        work_();
    }
}

}  // namespace linli::simulator
