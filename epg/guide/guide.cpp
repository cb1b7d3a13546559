#include "epg/guide/guide.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "epg/guide/candidates.h"
#include "epg/guide/memory_keeper.h"
#include "epg/guide/schedule_book.h"
#include "middleware/text/initials.h"

namespace linli::epg {

using namespace std::chrono;

namespace {

/// So long a present event that is told to be running stays what is on, though its time is over.
constexpr minutes kOverrun{30};

sys_seconds to_time(std::uint32_t seconds_since_1970) { return sys_seconds(seconds(seconds_since_1970)); }

/// Times before 1970 and after 2106 become those.
std::uint32_t from_time(sys_seconds time) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(time.time_since_epoch().count(), 0, 0xFFFFFFFF));
}

Event to_event(const ServiceId& id, const Shown& shown, const Claim& claim) {
    return {.channel = id,
            .id = claim.id,
            .start = to_time(shown.start),
            .duration = seconds(shown.end - shown.start),
            .title = std::string(claim.title),
            .summary = std::string(claim.summary),
            .description = {},
            .genre = claim.genre,
            .minimum_age = claim.minimum_age};
}

/// Community channel first, then by number, those without one last.
bool comes_before(const Channel& a, const Channel& b) {
    auto order = [](const Channel& channel) {
        return std::tuple(!channel.is_community, channel.number == 0, channel.number, channel.id);
    };
    return order(a) < order(b);
}

using Place = std::span<const Shown>::iterator;

Place first_ending_after(const Schedule& schedule, std::uint32_t time) {
    return std::ranges::upper_bound(schedule.shown(), time, {}, &Shown::end);
}

/// Whether the head-end says that this is on, whatever its end.
bool runs_on(const Claim& claim, const Shown& shown, std::uint32_t now) {
    return claim.slot == ClaimSlot{ClaimSource::PresentFollowing, 0, 0} && claim.state == ClaimState::Fresh &&
           claim.running == Running::Yes && shown.start <= now &&
           now < shown.end + static_cast<std::uint32_t>(seconds(kOverrun).count());
}

}  // namespace

struct Guide::Impl {
    const base::Clock& clock;
    std::unique_ptr<GuideKeeper> keeper;
    ScheduleBook book{*keeper};
    std::vector<Channel> channels{};
    std::unordered_map<ServiceId, std::size_t> place_of{};
    std::uint64_t version = 1;
    GuideCounters counters{};

    TimeWindow window() const {
        return clock.state() == base::ClockState::Unknown ? TimeWindow() : TimeWindow::around(clock.now());
    }
    void note(ScheduleBook::Change change) {
        if (change == ScheduleBook::Change::Visible) ++version;
    }
    void take(std::vector<Channel> list) {
        std::ranges::sort(list, comes_before);
        channels = std::move(list);
        place_of.clear();
        for (std::size_t i = 0; i < channels.size(); ++i) place_of.try_emplace(channels[i].id, i);
        ++version;
    }
    std::vector<Event> events_of(const std::vector<Candidate>& candidates) {
        std::vector<Event> events;
        events.reserve(candidates.size());
        for (const Candidate& one : candidates) {
            const ServiceId& id = channels[one.channel].id;
            const Schedule* schedule = book.find(id);
            const Shown& shown = schedule->shown()[one.place];
            events.push_back(to_event(id, shown, schedule->claim_of(shown)));
        }
        return events;
    }
};

Guide::Guide(const base::Clock& clock) : Guide(clock, std::make_unique<MemoryKeeper>()) {}
Guide::Guide(const base::Clock& clock, std::unique_ptr<GuideKeeper> keeper)
    : impl_(std::make_unique<Impl>(clock, std::move(keeper))) {
    impl_->take(impl_->keeper->channels());
}
Guide::~Guide() = default;

const std::vector<Channel>& Guide::channels() const { return impl_->channels; }

const Channel* Guide::channel(const ServiceId& id) const {
    auto found = impl_->place_of.find(id);
    return found == impl_->place_of.end() ? nullptr : &impl_->channels[found->second];
}

const Channel* Guide::channel_of_number(int number) const {
    if (number == 0) return nullptr;
    auto found = std::ranges::find(impl_->channels, number, &Channel::number);
    return found == impl_->channels.end() ? nullptr : &*found;
}

Guide::NowAndNext Guide::now_and_next(const ServiceId& id, sys_seconds now) const {
    const Schedule* schedule = impl_->book.find(id);
    if (schedule == nullptr) return {};
    std::uint32_t time = from_time(now);
    auto begin = schedule->shown().begin(), end = schedule->shown().end();
    auto place = first_ending_after(*schedule, time);
    auto event_at = [&](Place at) { return to_event(id, *at, schedule->claim_of(*at)); };
    NowAndNext both;
    if (place != begin && runs_on(schedule->claim_of(*(place - 1)), *(place - 1), time)) {
        both.now = event_at(place - 1);
    } else if (place != end && place->start <= time) {
        both.now = event_at(place++);
    }
    if (place != end) both.next = event_at(place);
    return both;
}

std::vector<Event> Guide::events(const ServiceId& id, sys_seconds from, sys_seconds until) const {
    std::vector<Event> events;
    const Schedule* schedule = impl_->book.find(id);
    if (schedule == nullptr) return events;
    std::uint32_t last = from_time(until);
    for (auto at = first_ending_after(*schedule, from_time(from)); at != schedule->shown().end() && at->start < last; ++at)
        events.push_back(to_event(id, *at, schedule->claim_of(*at)));
    return events;
}

