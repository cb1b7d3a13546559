#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/event.h"
#include "epg/guide/guide_counters.h"
#include "epg/guide/guide_keeper.h"
#include "epg/guide/guide_update.h"
#include "epg/guide/merge.h"
#include "middleware/base/clock.h"

namespace linli::epg {

/// Channels and what is on them: filled from sections (EIT) and XMLTV, kept over a restart. Which source is believed is
/// told in docs/guide.md. Readers get values, in the order of time; `events` and lists leave `description` empty, `event`
/// has it. UI thread only; workers post updates to it.
class Guide {
  public:
    /// In memory alone. While the clock is Unknown nothing is too old or too far ahead.
    explicit Guide(const base::Clock& clock);
    /// With what a keeper has from before.
    Guide(const base::Clock& clock, std::unique_ptr<GuideKeeper> keeper);
    ~Guide();
    Guide(const Guide&) = delete;
    Guide& operator=(const Guide&) = delete;

    const std::vector<Channel>& channels() const;  // community channel first, then by number
    const Channel* channel(const ServiceId& id) const;
    const Channel* channel_of_number(int number) const;

    struct NowAndNext {
        std::optional<Event> now, next;
    };
    NowAndNext now_and_next(const ServiceId& id, std::chrono::sys_seconds now) const;
    /// What runs between two times, also what began before or ends after.
    std::vector<Event> events(const ServiceId& id, std::chrono::sys_seconds from, std::chrono::sys_seconds until) const;
    std::optional<Event> event(const EventKey& key) const;
    /// The event of an id whose start is nearest to a time, and at most `within` from it: where an event went that moved.
    std::optional<Event> event_of_id(const ServiceId& id, std::uint16_t event_id, std::chrono::sys_seconds near,
                                     std::chrono::seconds within) const;
    /// What is on at a time, one entry a channel that has one, in the order of channels.
    std::vector<Event> on_air_at(std::chrono::sys_seconds time) const;
    /// In the order of time, and of channels where they start together.
    std::vector<Event> of_genre(Genre genre, std::chrono::sys_seconds from, std::chrono::sys_seconds until,
                                std::size_t most) const;
    /// Events to come (or on at `from`) whose initials contain what the digit keys 2-9 stand for (T9). Those whose
    /// initials begin so come first, then in the order of time.
    std::vector<Event> find_by_digits(std::string_view digits, std::chrono::sys_seconds from, std::size_t most) const;
    /// The same for the names of channels, in the order of channels.
    std::vector<Channel> find_channels_by_digits(std::string_view digits, std::size_t most) const;
    /// How far it is known; nothing where there is nothing.
    std::optional<std::chrono::sys_seconds> known_until(const ServiceId& id) const;
    /// Counts up with every change that a reader could see.
    std::uint64_t version() const;
    const GuideCounters& counters() const;

    /// Takes the place of all channels, in any order. The programme of a channel that is gone is kept until it is over.
    void set_channels(std::vector<Channel> channels);
    /// The operator's choice for a channel; for others the EIT is believed.
    void set_preference(const ServiceId& id, Preference preference);
    void apply(const GuideUpdate& update);
    /// Forgets what ended more than TimeWindow::kKept ago, a few channels a call; called by `apply` too. Nothing on an unknown clock.
    void prune();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::epg
