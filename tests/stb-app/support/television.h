#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "stb-app/application.h"
#include "tests/stb-app/support/fake_appointment_client.h"
#include "tests/stb-app/support/sample_city.h"
#include "tests/stb-app/support/sample_guide.h"
#include "tests/stb-app/support/test_time.h"
#include "tests/support/recording_log.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

enum class Content { SampleCity, None };
/// `SampleChannels`: those of sample_guide.h.
enum class Receiving { Nothing, NoChannels, SampleChannels };

struct TelevisionOptions {
    graphics::Size screen{1280, 720};
    app::StartScreen start = app::StartScreen::Home;
    Content content = Content::SampleCity;
    app::Settings settings;
    Receiving television = Receiving::Nothing;
    /// Where its pictures are; empty: those of the sample city.
    std::filesystem::path objects;
};

/// The application on a display that nobody sees, at nine on a Monday, and a thumb on its remote
/// control.
class Television {
  public:
    explicit Television(TelevisionOptions options = {});
    ~Television();

    /// Presses keys by their names, one after the other: "DOWN DOWN OK".
    void press(std::string_view names);
    void press(input::Key key) { application->press(key); }
    /// Goes Home and from there on.
    void from_home(std::string_view names);
    /// Lets time pass, with every tick that falls into it.
    void pass(std::chrono::seconds time);

    const app::Page& page() const { return application->page(); }
    std::string text() const { return app::page_text(page()); }
    bool shows(std::string_view words) const { return text().contains(words); }
    /// The words of the element that has the focus.
    std::string focused() const;
    /// The page as it is laid out.
    app::Frame frame();
    app::Frame frame(const app::Page& page);
    app::Theme theme() const;
    graphics::Image picture() { return display->canvas().read(); }

    /// Ends the application and starts it on the same files.
    void restart(app::StartScreen start = app::StartScreen::Home);
    /// What sync tells when it has brought something new.
    void tell_of_new_content();
    void close();

    std::filesystem::path content_file() const { return folder.path() / "content.db"; }
    std::filesystem::path household_file() const { return folder.path() / "household.db"; }

    TemporaryFolder folder;
    /// What the screens asked to be fetched.
    std::vector<std::string> wanted;
    base::SettableClock clock{kMonday};
    RecordingLog log;
    FakeAppointmentClient appointments;
    epg::Guide guide{clock};
    epg::ReminderList reminders;
    /// How it is received, as Diagnostics is told.
    app::Reception reception;
    std::optional<app::Viewing> viewing;
    /// Of videos; what it was told to play is in `played`.
    app::Playback playback;
    std::vector<app::Playback::Wish> played;
    /// The channels that the player was told to play.
    std::vector<epg::ServiceId> tuned;
    std::unique_ptr<graphics::Display> display;
    std::optional<content::ContentStore> content;
    std::optional<app::HouseholdStore> household;
    std::unique_ptr<app::Application> application;

  private:
    void open(app::StartScreen start);
    std::filesystem::path objects_;
    Receiving receiving_;
};

/// The font measures of all tests.
text::FontMetrics& test_metrics();

/// Keys by their names.
std::vector<input::Key> keys(std::string_view names);

}  // namespace linli::tests
