#include "epg/guide/schedule_book.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace linli::epg {
namespace {

bool is_of_xmltv(const Claim& claim) { return claim.slot.source == ClaimSource::Xmltv; }

}  // namespace

ScheduleBook::ScheduleBook(GuideKeeper& keeper) : keeper_(keeper) {
    for (const ServiceId& id : keeper.services()) {
        Entry& entry = entries_[id];
        entry.is_kept_only = entry.is_of_before = true;
    }
}

void ScheduleBook::load(const ServiceId& id, Entry& entry) {
    if (!std::exchange(entry.is_kept_only, false)) return;
    entry.schedule = keeper_.schedule(id);
    entry.has_xmltv = true;
    if (entry.is_xmltv_over) drop_kept_xmltv(id, entry);
    if (entry.schedule) bytes_ += entry.schedule->bytes().size();
}

void ScheduleBook::drop_kept_xmltv(const ServiceId& id, Entry& entry) {
    entry.has_xmltv = false;
    if (!entry.schedule) return;
    std::vector<Claim> claims = entry.schedule->claims();
    if (std::erase_if(claims, is_of_xmltv) == 0) return;
    // The claims borrow their texts from the one before.
    entry.schedule = Schedule::make(std::move(claims), entry.preference);
    keeper_.keep(id, entry.schedule);
}

const Schedule* ScheduleBook::find(const ServiceId& id) {
    auto found = entries_.find(id);
    if (found == entries_.end()) return nullptr;
    load(id, found->second);
    return found->second.schedule.get();
}

void ScheduleBook::set_preference(const ServiceId& id, Preference preference) {
    // Where there is no entry yet this makes one: the operator's file is bounded.
    entries_[id].preference = preference;
}

ScheduleBook::Draft* ScheduleBook::draft_of(const ServiceId& id, Drafts& drafts, GuideCounters& counters) {
    auto found = drafts.find(id);
    if (found != drafts.end()) return &found->second;
    if (!entries_.contains(id) && entries_.size() >= kMostServices) {
        ++counters.past_limits;
        return nullptr;
    }
    Entry& entry = entries_[id];
    load(id, entry);
    Draft& draft = drafts[id];
    draft.entry = &entry;
    draft.before = entry.schedule;
    if (draft.before) draft.claims = draft.before->claims();
    if (std::exchange(entry.is_of_before, false))
        for (Claim& claim : draft.claims)
            if (!is_of_xmltv(claim)) claim.state = ClaimState::Stale;
    return &draft;
}

/// Takes one step of an update after the other.
struct ScheduleBook::Applying {
    ScheduleBook& book;
    const TimeWindow& window;
    GuideCounters& counters;
    Drafts drafts{};

    void operator()(const EventSection& section) {
        Draft* draft = book.draft_of(section.service, drafts, counters);
        if (draft == nullptr || !draft->entry->tables.begin(section, draft->claims)) return;
        bool is_schedule = section.table == EventTable::Schedule;
        draft->is_worth_keeping = draft->is_worth_keeping || is_schedule;
        ClaimSlot slot{is_schedule ? ClaimSource::Schedule : ClaimSource::PresentFollowing, section.table_index, section.section};
        slot.table_index &= 0x0F;
        add(*draft, section.events, slot);
    }

    void operator()(const CompleteEvents& complete) {
        Draft* draft = book.draft_of(complete.service, drafts, counters);
        if (draft != nullptr) draft->entry->tables.complete(complete, draft->claims);
    }

    void operator()(const InputRestart&) {
        for (auto& [id, entry] : book.entries_) entry.tables = ServiceTables();
    }

    void operator()(const XmltvBegin&) { ++book.xmltv_file_; }

