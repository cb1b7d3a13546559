#include "simulator/script/elsewhere.h"

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/booking/zone.h"
#include "platform/server/household.h"

namespace linli::simulator {

using base::Result;

namespace {

/// What the store gave, or its refusal as an error.
template <typename T>
Result<T> given(platform::BookingStore::Answer<T> answer) {
    if (!answer) return std::unexpected(answer.error());
    if (auto* refusal = std::get_if<platform::Refusal>(&*answer))
        return base::fail(base::format("the platform refuses: {}", to_name(refusal->reason)));
    return std::get<T>(std::move(*answer));
}

}  // namespace

Result<void> Elsewhere::act(const PlatformStep& step) {
    return std::visit([this](const auto& one) { return act_now(one); }, step);
}

Result<void> Elsewhere::act_now(const SetPlatform& step) {
    platform_.faults().set(step.fault);
    return {};
}

Result<void> Elsewhere::act_now(const SlowPlatform& step) {
    platform_.faults().slow_down(step.by);
    return {};
}

Result<std::vector<platform::Slot>> Elsewhere::free_slots(const RivalTakes& step) {
    auto& bookings = platform_.bookings();
    LINLI_TRY(days, given(bookings.days(box_, step.service, clock_.now())));
    std::vector<platform::Slot> free;
    for (const platform::BookableDay& day : days) {
        if (day.free == 0 || (step.what == RivalTakes::What::Day && day.date != step.day)) continue;
        LINLI_TRY(slots, given(bookings.slots(box_, step.service, day.date, clock_.now())));
        for (platform::Slot& slot : slots)
            if (slot.free > 0) free.push_back(std::move(slot));
        if (step.what == RivalTakes::What::First) break;
    }
    if (step.what == RivalTakes::What::First && free.size() > 1) free.resize(1);
    return free;
}

Result<void> Elsewhere::take(const content::ItemKey& service, const platform::Slot& slot) {
    for (int place = 0; place < slot.free; ++place)
        LINLI_CHECK(given(platform_.bookings().book_at_desk(service, slot.start, base::random_hex(32), clock_.now())));
    return {};
}

Result<void> Elsewhere::act_now(const RivalTakes& step) {
    LINLI_TRY(free, free_slots(step));
    if (free.empty()) return base::fail("there is no free place to take");
    for (const platform::Slot& slot : free) LINLI_CHECK(take(step.service, slot));
    return {};
}

Result<void> Elsewhere::act_now(const OfficeCallsOff& step) {
    LINLI_TRY(zone, platform::Zone::find(zone_));
    auto next = std::chrono::year_month_day(std::chrono::sys_days(step.day) + std::chrono::days(1));
    LINLI_TRY(called_off, platform_.bookings().cancel_session(step.service, zone.begin_of(step.day), zone.begin_of(next),
                                                              step.note, clock_.now()));
    if (called_off == 0) return base::fail("nobody has an appointment on that day");
    return {};
}

Result<std::vector<platform::BookingStore::DeskRow>> Elsewhere::to_come(const content::ItemKey& service) {
    return platform_.bookings().desk_list(service, clock_.now(), clock_.now() + std::chrono::days(366));
}

Result<void> Elsewhere::judge(const std::string& number, platform::BookingStore::Verdict verdict) {
    LINLI_TRY(judged, platform_.bookings().judge(number, verdict, "", clock_.now()));
    auto* refusal = std::get_if<platform::Refusal>(&judged);
    if (refusal == nullptr) return {};
    return base::fail(base::format("the platform refuses: {}", to_name(refusal->reason)));
}

Result<void> Elsewhere::act_now(const RivalGivesUp& step) {
    LINLI_TRY(rows, to_come(step.service));
    for (const auto& row : rows) {
        // A rival is known to the desk alone.
        bool is_rivals = row.masked_name.empty() && row.state == to_name(platform::AppointmentState::Booked);
        if (is_rivals) return judge(row.number, platform::BookingStore::Verdict::CalledOff);
    }
    return base::fail("no rival has an appointment");
}

Result<void> Elsewhere::act_now(const OfficeJudges& step) {
    bool agrees = step.verdict == platform::BookingStore::Verdict::Agreed;
    auto state = agrees ? platform::AppointmentState::Pending : platform::AppointmentState::Booked;
    auto now = clock_.now();
    LINLI_TRY(rows, agrees ? to_come(step.service) : platform_.bookings().desk_list(step.service, now - std::chrono::days(366), now));
    std::erase_if(rows, [&](const auto& row) { return row.masked_name.empty() || row.state != to_name(state); });
    if (rows.empty()) return base::fail(agrees ? "nobody waits for the office's word" : "nobody's appointment has begun");
    for (const auto& row : rows) LINLI_CHECK(judge(row.number, step.verdict));
    return {};
}

Result<void> Elsewhere::act_now(const OfficeCloses& step) {
    for (const auto& file : files_.schedules) {
        LINLI_TRY(bytes, base::read_file(file));
        LINLI_TRY(schedules, platform::read_schedules(bytes));
        for (platform::Schedule& schedule : schedules) {
            if (schedule.service != step.service) continue;
            schedule.hours = {};
            return platform_.bookings().import_schedules({&schedule, 1}, {}, clock_.now());
        }
    }
    return base::fail(base::format("there is no schedule of {}", step.service.str()));
}

Result<void> Elsewhere::act_now(const OfficeRemoves& step) {
    for (const auto& file : files_.households) {
        LINLI_TRY(bytes, base::read_file(file));
        LINLI_TRY(households, platform::read_households(bytes));
        for (platform::Household& household : households) {
            auto is_it = [&](const auto& person) { return person.member.ref == step.member; };
            if (household.box_token != token_ || std::erase_if(household.people, is_it) == 0) continue;
            return platform_.bookings().import_households({&household, 1});
        }
    }
    return base::fail(base::format("there is no member {} of this box", step.member));
}

}  // namespace linli::simulator
