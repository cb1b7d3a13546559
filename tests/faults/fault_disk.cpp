// A library to be loaded into a program before all others (LD_PRELOAD): counts what the program does to the files of
// one folder, and at a given call does the program harm. The environment says what:
//   LINLI_FAULT_DISK     the folder, absolute; everything else passes untouched
//   LINLI_FAULT_SCRATCH  another folder of the same file system, where replaced and removed files are kept
//   LINLI_FAULT_COUNT    a file into which the number of calls is written when the program ends by itself
//   LINLI_FAULT          KIND:N, and nothing happens before the Nth call:
//     kill:N      of the Nth call, if it writes, one half is done; then the program is killed
//     full:N      from the Nth call on nothing fits on the disk any more: nothing grows and nothing new is made,
//                 but by as much as other files have since become shorter
//     cut:N, cut-bytes:N, cut-some:N   the power is cut: the losses of undo_log.h, in their order
//
// What SQLite's shared-memory file holds is written through mmap and not seen: it is rebuilt at every start.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "tests/faults/undo_log.h"

namespace {

using linli::tests::Loss;
using linli::tests::UndoLog;

std::string variable(const char* name) {
    const char* text = std::getenv(name);
    return text ? text : "";
}

/// What is to become of a call.
enum class Verdict { Go, GoHalf, NoSpace };

class FaultDisk {
  public:
    FaultDisk() : folder_(variable("LINLI_FAULT_DISK") + "/"), log_(variable("LINLI_FAULT_SCRATCH")) {
        std::string fault = variable("LINLI_FAULT");
        if (auto colon = fault.find(':'); colon != fault.npos) {
            kind_ = fault.substr(0, colon);
            at_ = std::atol(fault.c_str() + colon + 1);
        }
    }
    ~FaultDisk() {
        std::string file = variable("LINLI_FAULT_COUNT");
        if (file.empty()) return;
        std::string text = std::to_string(count_);
        auto fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
        ::syscall(SYS_write, fd, text.data(), text.size());
    }

    std::recursive_mutex& mutex() { return mutex_; }
    UndoLog& log() { return log_; }

    bool has(std::string_view path) const { return folder_.size() > 1 && path.starts_with(folder_); }
    bool has_file(int fd) const { return has(fd, S_IFREG); }
    bool has_folder(int fd) const { return has(fd, S_IFDIR); }
    bool has(int fd, mode_t type) const {
        struct stat info {};
        if (folder_.size() <= 1 || ::fstat(fd, &info) != 0 || (info.st_mode & S_IFMT) != type) return false;
        char path[PATH_MAX];
        ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
        return length > 0 && has(std::string_view(path, static_cast<std::size_t>(length)));
    }

    /// Before each call that does something to the disk.
    enum class Call { Sync, Write, Grow, Other };
    Verdict step(Call call, off_t growth = 1) {
        ++count_;
        if (at_ == 0 || count_ < at_) return Verdict::Go;
        if (kind_ == "full") {
            if (call != Call::Grow) return Verdict::Go;
            if (growth <= room_) {
                room_ -= growth;
                return Verdict::Go;
            }
            return count_ == at_ ? Verdict::GoHalf : Verdict::NoSpace;
        }
        if (kind_ == "kill") return call == Call::Write || call == Call::Grow ? Verdict::GoHalf : die();
        log_.undo(kind_ == "cut" ? Loss::Unsynced : kind_ == "cut-bytes" ? Loss::UnsyncedBytes : Loss::SomeBytes);
        return die();
    }
    /// So many bytes of a file are gone.
    void give_room(off_t bytes) {
        if (at_ != 0 && count_ >= at_) room_ += bytes;
    }
    /// After a half.
    void end_half() {
        if (kind_ == "kill") die();
    }

  private:
    static Verdict die() {
        ::syscall(SYS_kill, ::getpid(), SIGKILL);
        std::abort();
    }

