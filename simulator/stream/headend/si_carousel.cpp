#include "simulator/stream/headend/si_carousel.h"

#include <algorithm>

#include "simulator/stream/si/si_writer.h"

namespace linli::simulator {

using namespace std::chrono;

namespace {

constexpr int kDays = 7;

/// Another one than that of the event before: it counts within the day, and days have a half of the numbers each.
std::uint8_t version_of(const SiEvent& event) {
    unsigned day = event.id / ChannelPlan::kEventsOfDay, of_day = event.id % ChannelPlan::kEventsOfDay;
    return static_cast<std::uint8_t>((day & 1) << 4 | (of_day & 0x0F));
}

}  // namespace

// How often: PAT and PMT as players wait for them, the rest well within what the standard asks for.
// @spec ETSI TS 101 211 §4.4
SiCarousel::SiCarousel(const ChannelPlan& plan, sys_seconds begin)
    : plan_(plan),
      begin_(begin),
      network_{plan.multiplex()},
      turns_{{milliseconds(100), &SiCarousel::send_programs}, {milliseconds(1000), &SiCarousel::send_services},
             {milliseconds(3000), &SiCarousel::send_network}, {milliseconds(5000), &SiCarousel::send_bouquet},
             {milliseconds(1000), &SiCarousel::send_present}, {milliseconds(1000), &SiCarousel::send_schedule},
             {milliseconds(2000), &SiCarousel::send_time}} {}

sys_seconds SiCarousel::time(const Multiplexer& multiplexer) const { return begin_ + floor<seconds>(multiplexer.now()); }

void SiCarousel::feed(Multiplexer& multiplexer) {
    for (Turn& turn : turns_) {
        if (multiplexer.now() < turn.next) continue;
        turn.next += turn.every;
        follow_day(time(multiplexer));
        (this->*turn.send)(multiplexer);
    }
}

void SiCarousel::follow_day(sys_seconds now) {
    sys_days day = plan_.local_day(now);
    if (day_ == day) return;
    day_ = day;
    events_.clear();
    for (const PlannedChannel& channel : plan_.channels) events_.push_back(plan_.events(channel, day - days(1), kDays + 1));
}

void SiCarousel::send_programs(Multiplexer& multiplexer) {
    multiplexer.send(si_pid::kPat, write_pat(network_.front()));
    for (const SiService& service : network_.front().services) multiplexer.send(service.pmt_pid, std::vector<Section>{write_pmt(service)});
}

void SiCarousel::send_services(Multiplexer& multiplexer) {
    multiplexer.send(si_pid::kSdt, write_sdt(network_.front(), Of::Actual, plan_.encoding));
}

void SiCarousel::send_network(Multiplexer& multiplexer) {
    multiplexer.send(si_pid::kNit, write_nit(plan_.name, network_, plan_.encoding));
}

void SiCarousel::send_bouquet(Multiplexer& multiplexer) {
    if (!plan_.bouquet_name.empty()) multiplexer.send(si_pid::kSdt, write_bat(plan_.bouquet, plan_.bouquet_name, network_, plan_.encoding));
}

void SiCarousel::send_present(Multiplexer& multiplexer) {
    sys_seconds now = time(multiplexer);
    std::vector<Section> sections;
    for (std::size_t i = 0; i < plan_.channels.size(); ++i) {
        const auto& events = events_[i];
        auto after = std::ranges::find_if(events, [&](const SiEvent& event) { return *event.start > now; });
        std::optional<SiEvent> present;
        if (after != events.begin()) present = *std::prev(after);
        if (present) present->running = RunningStatus::Running;
        const SiEvent* following = after != events.end() ? &*after : nullptr;
        EitOptions options{.network = plan_.network, .stream = plan_.stream, .service = plan_.channels[i].service, .encoding = plan_.encoding};
        if (present) options.version = version_of(*present);
        auto table = write_eit_present_following(options, present ? &*present : nullptr, following);
        sections.insert(sections.end(), table.begin(), table.end());
    }
    multiplexer.send(si_pid::kEit, sections);
}

void SiCarousel::send_schedule(Multiplexer& multiplexer) {
    // One channel at a time.
    std::size_t i = next_schedule_++ % plan_.channels.size();
    EitOptions options{.network = plan_.network, .stream = plan_.stream, .service = plan_.channels[i].service, .encoding = plan_.encoding};
    options.version = static_cast<std::uint8_t>(day_->time_since_epoch().count() & 0x1F);
    // Tables begin at midnight UTC, which is in the middle of the day here.
    sys_seconds begin = *day_ - plan_.offset;
    auto first = std::ranges::find_if(events_[i], [&](const SiEvent& event) { return event.start >= floor<days>(begin); });
    multiplexer.send(si_pid::kEit, write_eit_schedule(options, {first, events_[i].end()}, begin));
}

void SiCarousel::send_time(Multiplexer& multiplexer) {
    sys_seconds now = time(multiplexer);
    multiplexer.send(si_pid::kTime, std::vector<Section>{write_tdt(now), write_tot(now, plan_.country, plan_.offset)});
}

}  // namespace linli::simulator
