#include "platform/appointments/change_follower.h"

#include <algorithm>

#include "middleware/base/format.h"

namespace linli::platform {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

/// How long the platform knows a key (docs/appointments.md), less what clocks may differ by.
constexpr hours kRemembered{47};

bool is_same(const Change& a, const Change& b) {
    return a.kind == b.kind && a.slot == b.slot && a.number == b.number && a.service == b.service;
}

}  // namespace

ChangeFollower::ChangeFollower(const Parts& parts, OnSettled on_settled)
    : patience_(parts.patience),
      journal_(parts.journal),
      log_(parts.log),
      on_settled_(std::move(on_settled)),
      client_(parts.options.http, parts.certificate_clock),
      transfer_(parts.options, client_, parts.time) {
    for (const ChangeJournal::Entry& entry : journal_.entries()) add(entry, std::nullopt);
    if (!followed_.empty()) log_.info(base::format("appointments: {} changes of an earlier run are not known", followed_.size()));
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

ChangeFollower::~ChangeFollower() {
    client_.cancel();
    thread_.request_stop();
    thread_.join();
    drop_told();
}

void ChangeFollower::add(const ChangeJournal::Entry& entry, std::optional<Change> change) {
    Pauses pauses(patience_.least_pause, patience_.most_pause);
    auto due = steady_clock::now() + pauses.next(std::nullopt);
    followed_.push_back({entry, std::move(change), std::move(pauses), due});
}

void ChangeFollower::wake() {
    has_news_ = true;
    wake_.notify_all();
}

void ChangeFollower::follow(const ChangeJournal::Entry& entry, const Change& change) {
    std::lock_guard lock(mutex_);
    add(entry, change);
    wake();
}

std::optional<std::string> ChangeFollower::take_back(const Change& change) {
    std::lock_guard lock(mutex_);
    auto is_it = [&](const Followed& followed) { return followed.change && is_same(*followed.change, change); };
    auto found = std::ranges::find_if(followed_, is_it);
    if (found == followed_.end()) return std::nullopt;
    std::string key = found->entry.key;
    followed_.erase(found);
    return key;
}

void ChangeFollower::drop(const std::string& key) {
    std::lock_guard lock(mutex_);
    told_.push_back(key);
    wake();
}

void ChangeFollower::hurry() {
    std::lock_guard lock(mutex_);
    for (Followed& followed : followed_) {
        followed.pauses.start_again();
        followed.due = std::min(followed.due, steady_clock::now() + followed.pauses.next(std::nullopt));
    }
    wake();
}

void ChangeFollower::set_network(bool is_on) {
    client_.set_network(is_on);
    if (is_on) hurry();
}

void ChangeFollower::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        std::string key = wait_for_due(stop);
        drop_told();
        if (!key.empty()) ask_about(key);
    }
}

std::string ChangeFollower::wait_for_due(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    auto has_news = [this] { return has_news_; };
    auto next = std::ranges::min_element(followed_, {}, &Followed::due);
    if (next == followed_.end()) wake_.wait(lock, stop, has_news);
    else if (next->due > steady_clock::now()) wake_.wait_until(lock, stop, Instant(next->due), has_news);
    else return next->entry.key;
    has_news_ = false;
    return {};
}

void ChangeFollower::drop_told() {
    std::vector<std::string> told;
    {
        std::lock_guard lock(mutex_);
        told.swap(told_);
    }
    for (const std::string& key : told)
        if (auto removed = journal_.remove(key); !removed) log_.error("changes: " + removed.error().message);
}

ChangeFollower::Followed* ChangeFollower::find(const std::string& key) {
    auto found = std::ranges::find_if(followed_, [&](const Followed& followed) { return followed.entry.key == key; });
    return found == followed_.end() ? nullptr : &*found;
}

void ChangeFollower::ask_about(const std::string& key) {
    std::optional<Change::Kind> kind;
    {
        std::lock_guard lock(mutex_);
        if (Followed* followed = find(key)) kind = followed->entry.kind;
    }
    if (!kind) return;
    OutcomeReply told = transfer_.ask_outcome(*kind, key, patience_.answer);
    std::optional<SettledChange> settled;
    {
        std::lock_guard lock(mutex_);
        // It may have been taken back meanwhile.
        Followed* followed = find(key);
        if (followed == nullptr || client_.is_cancelled()) return;
        followed->due = steady_clock::now() + followed->pauses.next(told.retry_after);
        bool is_forgotten = told.outcome && told.outcome->result == Outcome::Result::Unknown && told.date &&
                            *told.date - followed->entry.time > kRemembered;
        if (is_forgotten) {
            told_.push_back(key);
            wake();
        } else {
            settled = understand(*followed, told);
        }
        if (is_forgotten || settled) std::erase_if(followed_, [&](const Followed& one) { return one.entry.key == key; });
        if (is_forgotten) log_.warning("appointments: what became of a change is not known any more");
    }
    if (settled) on_settled_(key, std::move(*settled));
}

std::optional<SettledChange> ChangeFollower::understand(Followed& followed, const OutcomeReply& told) const {
    if (!told.outcome) return std::nullopt;
    SettledChange settled{.kind = followed.entry.kind,
                          .was_done = told.outcome->result == Outcome::Result::Done,
                          .refusal_reason = told.outcome->reason,
                          .appointment = told.outcome->appointment};
    if (told.outcome->result != Outcome::Result::Unknown) return settled;
    auto now = steady_clock::now();
    if (!followed.unknown_since) followed.unknown_since = now;
    if (now - *followed.unknown_since >= patience_.straggler) return settled;
    followed.due = std::min(followed.due, *followed.unknown_since + patience_.straggler);
    return std::nullopt;
}

}  // namespace linli::platform
