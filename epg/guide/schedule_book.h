#pragma once

#include <memory>
#include <optional>
#include <unordered_map>

#include "epg/guide/event_intake.h"
#include "epg/guide/guide_keeper.h"
#include "epg/guide/schedule.h"
#include "epg/guide/service_tables.h"

namespace linli::epg {

/// The schedules of all services, those of a keeper read when they are first asked for.
class ScheduleBook {
  public:
    /// Room for two months of a large network's guide; a box shows a week of 200 channels in a fifth of it.
    static constexpr std::size_t kMostBytes = 48u << 20;
    static constexpr std::size_t kMostServices = 2048;

    explicit ScheduleBook(GuideKeeper& keeper);

    /// Null where nothing is known. Holds until the next `apply` or `prune`.
    const Schedule* find(const ServiceId& id);
    void set_preference(const ServiceId& id, Preference preference);

    enum class Change { None, Visible };
    Change apply(const GuideUpdate& update, const TimeWindow& window, GuideCounters& counters);
    /// A few schedules a call, those with the most that is over.
    Change prune(const TimeWindow& window);

  private:
    struct Entry {
        std::shared_ptr<const Schedule> schedule;
        ServiceTables tables;
        Preference preference = Preference::Eit;
        /// There is one in the keeper that was not read yet.
        bool is_kept_only = false;
        /// What is in it was heard before the start.
        bool is_of_before = false;
        /// Which file of XMLTV was the last to say something; and whether claims of any may be in it.
        std::uint32_t xmltv_file = 0;
        bool has_xmltv = false;
        /// A file without it was read to its end while it was in the keeper.
        bool is_xmltv_over = false;
    };
    /// A schedule that is being changed.
    struct Draft {
        Entry* entry = nullptr;
        std::shared_ptr<const Schedule> before;
        std::vector<Claim> claims;
        /// What is worth writing: present/following is not, it comes again within seconds.
        bool is_worth_keeping = false;
    };
    using Drafts = std::unordered_map<ServiceId, Draft>;
    struct Applying;

    void load(const ServiceId& id, Entry& entry);
    void drop_kept_xmltv(const ServiceId& id, Entry& entry);
    Draft* draft_of(const ServiceId& id, Drafts& drafts, GuideCounters& counters);
    Change put(const ServiceId& id, Draft& draft, const TimeWindow& window, GuideCounters& counters);

    GuideKeeper& keeper_;
    std::unordered_map<ServiceId, Entry> entries_;
    std::size_t bytes_ = 0;
    std::uint32_t xmltv_file_ = 0;
};

}  // namespace linli::epg
