#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "content/content_store.h"
#include "epg/guide/guide.h"
#include "epg/guide/reminder_list.h"
#include "middleware/base/clock.h"
#include "middleware/base/format.h"
#include "middleware/base/log.h"
#include "middleware/input/key.h"
#include "middleware/text/catalog.h"
#include "platform/appointments/appointment_client.h"
#include "platform/sync/sync_service.h"
#include "stb-app/household/household_store.h"
#include "stb-app/layout/layouter.h"
#include "stb-app/left_changes.h"
#include "stb-app/pages/page.h"
#include "stb-app/television/reception.h"
#include "stb-app/television/playback.h"
#include "stb-app/television/viewing.h"

namespace linli::app {

/// What every screen may look at. It belongs to the application; UI thread only.
struct Context {
    content::ContentStore& content;
    HouseholdStore& household;
    base::Clock& clock;
    base::Log& log;
    /// From the city down to the box's community.
    std::vector<content::AreaCode> chain;
    /// Where sync keeps pictures, by hash.
    std::filesystem::path objects;

    Settings settings;
    text::Catalog text{text::Language::Chinese};
    /// For the present screen, text size and language.
    Layouter* layouter = nullptr;
    /// Null until the network has been started.
    platform::AppointmentClient* appointments = nullptr;
    /// Takes over a change whose page is left before its answer is there.
    LeftChanges left_changes;
    platform::SyncStatus sync;
    /// Has a picture fetched that is to be shown and is not there, by its SHA-256 in hex. Empty until the network has
    /// been started.
    std::function<void(std::string)> want_object;
    /// The programme guide, what is being watched and which programmes the viewer marked. Null where the box receives no
    /// television.
    epg::Guide* guide = nullptr;
    Viewing* viewing = nullptr;
    epg::ReminderList* reminders = nullptr;
    /// Null where the box has no player.
    Playback* playback = nullptr;
    /// Where an object of the publication can be played from, by its SHA-256 in hex. Empty where there is no publication.
    std::function<std::string(const std::string& sha256)> object_address = {};
    /// Whether the television picture has begun.
    bool has_picture = false;
    /// How it is received, for Diagnostics. Empty where the box receives no television.
    std::function<Reception()> reception;
    /// Lines for Diagnostics that only the application knows.
    std::function<std::vector<std::pair<std::string, std::string>>()> diagnostics;

    std::optional<std::chrono::sys_seconds> now() const {
        if (clock.state() == base::ClockState::Unknown) return std::nullopt;
        return clock.now();
    }
    /// The translation of a message with its arguments.
    template <typename... Args>
    std::string tr(const char* message, const Args&... args) const {
        return base::format_text(text(message), args...);
    }
    /// With the form that fits a number, which is its argument.
    std::string tr_n(const char* one, const char* many, std::int64_t number) const {
        return base::format_text(text(one, many, static_cast<unsigned long>(number)), number);
    }
};

class Screen;

// What a key led to.
struct Stay {};
struct GoBack {};
struct GoHome {};
struct GoLive {};
struct Open {
    std::unique_ptr<Screen> screen;
};
/// Opens in the place of the present screen: Back skips this one.
struct Replace {
    std::unique_ptr<Screen> screen;
};
/// How deep a screen is in a flow that leads to one deed. A flow that is over closes its steps.
enum class Step {
    None,     ///< no step: it stays
    Subject,  ///< what the deed is about
    Day,
    Time,
    Last,  ///< who, the question, the PIN
};
/// Opens in the place of the present screen and of the steps right below it that are as deep as `from` or deeper.
struct ReplaceSteps {
    std::unique_ptr<Screen> screen;
    Step from = Step::Subject;
};
struct Change {
    Settings settings;
};
/// Watches a channel, full screen.
struct Watch {
    epg::ServiceId channel;
};
/// Marks a programme, or takes the mark back.
struct Remind {
    epg::Event event;
    std::optional<epg::ReminderMode> mode;
};
using Action = std::variant<Stay, GoBack, GoHome, GoLive, Open, Replace, ReplaceSteps, Change, Watch, Remind>;

/// One screen: turns its state into a page, and takes one logical key at a time. It does not draw, speak or wait.
/// Back, Home and the keys that work everywhere never reach it.
class Screen {
  public:
    virtual ~Screen() = default;
    virtual Page describe() = 0;
    virtual Action press(input::Key key) = 0;
    /// The content, the text size or the language has changed.
    virtual void reload() {}
    /// It is shown again after the screen upon it has closed.
    virtual void resume() {}
    /// Forgets what it shows after a pause.
    virtual bool is_personal() const { return false; }
    /// When it wants to be woken; nothing: it does not wait for the time.
    virtual std::optional<std::chrono::steady_clock::time_point> wakes_at() const { return std::nullopt; }
    virtual Action wake() { return Stay{}; }
    /// Waits for an answer.
    virtual bool is_waiting() const { return false; }
    virtual Step step() const { return Step::None; }
    /// An answer of the platform. One that was not asked for here is dropped. The screen may lie under another one; what
    /// the answer leads to happens where it lies.
    virtual Action hear(const platform::AppointmentAnswer&) { return Stay{}; }
};

}  // namespace linli::app
