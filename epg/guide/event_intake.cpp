#include "epg/guide/event_intake.h"

#include <algorithm>

#include "epg/guide/text_key.h"

namespace linli::epg {

using namespace std::chrono;

namespace {

// More than fills a screen at the largest text.
constexpr std::size_t kMostTitle = 512;
constexpr std::size_t kMostSummary = 2048;
constexpr std::size_t kMostDescription = 16384;

/// Cut between two characters.
std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    auto is_inside = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
    while (most > 0 && is_inside(most)) --most;
    return text.substr(0, most);
}

std::string_view without_spaces(std::string_view text) {
    constexpr std::string_view kSpaces = " \t\r\n";
    auto begin = std::min(text.find_first_not_of(kSpaces), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

}  // namespace

TimeWindow TimeWindow::around(sys_seconds now) {
    auto in_range = [](sys_seconds time) {
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(time.time_since_epoch().count(), 0, 0xFFFFFFFF));
    };
    TimeWindow window;
    window.first_end = in_range(now - kKept);
    window.last_start = std::min(window.last_start, in_range(now + kFurthest));
    return window;
}

bool TimeWindow::is_over(const Claim& claim) const {
    auto untold = static_cast<std::uint32_t>(seconds(kLongestEvent).count());
    return std::uint64_t(claim.start) + (claim.duration != 0 ? claim.duration : untold) < first_end;
}

std::optional<Claim> take_in(const IncomingEvent& event, const ClaimSlot& slot, const TimeWindow& window,
                             GuideCounters& counters) {
    std::int64_t start = event.start.time_since_epoch().count();
    std::int64_t duration = event.duration.count();
    if (duration < 0 || duration > seconds(kLongestEvent).count()) {
        ++counters.too_long;
        return std::nullopt;
    }
    if (start <= 0 || start > window.last_start) {
        ++counters.out_of_time;
        return std::nullopt;
    }
    std::string_view title = without_spaces(event.title), summary = without_spaces(event.summary);
    if (title.empty()) {
        ++counters.without_title;
        return std::nullopt;
    }
    Claim claim{.slot = slot,
                .id = event.id,
                .start = static_cast<std::uint32_t>(start),
                .duration = static_cast<std::uint32_t>(duration),
                .description = text_key(kept_description(event.description)),
                .title = cut(title, kMostTitle),
                .summary = cut(summary, kMostSummary),
                .genre = event.genre,
                .minimum_age = event.minimum_age,
                .running = event.running};
    if (window.is_over(claim)) {
        ++counters.out_of_time;
        return std::nullopt;
    }
    if (claim.title.size() < title.size() || claim.summary.size() < summary.size()) ++counters.cut_texts;
    ++counters.events;
    return claim;
}

std::string_view kept_description(std::string_view text) { return cut(without_spaces(text), kMostDescription); }

}  // namespace linli::epg
