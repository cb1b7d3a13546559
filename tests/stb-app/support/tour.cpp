#include "tests/stb-app/support/tour.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace std::chrono_literals;
using platform::Appointment;
using platform::AppointmentState;
using platform::Refusal;
using Reason = platform::AppointmentFailure::Reason;

namespace {

constexpr int kMostPages = 500;

void turn_back_to_first(Television& tv) {
    for (int i = 0; i < kMostPages; ++i) {
        app::Page before = tv.page();
        tv.press("PAGE_UP");
        if (tv.page() == before) return;
    }
}

class Guided {
  public:
    Guided(Television& tv, const std::function<void(const std::string&)>& look)
        : tv_(tv), look_(look) {}

    void home() {
        tv_.press("HOME");
        look_at_all_pages(tv_, [&] { look_("home"); });
        tv_.press("LEFT LEFT");
        look_("home, on the picture");
        tv_.press("DOWN DOWN DOWN");
        look_("home, at the foot");
        tv_.press("0");
        look_("live");
    }

    void live() {
        tv_.from_home("0");
        look_("live, the banner of the beginning");
        for (auto picture : {app::Picture::Coming, app::Picture::Shown, app::Picture::NoSignal, app::Picture::Scrambled,
                             app::Picture::Unplayable}) {
            tv_.viewing->set_picture(picture);
            tv_.application->hear_viewing();
            look_("live, picture " + std::to_string(static_cast<int>(picture)));
        }
        for (std::size_t i = 0; i < tv_.guide.channels().size(); ++i) {
            tv_.press("UP");
            look_("live, banner " + std::to_string(i));
        }
        tv_.press("9 9 9 9");
        look_("live, a number");
        tv_.press("OK");
        look_("live, no such channel");
        tv_.press("BLUE");
        look_("sound and subtitles, none");
        tv_.viewing->set_tracks({.sounds = {{"chi"}, {"yue"}, {"eng"}, {"qaa"}, {""}}, .subtitles = {{"chi"}, {"tib"}, {"xyz"}}});
        tv_.press("1");
        look_at_all_pages(tv_, [&] { look_("sound and subtitles"); });
    }

    void tv_guide() {
        board("guide", "GUIDE");
        board("guide, a day", "GUIDE 1");
        board("guide, long names", "0 7 OK RIGHT OK");
        board("guide, a week", "GUIDE 1 GREEN");
        board("guide, tomorrow", "GUIDE 1 GREEN 2");
        tv_.from_home("GUIDE 1");
        look_at_all_pages(tv_, [&] { programmes_of_page(); });
        tv_.from_home("0 7 OK RIGHT OK");
        programmes_of_page();
        board("guide, tonight", "GUIDE GREEN");
        board("guide, later", "GUIDE GREEN BLUE BLUE");
        board("guide, kinds", "GUIDE BLUE");
        for (const char* kind : {"1", "2", "3"}) board("guide, a kind", "GUIDE BLUE " + std::string(kind));
        board("guide, search, nothing typed", "GUIDE YELLOW");
        board("guide, search, much found", "GUIDE YELLOW 9");
        board("guide, search, a channel", "GUIDE YELLOW 4 5");
        board("guide, search, nothing found", "GUIDE YELLOW 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2");
    }

    /// A programme that was marked begins, once told and once switched over to.
    void programme_begins() {
        for (auto mode : {epg::ReminderMode::Tell, epg::ReminderMode::Switch}) {
            auto next = tv_.guide.now_and_next(sample_service(kLongNamedChannel), tv_.clock.now()).next;
            CHECK_TRUE(next.has_value());
            tv_.reminders.set(*next, mode);
            tv_.press("HOME 1");
            tv_.pass(ceil<std::chrono::seconds>(next->start - tv_.clock.now()));
            look_("a programme begins");
            tv_.press("BACK");
        }
    }