    std::recursive_mutex mutex_;
    std::string folder_;
    std::string kind_;
    long at_ = 0;
    long count_ = 0;
    off_t room_ = 0;
    UndoLog log_;
};

FaultDisk& disk() {
    static FaultDisk disk;
    return disk;
}

/// So that the number of calls is told even of a program that makes none.
[[maybe_unused]] const bool is_started = (disk(), true);

int fail_with(int error) {
    errno = error;
    return -1;
}

int result(long value) { return static_cast<int>(value); }

/// An absolute path; what is relative to another folder than the present one is taken as it stands.
std::string absolute(int folder, const char* path) {
    if (path[0] == '/' || folder == AT_FDCWD) return path;
    char buffer[PATH_MAX];
    ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(folder)).c_str(), buffer, sizeof buffer);
    return length > 0 ? std::string(buffer, static_cast<std::size_t>(length)) + "/" + path : path;
}

/// `offset` is nothing where the file's own position counts.
template <typename Write>
ssize_t watched_write(int fd, std::optional<off_t> offset, std::size_t length, Write write) {
    std::lock_guard lock(disk().mutex());
    if (!disk().has_file(fd)) return write(length);
    struct stat info {};
    ::fstat(fd, &info);
    bool is_appending = (::fcntl(fd, F_GETFL) & O_APPEND) != 0;
    off_t begin = offset ? *offset : is_appending ? info.st_size : ::lseek(fd, 0, SEEK_CUR);
    bool is_growing = begin + static_cast<off_t>(length) > info.st_size;
    Verdict verdict = disk().step(is_growing ? FaultDisk::Call::Grow : FaultDisk::Call::Write,
                                  begin + static_cast<off_t>(length) - info.st_size);
    if (verdict == Verdict::NoSpace) return fail_with(ENOSPC);
    if (verdict == Verdict::GoHalf && length / 2 == 0) {
        disk().end_half();
        return fail_with(ENOSPC);
    }
    if (verdict == Verdict::GoHalf) length /= 2;
    disk().log().will_write(fd, begin, length);
    ssize_t written = write(length);
    if (verdict == Verdict::GoHalf) disk().end_half();
    return written;
}

int watched_open(int folder, const char* name, int flags, mode_t mode) {
    std::string path = absolute(folder, name);
    auto open = [&] { return result(::syscall(SYS_openat, folder, name, flags, mode)); };
    if ((flags & (O_CREAT | O_TRUNC)) == 0 || !disk().has(path)) return open();
    std::lock_guard lock(disk().mutex());
    struct stat info {};
    bool is_new = ::lstat(path.c_str(), &info) != 0;
    if (is_new && (flags & O_CREAT) != 0) {
        if (disk().step(FaultDisk::Call::Grow) != Verdict::Go) {
            disk().end_half();
            return fail_with(ENOSPC);
        }
        int fd = open();
        if (fd >= 0) disk().log().did_create(path);
        return fd;
    }
    if ((flags & O_TRUNC) == 0 || is_new || info.st_size == 0) return open();
    disk().step(FaultDisk::Call::Other);
    int before = result(::syscall(SYS_openat, AT_FDCWD, path.c_str(), O_RDWR | O_CLOEXEC, 0));
    disk().log().will_resize(before, 0);
    ::syscall(SYS_close, before);
    return open();
}

int watched_resize(int fd, off_t size) {
    std::lock_guard lock(disk().mutex());
    if (disk().has_file(fd)) {
        disk().step(FaultDisk::Call::Other);
        disk().log().will_resize(fd, size);
        struct stat info {};
        if (::fstat(fd, &info) == 0 && info.st_size > size) disk().give_room(info.st_size - size);
    }
    return result(::syscall(SYS_ftruncate, fd, size));
}

int watched_sync(int fd, long number, bool is_data_only) {
    std::lock_guard lock(disk().mutex());
    if (disk().has_file(fd) || disk().has_folder(fd)) {
        disk().step(FaultDisk::Call::Sync);
        disk().log().will_sync(fd, is_data_only);
        // The real disk need not hurry: the machine does not lose its power.
        return 0;
    }
    return result(::syscall(number, fd));
}

