#include "epg/guide/stored_keeper.h"

#include <system_error>
#include <utility>

#include "middleware/base/format.h"

namespace linli::epg {

using base::Result;

namespace {

/// So much text is written without waiting for more.
constexpr std::size_t kMuchText = 1u << 20;
/// A file that is full of what is needed is not looked through each time.
constexpr std::chrono::hours kFullAgain{1};

std::filesystem::path with_suffix(std::filesystem::path file, const char* suffix) { return file += suffix; }

}  // namespace

StoredKeeper::StoredKeeper(std::filesystem::path file, base::Log& log, Limits limits)
    : file_(std::move(file)), log_(log), limits_(limits), reader_(open()), writer_([this](std::stop_token stop) { write_until_stopped(stop); }) {}

StoredKeeper::~StoredKeeper() = default;

std::optional<GuideStore> StoredKeeper::open() {
    auto store = GuideStore::open(file_, limits_.pages);
    if (!store && move_aside_when_damaged()) store = GuideStore::open(file_, limits_.pages);
    if (store) return std::move(*store);
    note_trouble("the guide is not kept: " + store.error().message);
    return std::nullopt;
}

bool StoredKeeper::move_aside_when_damaged() {
    auto health = storage::examine(file_);
    if (!health || *health == storage::Health::Good) return false;
    std::error_code ignored;
    std::filesystem::rename(file_, with_suffix(file_, ".damaged"), ignored);
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(with_suffix(file_, suffix), ignored);
    ++file_number_;
    note_trouble(file_.string() + " was damaged and has been begun anew");
    return true;
}

void StoredKeeper::note_trouble(std::string text) {
    std::lock_guard lock(mutex_);
    if (trouble_ != text) log_.warning(text);
    trouble_ = std::move(text);
}

GuideStore* StoredKeeper::reader() {
    if (reader_number_ != file_number_) {
        reader_ = open();
        reader_number_ = file_number_;
    }
    return reader_ ? &*reader_ : nullptr;
}

/// What the store has, or nothing where it cannot be read: then it may be damaged.
template <typename T>
T StoredKeeper::read(Result<T> (GuideStore::*what)()) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        GuideStore* store = reader();
        if (store == nullptr) break;
        auto found = (store->*what)();
        if (found) return std::move(*found);
        log_.warning("guide: " + found.error().message);
        if (!move_aside_when_damaged()) break;
    }
    return {};
}

std::vector<ServiceId> StoredKeeper::services() { return read(&GuideStore::services); }
std::vector<Channel> StoredKeeper::channels() { return read(&GuideStore::channels); }

std::shared_ptr<const Schedule> StoredKeeper::schedule(const ServiceId& id) {
    GuideStore* store = reader();
    if (store == nullptr) return nullptr;
    auto found = store->schedule(id);
    if (found) return *found;
    log_.warning(base::format("guide of {}: {}", id.str(), found.error().message));
    return nullptr;
}

std::string StoredKeeper::description(std::uint64_t key) {
    {
        std::lock_guard lock(mutex_);
        for (const GuideChanges* changes : {&std::as_const(waiting_), being_written_}) {
            if (changes == nullptr) continue;
            auto found = changes->descriptions.find(key);
            if (found != changes->descriptions.end()) return found->second;
        }
    }
    GuideStore* store = reader();
    auto found = store != nullptr ? store->description(key) : std::string();
    return found.value_or(std::string());
}

void StoredKeeper::keep(const ServiceId& id, std::shared_ptr<const Schedule> schedule) {
    std::lock_guard lock(mutex_);
    waiting_.schedules[id] = std::move(schedule);
    wake_.notify_one();
}

void StoredKeeper::keep_description(std::uint64_t key, std::string_view text) {
    std::lock_guard lock(mutex_);
    if (waiting_text_ > limits_.waiting_text) {
        ++left_out_;
        return;
    }
    if (waiting_.descriptions.try_emplace(key, text).second) waiting_text_ += text.size();
    if (waiting_text_ > kMuchText) wake_.notify_one();
}

void StoredKeeper::keep_channels(const std::vector<Channel>& channels) {
    std::lock_guard lock(mutex_);
    waiting_.channels = channels;
    wake_.notify_one();
}

void StoredKeeper::flush() {
    std::unique_lock lock(mutex_);
    is_flush_wanted_ = true;
    wake_.notify_one();
    written_.wait(lock, [&] { return waiting_.is_empty() && being_written_ == nullptr; });
    is_flush_wanted_ = false;
}

std::string StoredKeeper::trouble() const {
    std::lock_guard lock(mutex_);
    if (left_out_ == 0) return trouble_;
    return base::format("{}{}{} descriptions were not kept: the disk does not keep up", trouble_, trouble_.empty() ? "" : "; ", left_out_);
}

void StoredKeeper::write_until_stopped(std::stop_token stop) {
    std::optional<GuideStore> store;
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, stop, [&] { return !waiting_.is_empty(); });
        if (waiting_.is_empty()) return;  // stopped, with nothing left to do
        wake_.wait_for(lock, stop, kGathered, [&] { return is_flush_wanted_ || waiting_text_ > kMuchText; });
        GuideChanges changes = std::exchange(waiting_, {});
        waiting_text_ = 0;
        being_written_ = &changes;
        lock.unlock();
        if (!store) store = open();
        if (store && !stop.stop_requested() && std::chrono::steady_clock::now() >= next_sweep_) sweep(*store, changes);
        if (store) write(changes, store);
        lock.lock();
        being_written_ = nullptr;
        written_.notify_all();
    }
}

bool StoredKeeper::sweep(GuideStore& store, const GuideChanges& coming) {
    next_sweep_ = std::chrono::steady_clock::now() + limits_.swept_every;
    auto swept = store.sweep(coming);
    if (!swept) log_.warning("guide: " + swept.error().message);
    return swept.has_value();
}

void StoredKeeper::write(const GuideChanges& changes, std::optional<GuideStore>& store) {
    auto done = store->write(changes);
    auto now = std::chrono::steady_clock::now();
    if (!done && now >= next_sweep_when_full_) {
        if (sweep(*store, changes)) done = store->write(changes);
        if (!done) next_sweep_when_full_ = now + kFullAgain;
    }
    if (done) return;
    note_trouble("the guide is not kept: " + done.error().message);
    // Closed first: what is moved aside must not be written to any more.
    store.reset();
    if (move_aside_when_damaged()) store = open();
    if (store && !store->write(changes)) store.reset();
}

}  // namespace linli::epg