std::optional<Event> Guide::event(const EventKey& key) const {
    const Schedule* schedule = impl_->book.find(key.channel);
    if (schedule == nullptr) return std::nullopt;
    std::uint32_t start = from_time(key.start);
    auto at = std::ranges::lower_bound(schedule->shown(), start, {}, &Shown::start);
    if (at == schedule->shown().end() || at->start != start) return std::nullopt;
    Claim claim = schedule->claim_of(*at);
    Event event = to_event(key.channel, *at, claim);
    if (claim.description != 0) event.description = impl_->keeper->description(claim.description);
    return event;
}

std::optional<Event> Guide::event_of_id(const ServiceId& id, std::uint16_t event_id, sys_seconds near, seconds within) const {
    const Schedule* schedule = impl_->book.find(id);
    if (schedule == nullptr || event_id == 0) return std::nullopt;
    const Shown* best = nullptr;
    auto distance = [&](const Shown& shown) { return abs(to_time(shown.start) - near); };
    for (const Shown& shown : schedule->shown()) {
        if (distance(shown) > within || schedule->claim_of(shown).id != event_id) continue;
        if (best == nullptr || distance(shown) < distance(*best)) best = &shown;
    }
    if (best == nullptr) return std::nullopt;
    return to_event(id, *best, schedule->claim_of(*best));
}

std::vector<Event> Guide::on_air_at(sys_seconds time) const {
    std::vector<Event> events;
    std::uint32_t at = from_time(time);
    for (const Channel& channel : impl_->channels) {
        const Schedule* schedule = impl_->book.find(channel.id);
        if (schedule == nullptr) continue;
        auto place = first_ending_after(*schedule, at);
        if (place != schedule->shown().end() && place->start <= at)
            events.push_back(to_event(channel.id, *place, schedule->claim_of(*place)));
    }
    return events;
}

std::vector<Event> Guide::of_genre(Genre genre, sys_seconds from, sys_seconds until, std::size_t most) const {
    FirstCandidates found(most);
    std::uint32_t last = from_time(until);
    for (std::uint32_t i = 0; i < impl_->channels.size(); ++i) {
        const Schedule* schedule = impl_->book.find(impl_->channels[i].id);
        if (schedule == nullptr) continue;
        auto begin = schedule->shown().begin();
        for (auto at = first_ending_after(*schedule, from_time(from)); at != schedule->shown().end() && at->start < last; ++at) {
            if (found.is_past_all({0, at->start})) break;
            if (schedule->claim_of(*at).genre == genre)
                found.put({0, at->start, i, static_cast<std::uint32_t>(at - begin)});
        }
    }
    return impl_->events_of(found.take());
}

std::vector<Event> Guide::find_by_digits(std::string_view digits, sys_seconds from, std::size_t most) const {
    if (digits.empty()) return {};
    FirstCandidates found(most);
    std::vector<Schedule::Fit> fits;
    for (std::uint32_t i = 0; i < impl_->channels.size(); ++i) {
        const Schedule* schedule = impl_->book.find(impl_->channels[i].id);
        if (schedule == nullptr) continue;
        schedule->find_fits(digits, fits);
        auto begin = schedule->shown().begin();
        for (auto at = first_ending_after(*schedule, from_time(from)); at != schedule->shown().end(); ++at) {
            if (found.is_past_all({0, at->start})) break;
            Schedule::Fit fit = fits[schedule->title_number(*at)];
            if (fit == Schedule::Fit::No) continue;
            int rank = fit == Schedule::Fit::Beginning ? 0 : 1;
            found.put({rank, at->start, i, static_cast<std::uint32_t>(at - begin)});
        }
    }
    return impl_->events_of(found.take());
}

std::vector<Channel> Guide::find_channels_by_digits(std::string_view digits, std::size_t most) const {
    std::vector<Channel> found;
    if (digits.empty()) return found;
    for (const Channel& channel : impl_->channels) {
        if (found.size() == most) break;
        std::string its;
        text::append_initial_digits(its, channel.initials);
        if (its.find(digits) != its.npos) found.push_back(channel);
    }
    return found;
}

std::optional<sys_seconds> Guide::known_until(const ServiceId& id) const {
    const Schedule* schedule = impl_->book.find(id);
    if (schedule == nullptr || schedule->shown().empty()) return std::nullopt;
    return to_time(schedule->shown().back().end);
}

std::uint64_t Guide::version() const { return impl_->version; }
const GuideCounters& Guide::counters() const { return impl_->counters; }

void Guide::set_channels(std::vector<Channel> channels) {
    std::ranges::sort(channels, comes_before);
    if (channels == impl_->channels) return;
    impl_->keeper->keep_channels(channels);
    impl_->take(std::move(channels));
}

void Guide::set_preference(const ServiceId& id, Preference preference) { impl_->book.set_preference(id, preference); }

void Guide::apply(const GuideUpdate& update) {
    impl_->note(impl_->book.apply(update, impl_->window(), impl_->counters));
    prune();
}

void Guide::prune() {
    if (impl_->clock.state() != base::ClockState::Unknown) impl_->note(impl_->book.prune(impl_->window()));
}

}  // namespace linli::epg
