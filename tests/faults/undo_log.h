#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace linli::tests {

/// What a power cut takes away.
enum class Loss {
    Unsynced,       ///< everything since the last sync: bytes, names and sizes
    UnsyncedBytes,  ///< names are as they were last given, but the bytes of files that were not synced are gone
    SomeBytes,      ///< as that, but of every two writes one has arrived: the disk has changed their order
};

/// Remembers what a process does to a disk, so that what was not synced can be taken back as a power cut would.
///
/// The disk is a journalling one (ext4 and its like): what is done to names (create, rename, remove, make a folder)
/// becomes durable in the order in which it is done, at the latest with the next fsync of any file or folder, or with an
/// fdatasync of a file that is new or has changed its size. Bytes become durable with the sync of their file only.
/// Bytes written through mmap are not seen. Each call comes before the one that it tells of, except `did_create`.
/// Takes files that are replaced or removed into a scratch folder of the same file system.
class UndoLog {
  public:
    explicit UndoLog(std::string scratch_folder) : scratch_(std::move(scratch_folder)) {}

    void will_write(int fd, off_t offset, std::size_t length);
    void will_resize(int fd, off_t size);
    void did_create(const std::string& path);
    void will_make_folder(const std::string& path);
    void will_rename(const std::string& from, const std::string& to);
    void will_remove(const std::string& path);
    void will_sync(int fd, bool is_data_only);

    void undo(Loss loss);

  private:
    using File = std::pair<dev_t, ino_t>;
    struct Entry {
        enum class Kind { Bytes, Size, Created, Folder, Renamed, Removed } kind;
        File file{};
        /// Where the bytes were, or the size.
        off_t offset = 0;
        /// What was overwritten or cut off.
        std::string bytes{};
        /// Names: `path` was made or taken away, or came from `from`. `saved` is what it was before, if anything.
        std::string path{};
        std::string from{};
        std::string saved{};
        bool is_about_name() const { return kind != Kind::Bytes && kind != Kind::Size; }
    };

    /// A descriptor of our own, which outlives the process's and every name of the file. It is never closed: that
    /// would drop the process's locks on the file.
    int keep(int fd, File& file);
    /// A second name for what is at `path`, or nothing.
    std::string save(const std::string& path);
    void undo(const Entry& entry);

    std::string scratch_;
    int saved_count_ = 0;
    std::map<File, int> descriptors_;
    std::vector<Entry> entries_;
};

}  // namespace linli::tests
