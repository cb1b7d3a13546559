#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "epg/guide/guide_keeper.h"
#include "epg/guide/guide_store.h"
#include "middleware/base/log.h"

namespace linli::epg {

/// Keeps a guide in its file. Reads on the UI thread (a row each time); a thread of its own gathers what is to be
/// written and writes it in one transaction, so that an hour of small changes costs the flash little. What waits to be
/// written is lost when the power fails, and comes again from the broadcast.
///
/// A damaged file is moved aside (`FILE.damaged`) and begun anew; without a disk the guide works in memory.
class StoredKeeper final : public GuideKeeper {
  public:
    /// Changes are gathered so long.
    static constexpr std::chrono::seconds kGathered{10};

    struct Limits {
        int pages = GuideStore::kMostPages;
        /// Descriptions that no schedule has are deleted at the first write and then so often, and when the file is full.
        std::chrono::seconds swept_every = std::chrono::days(1);
        /// Bytes of descriptions that wait for a disk that does not keep up. Of more nothing is kept, which `trouble` tells.
        std::size_t waiting_text = 8u << 20;
    };

    StoredKeeper(std::filesystem::path file, base::Log& log, Limits limits);
    StoredKeeper(std::filesystem::path file, base::Log& log) : StoredKeeper(std::move(file), log, Limits()) {}
    /// Writes what is waiting.
    ~StoredKeeper() override;

    std::vector<ServiceId> services() override;
    std::shared_ptr<const Schedule> schedule(const ServiceId& id) override;
    void keep(const ServiceId& id, std::shared_ptr<const Schedule> schedule) override;
    std::string description(std::uint64_t key) override;
    void keep_description(std::uint64_t key, std::string_view text) override;
    std::vector<Channel> channels() override;
    void keep_channels(const std::vector<Channel>& channels) override;

    /// Waits until all that was kept is written, or could not be.
    void flush();
    /// What became of the file, for Diagnostics; empty when all is well.
    std::string trouble() const;

  private:
    /// Opens the file, anew where it is damaged. Nothing where there is no disk.
    std::optional<GuideStore> open();
    /// Moves a file aside that is damaged; whether it was.
    bool move_aside_when_damaged();
    void note_trouble(std::string text);
    /// The reader's store, which is another file after one was moved aside.
    GuideStore* reader();
    template <typename T>
    T read(base::Result<T> (GuideStore::*what)());
    void write_until_stopped(std::stop_token stop);
    void write(const GuideChanges& changes, std::optional<GuideStore>& store);
    /// Whether it went well.
    bool sweep(GuideStore& store, const GuideChanges& coming);

    const std::filesystem::path file_;
    base::Log& log_;
    const Limits limits_;
    /// How often the file was begun anew, and what of it the reader has seen.
    std::atomic<int> file_number_ = 0;
    int reader_number_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable_any wake_, written_;
    GuideChanges waiting_;             // guarded by mutex_, as what follows up to trouble_
    std::size_t waiting_text_ = 0;     // bytes of descriptions in it
    const GuideChanges* being_written_ = nullptr;
    bool is_flush_wanted_ = false;
    std::uint64_t left_out_ = 0;  // descriptions
    std::string trouble_;

    /// Of the writer's thread.
    std::chrono::steady_clock::time_point next_sweep_{}, next_sweep_when_full_{};

    std::optional<GuideStore> reader_;  // UI thread; after what `open` needs
    std::jthread writer_;               // last, so that it ends first
};

}  // namespace linli::epg
