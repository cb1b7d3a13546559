#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/text/catalog.h"
#include "stb-app/theme/theme.h"

namespace linli::app {

/// What the viewer has chosen.
struct Settings {
    TextSize text_size = TextSize::Large;
    text::Language language = text::Language::Chinese;
    /// The hour of the day before an appointment at which it is reminded of; 0: not.
    int remind_day_before_at = 17;
    /// How many hours before an appointment it is reminded of; 0: not.
    int remind_hours_before = 2;
    bool operator==(const Settings&) const = default;
};

/// What belongs to the household and cannot be fetched again: its settings, which notices it has read,
/// which reminders it has put away and where in videos it stopped. Nothing personal can be read from it. A SQLite file of its own, so that the content store can be thrown away.
class HouseholdStore {
  public:
    /// A damaged file is moved aside (`FILE.damaged`) and the last backup (`FILE.backup`), or where there is none a fresh
    /// one, takes its place. One of a newer version, or on a
    /// disk that cannot be written, stays as it is: until the next start settings are kept in memory (`trouble`).
    static base::Result<HouseholdStore> open(const std::filesystem::path& file);
    /// Why nothing will outlast this run; empty when all is well.
    const std::string& trouble() const;
    ~HouseholdStore();
    HouseholdStore(HouseholdStore&&) noexcept;

    /// Makes a backup where something has changed since the last one and that one is a day old, or not of this time at
    /// all. A few milliseconds: for a moment when nothing waits.
    base::Result<void> back_up_when_due(std::chrono::file_clock::time_point now = std::chrono::file_clock::now());

    /// Defaults where nothing was chosen yet, or where it cannot be read.
    Settings settings();
    base::Result<void> save(const Settings& settings);

    /// What is kept under a name beside the settings, such as the channel that was watched last; empty: nothing yet.
    std::string note(std::string_view name);
    base::Result<void> save_note(std::string_view name, std::string_view text);

    bool is_read(const content::ItemKey& notice);
    base::Result<void> mark_read(const content::ItemKey& notice);

    /// Where in a video one stopped; nothing: nowhere. Of the last 200 of them.
    std::optional<std::chrono::seconds> place(const content::ItemKey& video);
    base::Result<void> save_place(const content::ItemKey& video, std::chrono::seconds place);
    base::Result<void> forget_place(const content::ItemKey& video);

    /// Whether a reminder, by any text that is its own, was put away. Of the text only a hash with the household's own
    /// salt is kept, for two weeks.
    bool is_acknowledged(std::string_view reminder);
    base::Result<void> acknowledge(std::string_view reminder, std::chrono::sys_days today);

  private:
    struct Impl;
    explicit HouseholdStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::app
