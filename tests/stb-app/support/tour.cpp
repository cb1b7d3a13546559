#include "tests/stb-app/support/tour.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace std::chrono_literals;
using platform::Appointment;
using platform::AppointmentFailure;
using platform::AppointmentState;
using Reason = AppointmentFailure::Reason;
using Refused = platform::Refusal::Reason;

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

    void appointments() {
        auto& platform = tv_.appointments;
        tv_.from_home("3");
        look_("members, asking");
        platform.fail(Reason::Unreachable);
        look_("members, out of reach");
        tv_.from_home("3");
        platform.refuse({.reason = Refused::UnknownBox});
        look_("members, unknown box");
        tv_.from_home("3");
        platform.answer(std::vector<platform::Member>());
        look_("members, nobody");
        tv_.from_home("3");
        platform.answer(sample_members());
        look_("members");
        tv_.press("1");
        look_("pin");
        tv_.press("1 2");
        look_("pin, half");
        tv_.press("3 4");
        look_("pin, asking");
        platform.refuse({.reason = Refused::WrongPin, .tries_left = 2});
        look_("pin, wrong");
        tv_.press("1 2 3 4");
        platform.refuse({.reason = Refused::Locked, .seconds = 1800s});
        look_("pin, locked");
        tv_.press("OK 1 1 2 3 4");
        platform.fail(Reason::Unreachable);
        look_("pin, out of reach");
        tv_.press("OK 1 1 2 3 4");
        platform.let_in();
        platform.answer(std::vector<Appointment>());
        look_("appointments, none");
        tv_.press("BACK 1 1 2 3 4");
        platform.let_in();
        platform.answer(sample_appointments());
        look_at_all_pages(tv_, [&] { look_("appointments"); });
        turn_back_to_first(tv_);
        tv_.press("1");
        look_at_all_pages(tv_, [&] { look_("appointment"); });
        tv_.pass(121s);
        look_("appointment, are you there");
    }

    void settings() {
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
    }

  private:
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
    guided.lists_and_items();
    guided.search();
    guided.appointments();
    guided.settings();
    guided.troubles();
}

std::vector<platform::Member> sample_members() {
    return {{"m1", "张*明"}, {"m2", "李*"}, {"m3", "欧阳*芳"}};
}

std::vector<Appointment> sample_appointments() {
    std::vector<Appointment> appointments;
    auto add = [&](const char* number, const char* name, std::chrono::hours from_now,
                   AppointmentState state) {
        appointments.push_back({.number = number,
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
