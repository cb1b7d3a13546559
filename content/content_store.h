#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <set>
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

/// What is known of one part of an area.
struct AreaVersion {
    std::uint64_t sequence = 0;
    /// SHA-256 of the packed content that the head named, in hex: from which content a delta leads on.
    std::string content_hash;
    /// When the publisher made it.
    std::chrono::sys_seconds published;
};

/// An object (picture, attachment) as the items that are in the store describe it.
struct ObjectRow {
    std::string sha256;
    std::uint64_t length = 0;
    bool is_prefetched = false;
    bool operator==(const ObjectRow&) const = default;
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
    base::Result<std::optional<AreaVersion>> version(const AreaCode& code, Part part = Part::Content);
    /// Every area that has something in the store, whether of the box's chain or not.
    base::Result<std::vector<AreaCode>> areas();

    // Searching. Notices, listings, services and guides are found; notices only while they are valid.

    /// Items that hold all of `words` (terms apart by white space or punctuation): those that have them in their title
    /// first, then those that have them in their texts; of these the nearest area's first, then what came last, then in
    /// the order of the document. A term is found wherever it stands, in the middle of words too; one character is a
    /// term. Full-width and half-width, upper-case and lower-case Latin letters are the same; simplified and
    /// traditional characters are not.
    base::Result<std::vector<ItemRow>> search(std::string_view words, const std::vector<AreaCode>& chain,
                                              std::optional<std::chrono::sys_seconds> now, ItemWindow window = {});
    /// By the digit keys (2 is a, b or c … 9 is w, x, y or z; 0 and 1 are themselves, as every digit is): items whose
    /// titles' initials hold these digits in a row, those that begin with them first, then as `search`.
    base::Result<std::vector<ItemRow>> search_by_digits(std::string_view digits, const std::vector<AreaCode>& chain,
                                                        std::optional<std::chrono::sys_seconds> now,
                                                        ItemWindow window = {});
    /// What these digits can stand for: parts of titles of as many characters (two or more), the most frequent first.
    /// Not more than some thousand titles are looked at.
    base::Result<std::vector<std::string>> words_of_digits(std::string_view digits, const std::vector<AreaCode>& chain,
                                                           std::optional<std::chrono::sys_seconds> now,
                                                           std::size_t most);

    // Objects: what may be fetched, and what may be thrown away.

    /// What the items say of an object; nothing when none names it. Where they differ in length there is one for each:
    /// only one of them can be right, and it is not for the store to say which.
    base::Result<std::optional<ObjectRow>> object(std::string_view sha256);
    base::Result<std::vector<ObjectRow>> prefetched_objects(const std::vector<AreaCode>& chain);
    base::Result<std::set<std::string>> named_objects();

    // Writing.

    /// After a round of updates, for the time when nothing waits for it: moves what they wrote from the journal to its
    /// place, which `commit` leaves for later, gives back some of the file's unused pages, and joins small parts of the
    /// search index.
    void settle();

    /// Changes a part of an area in one transaction: nothing of it is seen before `commit`, and a crash or an error
    /// leaves the old content. The store must outlive it, and has one at a time.
    class Update {
      public:
        ~Update();
        Update(Update&&) noexcept;
        /// `xml` is the item's element as ExchangeReader hands it over. An item that was in the area's other part moves
        /// to this one. One that comes twice is a fault, which `commit` may be the first to tell.
        base::Result<void> add(const Item& item, std::string_view xml);
        /// What is not there, or is in the other part, is no fault.
        base::Result<void> remove(const Removal& removal);
        /// How many items (categories too) the part holds now.
        std::uint64_t items() const;
        base::Result<void> commit(const AreaVersion& version);

      private:
        friend class ContentStore;
        struct Impl;
        explicit Update(std::unique_ptr<Impl> impl);
        std::unique_ptr<Impl> impl_;
    };
    /// The part begins empty.
    base::Result<Update> replace(const AreaCode& area, Part part = Part::Content);
    /// The part begins as it is: `add` puts an item in the place of the one of its name.
    base::Result<Update> amend(const AreaCode& area, Part part = Part::Content);
    /// Takes away all that the store has of an area. Needs no room on the disk.
    base::Result<void> withdraw(const AreaCode& area);

  private:
    struct Impl;
    enum class Beginning { Empty, AsItIs };
    base::Result<Update> begin(const AreaCode& area, Part part, Beginning beginning);
    explicit ContentStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::content
