#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::content {

/// A row of a list: what is shown of an item without opening it.
struct ItemRow {
    ItemKey key;
    Kind kind = Kind::Notice;
    std::string title;
    std::string detail;
    std::string category;
    Urgency urgency = Urgency::Normal;
    std::chrono::sys_seconds published;
};

/// A part of a list.
struct ItemWindow {
    std::size_t first = 0;
    std::size_t most = std::numeric_limits<std::int64_t>::max();
};

struct CategoryRow {
    std::string id;
    std::string name;
    std::string icon;
    int items = 0;
};

/// What is known of one area's content.
struct AreaVersion {
    std::uint64_t sequence = 0;
    /// SHA-256 of the content, in hex.
    std::string content_hash;
    /// The validator of the head's last answer, for the next conditional request.
    std::string head_etag;
    /// When the publisher made it.
    std::chrono::sys_seconds published;
    /// When the box last heard that this is the newest.
    std::chrono::sys_seconds checked;
};

/// The items of a box's area chain, in a SQLite file that can be thrown away and fetched again.
/// One object a thread: the screens read through theirs while sync writes through its own (WAL).
class ContentStore {
  public:
    /// Opens or makes the store. A file that is damaged, or was written by a newer version, is moved aside
    /// (`FILE.damaged`, `FILE.newer`) and an empty store takes its place; `notice` tells so.
    ///
    /// `Thorough` reads the whole file to find damage; `Brief` sees only what keeps it from being opened, and is for
    /// the start of a box, where the thorough look of sync follows the first frame.
    /// `Frozen` reads what is there and writes nothing: for a disk that is full or cannot be written.
    enum class Examination { Brief, Thorough, Frozen };
    static base::Result<ContentStore> open(const std::filesystem::path& file,
                                           Examination examination = Examination::Thorough);
    ~ContentStore();
    ContentStore(ContentStore&&) noexcept;
    ContentStore& operator=(ContentStore&&) noexcept;
    /// What `open` had to do, for the log and Diagnostics; empty when all was well.
    const std::string& notice() const;

    /// Lets go of what is only kept to be faster: between two syncs, or while nothing is looked at.
    void give_back_memory();

    // Reading. A `chain` goes from the city down; items of areas outside it are not seen.

    /// Categories of a board that have items now, by their order. For Services, listings and bookable
    /// services together.
    base::Result<std::vector<CategoryRow>> categories(Board board, const std::vector<AreaCode>& chain,
                                                      std::optional<std::chrono::sys_seconds> now);
    /// All of them, by their order, without counting their items.
    base::Result<std::vector<CategoryRow>> all_categories(Board board, const std::vector<AreaCode>& chain);
    /// Items of a board, of one category or (empty) of all: notices by urgency, then newest first, only those
    /// valid at `now` (nothing expires where it is not known); listings, services and guides nearest area
    /// first, then by title.
    /// With a window, only that part of them.
    base::Result<std::vector<ItemRow>> items(Board board, const std::string& category,
                                             const std::vector<AreaCode>& chain,
                                             std::optional<std::chrono::sys_seconds> now, ItemWindow window = {});
    /// How many `items` there are.
    base::Result<std::size_t> count(Board board, const std::string& category, const std::vector<AreaCode>& chain,
                                    std::optional<std::chrono::sys_seconds> now);
    /// One item, read from the XML that was published. Nothing when there is none of that name (any more).
    base::Result<std::optional<Item>> item(const ItemKey& key);
    /// The portal of the nearest area that has one.
    base::Result<std::optional<Portal>> portal(const std::vector<AreaCode>& chain);
    base::Result<std::optional<Area>> area(const AreaCode& code);
    base::Result<std::optional<AreaVersion>> version(const AreaCode& code);

    // Writing.

    /// After a round of updates: moves what they wrote from the journal to its place, which `commit` leaves for later.
    void settle();

    /// Replaces all content of an area in one transaction: nothing of it is seen before `commit`, and a crash
    /// or an error leaves the old content.
    class Update {
      public:
        ~Update();
        Update(Update&&) noexcept;
        /// `xml` is the item's element as ExchangeReader hands it over.
        base::Result<void> add(const Item& item, std::string_view xml);
        base::Result<void> commit(const AreaVersion& version);

      private:
        friend class ContentStore;
        struct Impl;
        explicit Update(std::unique_ptr<Impl> impl);
        std::unique_ptr<Impl> impl_;
    };
    base::Result<Update> replace(const AreaCode& area);
    /// Notes that the head was asked for and is still the newest.
    base::Result<void> confirm(const AreaCode& area, std::string_view etag, std::chrono::sys_seconds checked);

  private:
    struct Impl;
    explicit ContentStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::content