int watched_rename(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
    std::string from_path = absolute(from_folder, from);
    std::string to_path = absolute(to_folder, to);
    std::lock_guard lock(disk().mutex());
    if (disk().has(to_path)) {
        disk().step(FaultDisk::Call::Other);
        disk().log().will_rename(from_path, to_path);
    }
    return result(::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}

int watched_remove(int folder, const char* name, int flags) {
    std::string path = absolute(folder, name);
    std::lock_guard lock(disk().mutex());
    struct stat info {};
    if (disk().has(path) && ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
        disk().step(FaultDisk::Call::Other);
        disk().log().will_remove(path);
        disk().give_room(info.st_size);
    }
    return result(::syscall(SYS_unlinkat, folder, name, flags));
}

int watched_make_folder(int folder, const char* name, mode_t mode) {
    std::string path = absolute(folder, name);
    std::lock_guard lock(disk().mutex());
    struct stat info {};
    if (disk().has(path) && ::lstat(path.c_str(), &info) != 0) {
        if (disk().step(FaultDisk::Call::Grow) != Verdict::Go) {
            disk().end_half();
            return fail_with(ENOSPC);
        }
        disk().log().will_make_folder(path);
    }
    return result(::syscall(SYS_mkdirat, folder, name, mode));
}

mode_t mode_of(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

// The functions of the C library by which the programs, SQLite and libstdc++ change files.
extern "C" {

#define LINLI_OPEN(folder)                            \
    va_list arguments;                                \
    va_start(arguments, flags);                       \
    mode_t mode = mode_of(flags, arguments);          \
    va_end(arguments);                                \
    return watched_open(folder, path, flags, mode)

int open(const char* path, int flags, ...) { LINLI_OPEN(AT_FDCWD); }
int open64(const char* path, int flags, ...) { LINLI_OPEN(AT_FDCWD); }
int openat(int folder, const char* path, int flags, ...) { LINLI_OPEN(folder); }
int openat64(int folder, const char* path, int flags, ...) { LINLI_OPEN(folder); }

ssize_t write(int fd, const void* bytes, size_t length) {
    return watched_write(fd, {}, length, [&](size_t most) { return ::syscall(SYS_write, fd, bytes, most); });
}
ssize_t pwrite(int fd, const void* bytes, size_t length, off_t offset) {
    return watched_write(fd, offset, length,
                         [&](size_t most) { return ::syscall(SYS_pwrite64, fd, bytes, most, offset); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t length, off64_t offset) {
    return pwrite(fd, bytes, length, offset);
}
ssize_t writev(int fd, const struct iovec* parts, int count) {
    if (!disk().has_file(fd)) return ::syscall(SYS_writev, fd, parts, count);
    // Who writes several pieces at once goes on when only the first one was taken.
    for (int i = 0; i < count; ++i)
        if (parts[i].iov_len > 0) return write(fd, parts[i].iov_base, parts[i].iov_len);
    return 0;
}
int ftruncate(int fd, off_t size) noexcept { return watched_resize(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return watched_resize(fd, size); }
int fsync(int fd) { return watched_sync(fd, SYS_fsync, false); }
int fdatasync(int fd) { return watched_sync(fd, SYS_fdatasync, true); }
int rename(const char* from, const char* to) noexcept { return watched_rename(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
    return watched_rename(from_folder, from, to_folder, to, 0);
}
int unlink(const char* path) noexcept { return watched_remove(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char* path, int flags) noexcept { return watched_remove(folder, path, flags); }
int remove(const char* path) noexcept {
    struct stat info {};
    bool is_folder = ::lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
    return watched_remove(AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}
int mkdir(const char* path, mode_t mode) noexcept { return watched_make_folder(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char* path, mode_t mode) noexcept { return watched_make_folder(folder, path, mode); }
/// Refused, so that a copy is made with write.
ssize_t sendfile(int, int, off_t*, size_t) noexcept { return fail_with(ENOSYS); }
ssize_t sendfile64(int, int, off64_t*, size_t) noexcept { return fail_with(ENOSYS); }
ssize_t copy_file_range(int, off64_t*, int, off64_t*, size_t, unsigned) { return fail_with(ENOSYS); }

}  // extern "C"
