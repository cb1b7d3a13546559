#include "tests/stb-app/support/sample_office.h"

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "tests/stb-app/support/test_time.h"

namespace linli::tests {

using namespace std::chrono;
using namespace std::chrono_literals;
using platform::Appointment;
using platform::AppointmentFailure;
using platform::AppointmentResult;
using platform::AppointmentState;
using platform::Slot;
using Kind = FakeAppointmentClient::Kind;

namespace {

std::vector<platform::BookableDay> sample_days() {
    std::vector<platform::BookableDay> days;
    sys_days first = sys_days(day_of(11, 24));
    for (int i = 0; i < 28; ++i) {
        year_month_day date(first + std::chrono::days(i));
        weekday on(sys_days{date});
        platform::BookableDay day{.date = date, .places = 48, .free = i < 3 ? 0 : 3 + i % 5};
        if (on == Saturday || on == Sunday) day = {.date = date};
        if (date == day_of(11, 25)) day = {.date = date, .closed = "设备检修"};
        days.push_back(day);
    }
    return days;
}

std::vector<Slot> slots_of(const SampleOffice& office, year_month_day date) {
    std::vector<Slot> slots;
    for (int minute : office.times)
        slots.push_back({.ref = slot_name(date, minute),
                         .start = base::from_local(date, minute / 60, minute % 60),
                         .length = 30min,
                         .places = 4,
                         .free = 1 + minute / 30 % 3});
    return slots;
}

/// Reads "s-1127-0930".
sys_seconds start_of(const std::string& slot) {
    auto number = [&](std::size_t at) { return std::stoi(slot.substr(at, 2)); };
    return base::from_local(day_of(static_cast<unsigned>(number(2)), static_cast<unsigned>(number(4))),
                            number(7), number(9));
}

Appointment agreed(const std::string& slot, AppointmentState state) {
    return {.number = "YY-1127-0203",
            .service = "12/0101#health-check",
            .service_name = "老年人免费体检",
            .state = state,
            .start = slot.empty() ? base::from_local(day_of(11, 27), 9, 30) : start_of(slot),
            .duration = 30min,
            .place = "河湾区样例老年健康服务中心",
            .address = "河湾区康宁路88号",
            .telephone = "000-8800-1101",
            .bring = {"居民身份证", "医保卡"},
            .note = "三楼施工，请走南门"};
}

Appointment after_change(const platform::Change& change) {
    using Done = platform::Change::Kind;
    switch (change.kind) {
        case Done::Hold: return agreed(change.slot, AppointmentState::Held);
        case Done::Confirm: return agreed("", AppointmentState::Booked);
        case Done::Move: return agreed(change.slot, AppointmentState::Booked);
        case Done::Cancel: return agreed("", AppointmentState::Cancelled);
        case Done::Wait: break;
    }
    Appointment waiting = agreed("", AppointmentState::Waiting);
    waiting.start.reset();
    waiting.duration = 0min;
    return waiting;
}

}  // namespace

year_month_day day_of(unsigned month, unsigned day) {
    return year(2026) / std::chrono::month(month) / std::chrono::day(day);
}

std::string slot_name(year_month_day day, int minutes) {
    return base::format("s-{:02}{:02}-{:02}{:02}", static_cast<unsigned>(day.month()),
                        static_cast<unsigned>(day.day()), minutes / 60, minutes % 60);
}

SampleOffice::SampleOffice() : members(sample_members()), days(sample_days()), appointments(sample_appointments()) {
    services = {{.ref = "12/0101#health-check", .name = "体检", .free = 37, .first = day_of(11, 27), .has_waiting_list = true},
                {.ref = "12/0101#flu-vaccine", .name = "接种", .free = 12, .first = day_of(11, 27),
                 .confirmation = platform::Confirmation::ByHand},
                {.ref = "12/0101#home-care", .name = "居家护理上门", .has_waiting_list = true},
                {.ref = "12/0101#not-in-the-store", .name = "仓库里没有的服务"}};
    for (int minute = 8 * 60; minute < 17 * 60; minute += 30)
        if (minute < 12 * 60 || minute >= 14 * 60) times.push_back(minute);
}

SampleOffice full_office() {
    SampleOffice office;
    for (platform::BookableDay& day : office.days) day.free = 0;
    return office;
}

AppointmentResult SampleOffice::answer(const FakeAppointmentClient::Question& question) {
    switch (question.kind) {
        case Kind::Members: return members;
        case Kind::Services: return services;
        case Kind::Days: return days;
        case Kind::Slots: return slots_of(*this, question.day);
        case Kind::Session:
            return std::make_shared<const platform::Session>("b3c0", question.member_ref, 600s);
        case Kind::Mine: return appointments;
        case Kind::Change: return after_change(question.change);
        case Kind::Results: return std::vector<platform::ApplicationResult>();
    }
    return AppointmentFailure();
}

std::vector<platform::Member> sample_members() {
    return {{"m1", "张*明"}, {"m2", "李*"}, {"m3", "欧阳*芳"}};
}

std::vector<Appointment> sample_appointments() {
    std::vector<Appointment> appointments;
    auto add = [&](const char* number, const char* name, hours from_now, AppointmentState state) {
        appointments.push_back({.number = number,
                                .service = "12/0101#health-check",
                                .service_name = name,
                                .state = state,
                                .start = kMonday + from_now,
                                .duration = 30min,
                                .place = "听涛苑社区卫生服务站二楼",
                                .address = "听涛路18号听涛苑小区南门内",
                                .telephone = "000-8800-1051",
                                .bring = {"身份证", "医保卡", "正在吃的药或药盒"}});
    };
    add("YY-1110-0031", "法律援助咨询", -313h, AppointmentState::Missed);
    add("YY-1125-0007", "65岁以上老年人免费健康体检", 49h, AppointmentState::Booked);
    add("YY-1201-0012", "上门理发", 193h, AppointmentState::Pending);
    add("YY-1020-0002", "家庭医生签约", -800h, AppointmentState::Fulfilled);
    add("YY-1102-0044", "空调清洗", -500h, AppointmentState::Cancelled);
    return appointments;
}

}  // namespace linli::tests
