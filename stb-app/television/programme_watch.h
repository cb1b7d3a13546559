#pragma once

#include "stb-app/announcements/announcement_queue.h"

namespace linli::app {

/// Says that a programme that the viewer marked begins, or switches over to it and says so. UI thread only.
class ProgrammeWatch {
  public:
    /// So long before it begins.
    static constexpr std::chrono::seconds kAhead{60};

    ProgrammeWatch(const Context& context, AnnouncementQueue& announcements) : context_(context), announcements_(announcements) {}

    /// Announces what is due; the channel to watch now, where one is to be switched to. On an unknown clock nothing is due.
    /// True in `have_changed`: the list of reminders is another one.
    struct Due {
        std::optional<epg::ServiceId> channel;
        bool has_changed = false;
    };
    Due tick();
    /// When the next one is due.
    std::optional<std::chrono::sys_seconds> next() const;

  private:
    void announce(const epg::Reminder& reminder);

    const Context& context_;
    AnnouncementQueue& announcements_;
};

}  // namespace linli::app