    void lists_and_items() {
        board("notices", "1");
        for (const char* title :
             {"居民公约", "停水通知", "水管爆裂", "生僻字", "菊花展", "各供热站报修电话"}) {
            tv_.from_home("1");
            try_to_choose(title, "notice " + std::string(title));
        }
        tv_.from_home("1 GREEN");
        look_at_all_pages(tv_, [&] { look_("notices.categories"); });
        board("services.categories", "2");
        board("a list of services", "2 1");
        tv_.from_home("2 1 1");
        look_at_all_pages(tv_, [&] { look_("listing"); });
        board("elderly care", "5");
        tv_.from_home("5");
        try_to_choose("居家护理", "service");
        board("guides", "4");
        for (const char* row : {"1", "2", "3", "4"}) {
            tv_.from_home("4");
            tv_.press(row);
            look_at_all_pages(tv_, [&] { look_("guide " + std::string(row)); });
        }
    }

    void search() {
        board("search, nothing typed", "YELLOW");
        board("search, much found", "YELLOW 9 9");
        for (int i = 0; i < 500 && tv_.page().id == "search"; ++i) {
            const auto* row = std::get_if<app::RowElement>(&tv_.page().elements[tv_.page().focus]);
            CHECK_TRUE_TEXT(row != nullptr, tv_.text().c_str());
            tv_.press(row->symbol == "file-find" ? "OK" : "DOWN");
        }
        CHECK_TEXT_EQUAL("search.texts", tv_.page().id);
        look_at_all_pages(tv_, [&] { look_("search, texts"); });
        board("search, nothing found", "YELLOW 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2");
    }

    void booking() {
        auto& platform = tv_.appointments;
        SampleOffice office;
        tv_.from_home("3");
        look_("booking, asking");
        platform.fail(Reason::Unreachable);
        look_at_all_pages(tv_, [&] { look_("booking, out of reach"); });
        for (int reason = 0; reason <= static_cast<int>(Refusal::Reason::Busy); ++reason) {
            tv_.from_home("3");
            platform.refuse({.reason = static_cast<Refusal::Reason>(reason),
                             .tries_left = 2,
                             .limit = 2,
                             .seconds = 1741s,
                             .telephone = "000-8800-1051"});
            look_at_all_pages(tv_, [&] { look_("booking, refused"); });
        }
        tv_.from_home("3");
        platform.answer_all(office);
        look_at_all_pages(tv_, [&] { look_("booking"); });
        open_days(office);
        look_at_all_pages(tv_, [&] { look_("booking.days"); });
        turn_back_to_first(tv_);
        choose(tv_, words_of(day_of(11, 30)));
        look_("booking.times, asking");
        platform.answer_all(office);
        look_at_all_pages(tv_, [&] { look_("booking.times"); });
        tv_.press("1");
        platform.answer_all(office);
        look_at_all_pages(tv_, [&] { look_("booking.times, part, or members"); });
        book(office);
        full(office);
    }

    void appointments() {
        auto& platform = tv_.appointments;
        SampleOffice office;
        for (auto empty : {true, false}) {
            open_members(office);
            if (empty) platform.answer(std::vector<platform::Member>());
            else platform.fail(Reason::Unreachable);
            look_("members, nobody or out of reach");
        }
        open_members(office);
        platform.answer(sample_members());
        look_("members");
        tv_.press("1");
        look_("pin");
        tv_.press("1 2");
        look_("pin, half");
        tv_.press("3 4");
        look_("pin, asking");
        platform.refuse({.reason = Refusal::Reason::WrongPin, .tries_left = 2});
        look_("pin, wrong");
        tv_.press("1 2 3 4");
        platform.refuse({.reason = Refusal::Reason::Locked, .seconds = 1800s, .telephone = "000-8800-1051"});
        look_at_all_pages(tv_, [&] { look_("pin, locked"); });
        tv_.press("OK 1 1 2 3 4");
        platform.fail(Reason::Unreachable);
        look_at_all_pages(tv_, [&] { look_("pin, out of reach"); });
        tv_.press("OK 1 1 2 3 4");
        platform.answer_all(office);
        look_at_all_pages(tv_, [&] { look_("appointments"); });
        open_members(office);
        platform.answer(sample_members());
        tv_.press("1 1 2 3 4");
        office.appointments.clear();
        platform.answer_all(office);
        look_("appointments, none");
        for (AppointmentState state :
             {AppointmentState::Booked, AppointmentState::Pending, AppointmentState::Waiting, AppointmentState::Offered,
              AppointmentState::Held, AppointmentState::Cancelled, AppointmentState::Fulfilled})
            one_appointment(state);
        tv_.pass(121s);
        look_("appointment, are you there");
    }

