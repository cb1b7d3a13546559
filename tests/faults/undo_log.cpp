#include "tests/faults/undo_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace linli::tests {

// System calls are made as such: the functions of the C library are those that are watched.

int UndoLog::keep(int fd, File& file) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return -1;
    file = {info.st_dev, info.st_ino};
    auto [at, is_new] = descriptors_.try_emplace(file, -1);
    if (is_new) {
        std::string link = "/proc/self/fd/" + std::to_string(fd);
        at->second = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, link.c_str(), O_RDWR | O_CLOEXEC, 0));
    }
    return at->second;
}

void UndoLog::will_write(int fd, off_t offset, std::size_t length) {
    File file;
    int own = keep(fd, file);
    off_t size = ::lseek(own, 0, SEEK_END);
    if (offset + static_cast<off_t>(length) > size)
        entries_.push_back({.kind = Entry::Kind::Size, .file = file, .offset = size});
    // Beyond the end there are zeros.
    std::string before(length, '\0');
    (void)!::pread(own, before.data(), length, offset);
    entries_.push_back({.kind = Entry::Kind::Bytes, .file = file, .offset = offset, .bytes = std::move(before)});
}

void UndoLog::will_resize(int fd, off_t size) {
    File file;
    int own = keep(fd, file);
    off_t before = ::lseek(own, 0, SEEK_END);
    std::string tail(static_cast<std::size_t>(std::max<off_t>(before - size, 0)), '\0');
    (void)!::pread(own, tail.data(), tail.size(), size);
    entries_.push_back({.kind = Entry::Kind::Size, .file = file, .offset = before, .bytes = std::move(tail)});
}

void UndoLog::did_create(const std::string& path) {
    struct stat info {};
    ::lstat(path.c_str(), &info);
    entries_.push_back({.kind = Entry::Kind::Created, .file = {info.st_dev, info.st_ino}, .path = path});
}

void UndoLog::will_make_folder(const std::string& path) {
    entries_.push_back({.kind = Entry::Kind::Folder, .path = path});
}

void UndoLog::will_rename(const std::string& from, const std::string& to) {
    entries_.push_back({.kind = Entry::Kind::Renamed, .path = to, .from = from, .saved = save(to)});
}

void UndoLog::will_remove(const std::string& path) {
    entries_.push_back({.kind = Entry::Kind::Removed, .path = path, .saved = save(path)});
}

void UndoLog::will_sync(int fd, bool is_data_only) {
    File file;
    keep(fd, file);
    bool is_journal_written = !is_data_only || std::ranges::any_of(entries_, [&](const Entry& entry) {
        return entry.file == file && entry.kind != Entry::Kind::Bytes;
    });
    std::erase_if(entries_, [&](const Entry& entry) {
        return entry.is_about_name() ? is_journal_written : entry.file == file;
    });
}

std::string UndoLog::save(const std::string& path) {
    std::string saved = scratch_ + "/" + std::to_string(::getpid()) + "-" + std::to_string(saved_count_++);
    bool is_saved = ::syscall(SYS_linkat, AT_FDCWD, path.c_str(), AT_FDCWD, saved.c_str(), 0) == 0;
    return is_saved ? saved : std::string();
}

void UndoLog::undo(const Entry& entry) {
    auto rename = [](const std::string& from, const std::string& to) {
        ::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0);
    };
    auto remove = [](const std::string& path, int flags) { ::syscall(SYS_unlinkat, AT_FDCWD, path.c_str(), flags); };
    auto write = [&](const Entry& entry, off_t offset) {
        ::syscall(SYS_pwrite64, descriptors_[entry.file], entry.bytes.data(), entry.bytes.size(), offset);
    };
    switch (entry.kind) {
        case Entry::Kind::Bytes:
            write(entry, entry.offset);
            break;
        case Entry::Kind::Size:
            ::syscall(SYS_ftruncate, descriptors_[entry.file], entry.offset);
            write(entry, entry.offset - static_cast<off_t>(entry.bytes.size()));
            break;
        case Entry::Kind::Created: remove(entry.path, 0); break;
        case Entry::Kind::Folder: remove(entry.path, AT_REMOVEDIR); break;
        case Entry::Kind::Renamed:
            rename(entry.path, entry.from);
            if (!entry.saved.empty()) rename(entry.saved, entry.path);
            break;
        case Entry::Kind::Removed:
            if (!entry.saved.empty()) rename(entry.saved, entry.path);
            break;
    }
}

void UndoLog::undo(Loss loss) {
    bool is_lost = true;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (entry->is_about_name() && loss != Loss::Unsynced) continue;
        if (loss == Loss::SomeBytes) {
            // Sizes are names' company; what has not arrived beyond the old end reads as zeros.
            if (entry->kind == Entry::Kind::Size) continue;
            is_lost = !is_lost;
            if (!is_lost) continue;
        }
        undo(*entry);
    }
    entries_.clear();
}

}  // namespace linli::tests
