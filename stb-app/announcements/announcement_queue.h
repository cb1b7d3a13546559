#pragma once

#include <deque>
#include <optional>
#include <string_view>

#include "stb-app/announcements/announcement.h"

namespace linli::app {

/// The announcements that wait to be read, the oldest one shown. UI thread only.
///
/// The one that is shown has the focus: OK and the arrows are its keys, and Back puts it away. Every other key does what it
/// does without it, on the page that lies below: Home leads home with the announcement still over it, digits type and
/// choose, the channel keys change channels.
class AnnouncementQueue {
  public:
    explicit AnnouncementQueue(const Context& context) : context_(context) {}

    void add(Announcement announcement);
    void withdraw(std::string_view id);
    bool empty() const { return waiting_.empty(); }

    /// What a key led to where it was one of the announcement's; nothing where it is for the page.
    std::optional<Action> press(input::Key key);

    /// Lets go of those whose time is over.
    void expire();
    /// When the next one's time is over.
    std::optional<std::chrono::sys_seconds> next_end() const;

    /// Puts the one that is to be shown over a page: its elements after those of the page, the focus on its choice, its keys
    /// in the legend.
    void describe(Page& page) const;

  private:
    std::vector<std::string> labels() const;
    Action choose(std::size_t choice);
    /// Takes the one that is shown off.
    Announcement take();

    const Context& context_;
    std::deque<Announcement> waiting_;
    std::size_t choice_ = 0;
};

}  // namespace linli::app