    void results() {
        auto& platform = tv_.appointments;
        tv_.from_home("6");
        look_("results, nothing typed");
        tv_.press("1 OK");
        look_("results, too few digits");
        tv_.press("2 3 4 5 6 7 8 OK");
        look_("results, asking");
        platform.answer(std::vector<platform::ApplicationResult>());
        look_("results, nothing found");
        tv_.press("OK");
        platform.fail(Reason::Unreachable);
        look_at_all_pages(tv_, [&] { look_("results, out of reach"); });
        tv_.from_home("6 1 2 3 4 OK");
        platform.refuse({.reason = platform::Refusal::Reason::TooMany, .seconds = 3000s});
        look_at_all_pages(tv_, [&] { look_("results, too many"); });
        for (const platform::ApplicationResult& result : sample_results()) {
            tv_.from_home("6 1 2 3 4 OK");
            platform.answer(std::vector{result});
            look_at_all_pages(tv_, [&] { look_("result " + result.state); });
        }
        tv_.from_home("6 1 2 3 4 OK");
        platform.answer(sample_results());
        look_at_all_pages(tv_, [&] { look_("results, several"); });
    }

    void classes() {
        using State = app::Playback::State;
        board("classes", "7");
        tv_.from_home("7");
        choose(tv_, "坐着做的呼吸操");
        look_at_all_pages(tv_, [&] { look_("class"); });
        tv_.press("OK");
        look_("class, coming");
        auto hear = [&](State state, std::chrono::seconds position) {
            tv_.playback.hear_state(state);
            tv_.playback.hear_progress(position, 48s, true);
            tv_.application->hear_viewing();
        };
        hear(State::Playing, 20s);
        look_("class, playing");
        tv_.press("OK");
        look_("class, paused");
        tv_.press("BACK");
        look_("class, begun before");
        for (State failure : {State::Missing, State::Unreachable, State::Unplayable}) {
            tv_.from_home("7");
            choose(tv_, "防诈骗小课堂");
            look_at_all_pages(tv_, [] {});
            tv_.press("LEFT LEFT OK");
            tv_.playback.hear_state(failure);
            tv_.application->hear_viewing();
            look_at_all_pages(tv_, [&] { look_("class, failed"); });
        }
    }

    void announcements() {
        app::Announcement reminder{.id = "tour",
                                   .symbol = "calendar-check",
                                   .title = tv_.application->settings().language == text::Language::English
                                                ? "Appointment reminder"
                                                : "预约提醒",
                                   .sentences = {"明天 09:30：65岁以上老年人免费健康体检", "地点：听涛苑社区卫生服务站二楼"},
                                   .choices = {{"知道了", {}}, {"以后再说", {}}}};
        for (const char* way : {"", "0", "1", "1 1", "2 1", "8 1", "YELLOW", "6", "3"}) {
            tv_.from_home(way);
            tv_.application->announce(reminder);
            look_("announcement over " + std::string(way));
            tv_.press("RIGHT");
            look_("announcement, second choice, over " + std::string(way));
            tv_.press("BACK");
        }
    }

    void settings() {
        board("reminder the day before", "8 4");
        board("reminder on the day", "8 5");
        board("settings", "8");
        board("text size", "8 1");
        board("language", "8 2");
        board("diagnostics", "8 3");
    }