    void operator()(const XmltvEvents& events) {
        Draft* draft = book.draft_of(events.service, drafts, counters);
        if (draft == nullptr) return;
        if (std::exchange(draft->entry->xmltv_file, book.xmltv_file_) != book.xmltv_file_)
            for (Claim& claim : draft->claims)
                if (is_of_xmltv(claim)) claim.state = ClaimState::Stale;
        draft->entry->has_xmltv = draft->is_worth_keeping = true;
        add(*draft, events.events, {ClaimSource::Xmltv, 0, 0});
    }

    void operator()(const XmltvEnd&) {
        for (auto& [id, entry] : book.entries_) {
            // What lies in the keeper is seen to when it is read.
            entry.is_xmltv_over = entry.is_kept_only;
            if (!entry.has_xmltv) continue;
            Draft* draft = book.draft_of(id, drafts, counters);
            if (draft == nullptr) continue;
            bool is_told = entry.has_xmltv = entry.xmltv_file == book.xmltv_file_;
            draft->is_worth_keeping = true;
            std::erase_if(draft->claims, [&](const Claim& claim) { return is_of_xmltv(claim) && (!is_told || claim.state == ClaimState::Stale); });
        }
    }

    void add(Draft& draft, const std::vector<IncomingEvent>& events, const ClaimSlot& slot) {
        for (const IncomingEvent& event : events) {
            auto claim = take_in(event, slot, window, counters);
            if (!claim) continue;
            draft.claims.push_back(*claim);
            if (claim->description != 0) book.keeper_.keep_description(claim->description, kept_description(event.description));
        }
    }
};

ScheduleBook::Change ScheduleBook::put(const ServiceId& id, Draft& draft, const TimeWindow& window, GuideCounters& counters) {
    std::erase_if(draft.claims, [&](const Claim& claim) { return window.is_over(claim); });
    if (draft.claims.size() > Schedule::kMostClaims) counters.past_limits += draft.claims.size() - Schedule::kMostClaims;
    auto made = Schedule::make(std::move(draft.claims), draft.entry->preference);
    std::size_t size_before = draft.before ? draft.before->bytes().size() : 0;
    std::size_t size = made->bytes().size();
    if (size > size_before && bytes_ - size_before + size > kMostBytes) {
        ++counters.past_limits;
        return Change::None;
    }
    bytes_ = bytes_ - size_before + size;
    bool is_visible = draft.before ? !draft.before->shows_the_same_as(*made) : !made->shown().empty();
    draft.entry->schedule = std::move(made);
    if (is_visible && draft.is_worth_keeping) keeper_.keep(id, draft.entry->schedule);
    return is_visible ? Change::Visible : Change::None;
}

ScheduleBook::Change ScheduleBook::apply(const GuideUpdate& update, const TimeWindow& window, GuideCounters& counters) {
    Applying applying{*this, window, counters};
    for (const GuideUpdate::Step& step : update.steps) std::visit(applying, step);
    Change change = Change::None;
    for (auto& [id, draft] : applying.drafts)
        if (put(id, draft, window, counters) == Change::Visible) change = Change::Visible;
    return change;
}

ScheduleBook::Change ScheduleBook::prune(const TimeWindow& window) {
    // A few, so that the UI thread is not kept; with an hour of slack, so that each is done rarely.
    constexpr std::size_t kMostAtOnce = 8;
    constexpr std::uint32_t kSlack = 3600;
    std::vector<ServiceId> due;
    for (const auto& [id, entry] : entries_)
        if (entry.schedule && !entry.schedule->shown().empty() &&
            std::uint64_t(entry.schedule->shown().front().end) + kSlack < window.first_end)
            due.push_back(id);
    GuideCounters ignored;
    Drafts drafts;
    Change change = Change::None;
    for (const ServiceId& id : due | std::views::take(kMostAtOnce)) {
        Draft* draft = draft_of(id, drafts, ignored);
        if (draft != nullptr && put(id, *draft, window, ignored) == Change::Visible) change = Change::Visible;
    }
    return change;
}

}  // namespace linli::epg
