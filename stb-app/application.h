#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "middleware/base/event_loop.h"
#include "middleware/graphics/display.h"
#include "middleware/text/typesetter.h"
#include "stb-app/announcements/announcement_queue.h"
#include "stb-app/navigation/navigator.h"
#include "stb-app/painting/painter.h"
#include "stb-app/television/programme_watch.h"
#include "stb-app/television/xmltv_source.h"
#include "stb-app/reminders/reminder_watch.h"

namespace linli::app {

enum class StartScreen { Home, Live };

/// The application on one display: takes logical keys, answers and the passing of time, and keeps the screen true.
/// The parts are put together by main; this class knows no file, network or input device. UI thread only.
class Application {
  public:
    struct Parts {
        graphics::Display& display;
        text::FontMetrics& metrics;
        content::ContentStore& content;
        HouseholdStore& household;
        base::Clock& clock;
        base::Log& log;
        content::AreaCode area;
        std::filesystem::path objects;
        /// Null where the box receives no television.
        epg::Guide* guide = nullptr;
        Viewing* viewing = nullptr;
        epg::ReminderList* reminders = nullptr;
        Playback* playback = nullptr;
        std::function<std::string(const std::string& sha256)> object_address = {};
        std::function<Reception()> reception;
        StartScreen start = StartScreen::Live;
    };

    explicit Application(Parts parts);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Describes and paints what is now to be seen. After the first time the other calls do so themselves.
    void show();

    void press(input::Key key);
    /// Minutes, pauses and messages pass. Call it at `next_tick`.
    void tick();
    std::chrono::steady_clock::time_point next_tick();

    void use_appointments(platform::AppointmentClient* client);
    void hear_appointment(const platform::AppointmentAnswer& answer);
    /// Says what became of a change, until a key is pressed.
    void hear_settled(const platform::SettledChange& change);
    /// The guide has changed: channels, programmes.
    void hear_guide();
    /// The picture of the channel, or its sound tracks, have changed.
    void hear_viewing() { refresh(); }
    void hear_sync(const platform::SyncStatus& status);
    /// What became of the second source of the guide.
    void hear_xmltv(const XmltvStatus& status);
    /// Hears which pictures (SHA-256, hex) are to be shown and are not there.
    void on_want_object(std::function<void(std::string)> listener);
    /// The next television picture; null: there is none any more.
    void show_picture(std::shared_ptr<const graphics::Image> picture);
    /// Hears that the reminders have changed and are to be kept.
    void on_reminders(std::function<void()> listener) { reminder_listener_ = std::move(listener); }
    /// Hears where the television picture goes whenever that changes; nothing: it is not on the screen.
    void on_live_area(std::function<void(std::optional<graphics::Rect>)> listener);

    /// Tells something over whatever is on; see AnnouncementQueue.
    void announce(Announcement announcement);
    void withdraw_announcement(std::string_view id);

    void change_settings(const Settings& settings);
    const Settings& settings() const { return context_.settings; }

    const Page& page() const { return page_; }
    const Frame& frame() const { return painter_.frame(); }
    bool is_waiting() { return navigator_.top().is_waiting(); }
    std::size_t depth() const { return navigator_.depth(); }
    /// The platform has not answered yet what there is to be reminded of.
    bool is_asking_for_reminders() const { return reminders_.is_waiting(); }

  private:
    void apply(Action action);
    void adopt(const Settings& settings);
    void refresh();
    void relayout();
    StatusLine status_line();
    bool handle_everywhere(input::Key key);
    std::optional<std::chrono::seconds> pause_limit();
    void remember_channel();
    void remind(const Remind& wish);

    Parts parts_;
    text::Typesetter typesetter_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Layouter> layouter_;
    Context context_;
    Navigator navigator_;
    AnnouncementQueue announcements_;
    ProgrammeWatch programmes_;
    ReminderWatch reminders_;
    Painter painter_;
    Page page_;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point last_key_;
    /// Set while the question before leaving a personal page stands.
    std::optional<std::chrono::steady_clock::time_point> leaves_at_;
    /// How many there were: each is told by itself.
    int settled_changes_ = 0;
    std::function<void(std::optional<graphics::Rect>)> live_listener_;
    std::optional<graphics::Rect> live_area_;
    /// What the status line takes from the store; asked again when content or language has changed.
    struct Known {
        std::string area_name;
        std::optional<std::chrono::sys_seconds> published;
    };
    const Known& known();
    std::optional<Known> known_;
    std::function<void()> reminder_listener_;
    /// Nothing where the box has no second source.
    std::optional<XmltvStatus> xmltv_;
    /// The channel that is kept as the one watched last.
    std::optional<epg::ServiceId> remembered_channel_;
    /// A picture was asked for since the screens last loaded theirs.
    bool has_wanted_object_ = false;
};

}  // namespace linli::app