    void troubles() {
        platform::SyncStatus status;
        status.state = platform::SyncStatus::State::Failed;
        status.last_error = "http://127.0.0.1:8081/publication/12/head: cannot connect";
        tv_.application->hear_sync(status);
        tv_.clock.advance(26h);
        tv_.press("HOME");
        look_("home, off line");
        status.is_old = status.is_unreachable = true;
        tv_.application->hear_sync(status);
        look_("home, off line and old");
        tv_.press("1");
        look_("notices, off line");
        tv_.clock.set_state(base::ClockState::Unknown);
        tv_.press("HOME");
        look_("home, unknown clock");
        tv_.press("8 3");
        look_("diagnostics, off line");
        for (const char* way : {"GUIDE", "GUIDE GREEN", "GUIDE BLUE", "GUIDE YELLOW 9", "GUIDE 1", "GUIDE 1 GREEN", "0"})
            board("television, unknown clock, " + std::string(way), way);
        tv_.guide.set_channels({});
        tv_.application->hear_guide();
        for (const char* way : {"GUIDE", "GUIDE GREEN", "GUIDE BLUE", "GUIDE YELLOW 4", "0"})
            board("television, no channels, " + std::string(way), way);
    }

  private:
    std::string words_of(std::chrono::year_month_day day) {
        bool is_chinese = tv_.application->settings().language == text::Language::Chinese;
        unsigned number = static_cast<unsigned>(day.day());
        return is_chinese ? std::to_string(number) + "日" : std::to_string(number) + " November";
    }

    void open_days(SampleOffice& office) {
        tv_.from_home("3");
        tv_.appointments.answer_all(office);
        choose(tv_, "体检");
        look_("booking.days, asking");
        tv_.appointments.answer_all(office);
    }

    /// From the days of a service over who, the question and the PIN to what has come of it, with all that can come
    /// between.
    void book(SampleOffice& office) {
        auto& platform = tv_.appointments;
        for (auto fault : {0, 1, 2, 3}) {
            open_days(office);
            turn_back_to_first(tv_);
            tv_.press("1");
            platform.answer_all(office);
            look_("members, for whom");
            tv_.press("3");
            look_at_all_pages(tv_, [&] { look_("wish"); });
            say_yes();
            look_("pin after the question");
            tv_.press("2 4 6 8");
            platform.answer(platform::AppointmentResult(office.answer(platform.questions.back())));
            look_("wish, asking");
            switch (fault) {
                case 0: platform.fail(Reason::Unsettled); break;
                case 1: platform.refuse({.reason = Refusal::Reason::Quota, .limit = 2}); break;
                case 2:
                    platform.refuse(Refusal::Reason::SlotTaken);
                    platform.answer_all(office);
                    break;
                default: platform.answer_all(office);
            }
            look_at_all_pages(tv_, [&] { look_("wish, answered " + std::to_string(fault)); });
        }
    }

    void full(SampleOffice& office) {
        SampleOffice full = full_office();
        open_days(full);
        look_at_all_pages(tv_, [&] { look_("booking.days, full"); });
        turn_back_to_first(tv_);
        tv_.press("1");
        tv_.appointments.answer_all(full);
        tv_.press("1");
        look_at_all_pages(tv_, [&] { look_("wish, wait"); });
        say_yes();
        tv_.press("2 4 6 8");
        tv_.appointments.answer_all(full);
        look_at_all_pages(tv_, [&] { look_("wish.done, waiting"); });
        full.days.clear();
        open_days(full);
        look_at_all_pages(tv_, [&] { look_("booking.days, none"); });
        (void)office;
    }

    /// The button Yes is the first one of the last page.
    void say_yes() {
        look_at_all_pages(tv_, [] {});
        tv_.press("LEFT OK");
    }

    void open_members(SampleOffice& office) {
        tv_.from_home("3");
        tv_.appointments.answer_all(office);
        tv_.press("1");
    }

