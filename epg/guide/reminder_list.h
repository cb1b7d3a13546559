#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "epg/guide/event.h"
#include "epg/guide/guide.h"

namespace linli::epg {

/// What happens when a programme begins, as the viewer chose.
enum class ReminderMode : std::uint8_t { Tell, Switch };

/// A programme that the viewer wants to be reminded of.
struct Reminder {
    EventKey key;
    /// By which the event is found again when it moves; 0 where its source has none.
    std::uint16_t event_id = 0;
    std::string title;
    ReminderMode mode = ReminderMode::Tell;
    bool operator==(const Reminder&) const = default;
};

/// The reminders that were set, in the order of time. A value: where it is kept is the ReminderFile's matter. UI thread.
class ReminderList {
  public:
    /// A reminder follows its event when that moves by so much.
    static constexpr std::chrono::hours kFollowed{24};
    /// Nobody is reminded of what began longer ago; the box may have been off.
    static constexpr std::chrono::minutes kLate{15};
    static constexpr std::size_t kMost = 200;

    ReminderList() = default;
    explicit ReminderList(std::vector<Reminder> reminders);

    const std::vector<Reminder>& all() const { return reminders_; }
    const Reminder* find(const EventKey& key) const;
    /// In place of one of the same event. False when there are too many.
    bool set(const Event& event, ReminderMode mode);
    /// False when there was none.
    bool remove(const EventKey& key);

    /// Moves reminders with their events, and takes over new titles. One whose event is not in the guide any more stays
    /// as it is: the guide may not have come yet. Whether something changed.
    bool follow(const Guide& guide);

    /// Takes out what begins within `ahead` from now or has begun up to kLate ago; what is older goes unsaid.
    std::vector<Reminder> take_due(std::chrono::sys_seconds now, std::chrono::seconds ahead);
    /// When `take_due` will next have something; nothing where there is no reminder.
    std::optional<std::chrono::sys_seconds> next_start() const;

  private:
    void sort();
    std::vector<Reminder> reminders_;
};

}  // namespace linli::epg
