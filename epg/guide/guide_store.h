#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/schedule.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"

namespace linli::epg {

/// What is to be written at once.
struct GuideChanges {
    /// One that shows nothing is deleted.
    std::map<ServiceId, std::shared_ptr<const Schedule>> schedules;
    /// By text_key.
    std::unordered_map<std::uint64_t, std::string> descriptions;
    std::optional<std::vector<Channel>> channels;

    bool is_empty() const { return schedules.empty() && descriptions.empty() && !channels; }
};

/// The SQLite file of the guide: a row for each channel, one for each channel's schedule (as it lies in memory), one for
/// each description. All of it comes again from the broadcast, so that a damaged file, or one of another version, is
/// begun anew. One thread at a time; give each thread its own.
class GuideStore {
  public:
    /// Pages are SQLite's, of 4 KiB: 128 MiB.
    static constexpr int kMostPages = 32768;

    /// Begins a file of another version anew.
    static base::Result<GuideStore> open(const std::filesystem::path& file, int most_pages = kMostPages);

    base::Result<std::vector<ServiceId>> services();
    /// Null where there is none. An error where it is damaged.
    base::Result<std::shared_ptr<const Schedule>> schedule(const ServiceId& id);
    /// Empty where it is not known.
    base::Result<std::string> description(std::uint64_t key);
    base::Result<std::vector<Channel>> channels();

    /// In one transaction.
    base::Result<void> write(const GuideChanges& changes);
    /// Deletes the descriptions that no schedule has, neither one that is there nor one that is coming. Takes a while.
    base::Result<void> sweep(const GuideChanges& coming);

  private:
    explicit GuideStore(storage::Database database) : database_(std::move(database)) {}
    base::Result<void> write_schedules(const GuideChanges& changes);
    base::Result<void> write_descriptions(const GuideChanges& changes);
    base::Result<void> write_channels(const std::vector<Channel>& channels);

    storage::Database database_;
};

}  // namespace linli::epg
