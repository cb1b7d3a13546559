#include "platform/appointments/change_journal.h"

#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"
#include "middleware/base/private_file.h"
#include "platform/appointments/appointment_question.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using Entry = ChangeJournal::Entry;

namespace {

constexpr std::string_view kFirstLine = "linli-changes 1";
constexpr std::size_t kMostBytes = 64u << 10;
constexpr std::size_t kCheckDigits = 16;
constexpr int kMostDamaged = 9;

std::string check_of(std::string_view text) { return base::Sha256::of(text).substr(0, kCheckDigits); }

std::string to_line(const Entry& entry) {
    std::string text = base::format("{} {} {}", entry.key, to_name(entry.kind), base::format_instant(entry.time));
    return base::format("{} {}\n", text, check_of(text));
}

std::string_view take_until(std::string_view& text, char end) {
    std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return taken;
}

std::optional<Entry> parse_line(std::string_view line) {
    auto last = line.rfind(' ');
    if (last == std::string_view::npos || line.substr(last + 1) != check_of(line.substr(0, last))) return std::nullopt;
    line = line.substr(0, last);
    std::string_view key = take_until(line, ' ');
    auto kind = parse_change_kind(take_until(line, ' '));
    auto time = base::parse_instant(line);
    if (!is_change_key(key) || !kind || !time) return std::nullopt;
    return Entry{std::string(key), *kind, *time};
}

/// Every entry that can be read, and whether that is all there is.
struct Read {
    std::vector<Entry> entries;
    bool is_whole = true;
};

Read parse(std::string_view text) {
    Read read;
    read.is_whole = text.ends_with('\n') && take_until(text, '\n') == kFirstLine;
    while (!text.empty()) {
        auto entry = parse_line(take_until(text, '\n'));
        bool is_new = entry && std::ranges::find(read.entries, entry->key, &Entry::key) == read.entries.end();
        if (is_new) read.entries.push_back(std::move(*entry));
        else read.is_whole = false;
    }
    return read;
}

}  // namespace

ChangeJournal::ChangeJournal(std::filesystem::path file, base::Log& log) : file_(std::move(file)) {
    std::error_code ignored;
    if (!std::filesystem::exists(file_, ignored)) return;
    auto bytes = base::read_file(file_, kMostBytes);
    Read read = bytes ? parse(*bytes) : Read{{}, false};
    entries_ = std::move(read.entries);
    if (read.is_whole) return;
    keep_aside(!bytes ? bytes.error().message : base::format("{} changes of it can be read", entries_.size()), log);
    if (auto written = write(entries_); !written) log.error("changes: " + written.error().message);
}

void ChangeJournal::keep_aside(const std::string& why, base::Log& log) {
    for (int number = 1; number <= kMostDamaged; ++number) {
        std::filesystem::path aside = file_;
        aside += number == 1 ? ".damaged" : base::format(".damaged-{}", number);
        std::error_code error;
        if (std::filesystem::exists(aside, error)) continue;
        // It stays in its place until the new one takes it, so that no crash loses what can be read.
        std::filesystem::copy_file(file_, aside, error);
        if (error) std::filesystem::rename(file_, aside, error);
        log.error(base::format("changes: {} is damaged ({}); kept as {}{}", file_.string(), why, aside.string(),
                               error ? ", which failed: " + error.message() : ""));
        return;
    }
    log.error(base::format("changes: {} is damaged ({}), one time too many to keep it", file_.string(), why));
}

std::vector<Entry> ChangeJournal::entries() const {
    std::lock_guard lock(mutex_);
    return entries_;
}

Result<void> ChangeJournal::add(const Entry& entry) {
    std::lock_guard lock(mutex_);
    if (std::ranges::find(entries_, entry.key, &Entry::key) != entries_.end()) return {};
    if (entries_.size() >= kMostEntries)
        return base::fail(base::format("the answers of {} changes are not known yet", entries_.size()));
    auto entries = entries_;
    entries.push_back(entry);
    LINLI_CHECK(write(entries));
    entries_ = std::move(entries);
    return {};
}

Result<void> ChangeJournal::remove(const std::string& key) {
    std::lock_guard lock(mutex_);
    if (std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; }) == 0) return {};
    return write(entries_);
}

Result<void> ChangeJournal::write(const std::vector<Entry>& entries) const {
    if (entries.empty()) return base::remove_private_file(file_);
    std::string text = base::format("{}\n", kFirstLine);
    for (const Entry& entry : entries) text += to_line(entry);
    return base::write_private_file(file_, text);
}

}  // namespace linli::platform