    void one_appointment(AppointmentState state) {
        SampleOffice office;
        Appointment& appointment = office.appointments[1];
        appointment.state = state;
        if (state == AppointmentState::Waiting) appointment.start.reset();
        else appointment.changed_from = kMonday;
        appointment.held_until = kMonday + 1h;
        if (state == AppointmentState::Pending) appointment.cancel_until = kMonday - 1h;
        if (state == AppointmentState::Cancelled) {
            appointment.cancelled_by = "office";
            appointment.note = "医生临时外出，当天上午的体检全部改期，请您另选时间。";
        }
        office.appointments = {appointment};
        open_members(office);
        tv_.appointments.answer_all(office);
        tv_.press("1 2 4 6 8");
        tv_.appointments.answer_all(office);
        look_("appointments, one");
        tv_.press("1");
        look_at_all_pages(tv_, [&] { look_("appointment"); });
        for (std::size_t i = 0; i < 3; ++i) {
            if (tv_.page().id == "appointment") tv_.press(i == 0 ? "OK" : "RIGHT OK");
            tv_.appointments.answer_all(office);
            look_at_all_pages(tv_, [&] { look_("from an appointment"); });
            if (tv_.page().id == "wish") say_yes();
            tv_.appointments.answer_all(office);
            look_at_all_pages(tv_, [&] { look_("from an appointment, done"); });
            if (tv_.page().id != "appointment") tv_.press("BACK");
            tv_.appointments.answer_all(office);
        }
    }

    /// Each programme that this page lists, with and without a reminder.
    void programmes_of_page() {
        for (std::size_t i = 0; i < tv_.page().elements.size(); ++i) {
            tv_.press(std::to_string(i + 1));
            if (tv_.page().id != "tv-guide.event") return;
            look_at_all_pages(tv_, [&] { look_("guide, a programme"); });
            // What is still to come can be marked, on the last page.
            if (tv_.shows("到时提醒我") || tv_.shows("Remind me")) {
                tv_.press("OK");
                look_("guide, a programme, marked");
            }
            tv_.press("BACK");
        }
    }

    void board(const std::string& name, std::string_view names) {
        tv_.from_home(names);
        look_at_all_pages(tv_, [&] { look_(name); });
    }

    void try_to_choose(std::string_view words, const std::string& name) {
        choose(tv_, words);
        look_at_all_pages(tv_, [&] { look_(name); });
    }

    Television& tv_;
    const std::function<void(const std::string&)>& look_;
};

}  // namespace

void choose(Television& tv, std::string_view words) {
    for (int i = 0; i < kMostPages; ++i) {
        for (const app::Element& element : tv.page().elements) {
            const auto* row = std::get_if<app::RowElement>(&element);
            if (row == nullptr || !row->title.contains(words)) continue;
            tv.press(std::to_string(row->number));
            return;
        }
        app::Page before = tv.page();
        tv.press("PAGE_DOWN");
        if (tv.page() == before) break;
    }
    FAIL(("no row with " + std::string(words) + " on\n" + tv.text()).c_str());
}

void look_at_all_pages(Television& tv, const std::function<void()>& look) {
    for (int i = 0; i < kMostPages; ++i) {
        look();
        app::Page before = tv.page();
        tv.press("PAGE_DOWN");
        if (tv.page() == before) return;
    }
    FAIL(("pages without an end at\n" + tv.text()).c_str());
}

void tour(Television& tv, const std::function<void(const std::string& place)>& look) {
    Guided guided(tv, look);
    guided.home();
    if (tv.viewing) {
        guided.live();
        guided.tv_guide();
    }
    guided.lists_and_items();
    guided.search();
    guided.booking();
    guided.appointments();
    guided.results();
    guided.classes();
    guided.announcements();
    guided.settings();
    if (tv.viewing) guided.programme_begins();
    guided.troubles();
}

std::vector<platform::ApplicationResult> sample_results() {
    std::vector<platform::ApplicationResult> results;
    auto add = [&](const char* state, const char* name, const char* say, const char* guide) {
        results.push_back({.receipt = "…1234",
                           .state = state,
                           .guide = guide,
                           .name = name,
                           .say = say,
                           .telephone = "000-8800-1001",
                           .updated = kMonday - 72h});
    };
    add("ready", "居住证办理", "已办好，请带身份证和回执到春柳街道办事处二楼三号窗口领取", "12#guide-residence-permit");
    add("more-papers", "家庭适老化改造申请", "还缺房屋产权证明复印件，请在十二月五日前补交", "");
    add("working", "老年优待证", "", "");
    add("refused", "临时停车位", "", "");
    return results;
}

}  // namespace linli::tests
