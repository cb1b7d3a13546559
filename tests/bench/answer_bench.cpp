// From the key to the answer on the screen: Yes, to the question whether a time is to be booked, until its confirmation is
// painted. The whole box, in this process, and the real platform beside it; what the platform needs for itself is taken off.

#include <atomic>
#include <cstdio>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/graphics/directfb_library.h"
#include "simulator/local_platform.h"
#include "simulator/program_files.h"
#include "simulator/script/script_player.h"
#include "simulator/script/script_run.h"
#include "simulator/virtual_box.h"
#include "tests/bench/booking_bench.h"
#include "tests/bench/work_folder.h"

namespace linli::bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int kRounds = 30;
constexpr std::chrono::seconds kLongestAnswer{30};

constexpr const char* kSchedules = R"(<schedules xmlns="urn:linli:schedules:1">
  <schedule service="12/0101#flu-vaccine" minutes="30" places="4" horizon="7" book-until="0" cancel-until="0" quota="9">
    <name>流感疫苗接种</name><place>样例门诊</place><telephone>000-8800-1103</telephone>
    <open days="mon tue wed thu fri sat sun" from="08:00" until="18:00"/>
  </schedule>
</schedules>)";
constexpr const char* kHouseholds = R"(<households xmlns="urn:linli:households:1">
  <household token="demo-box-1"><member ref="m1" name="张*明" pin="2468">
    <appointment number="SQ-1112-0147" state="fulfilled" start="2026-11-12T14:00:00+08:00" minutes="30">
      <service ref="12/0101#flu-vaccine">流感疫苗接种</service><place>样例门诊</place><address>样例路1号</address>
      <telephone>000-8800-1103</telephone>
    </appointment>
  </member></household>
</households>)";

/// To the first of one's appointments, with the PIN; then to the question whether to book it again.
constexpr const char* kToAppointment = "key HOME\nkey 3\nwait\nkey 1\nwait\ntype 2468\nwait\nkey 1\nwait\n";
constexpr const char* kToQuestion = "key OK\nwait\nkey 1\nwait\n";

double milliseconds(steady_clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

class AnswerBench {
  public:
    base::Result<void> set_up(const fs::path& sample, const fs::path& work) {
        LINLI_TRY(loop, base::EventLoop::create());
        loop_ = std::move(loop);
        LINLI_TRY(platform, simulator::LocalPlatform::start(
                                clock_, *log_, "Asia/Shanghai",
                                [this](const net::HttpRequest& request, const net::HttpHandler& handler) {
                                    auto begin = steady_clock::now();
                                    net::HttpResponse response = handler(request);
                                    platforms_own_ += (steady_clock::now() - begin).count();
                                    return response;
                                }));
        platform_ = std::move(platform);
        LINLI_CHECK(platform_->publish(sample, clock_.now()));
        platform::OfficeFiles files;
        files.schedules = {work / "schedules.xml"};
        files.households = {work / "households.xml"};
        LINLI_CHECK(base::write_file_atomically(files.schedules[0], kSchedules));
        LINLI_CHECK(base::write_file_atomically(files.households[0], kHouseholds));
        LINLI_CHECK(platform_->import(files));
        return start_box(work / "box");
    }

    base::Result<void> run(std::vector<Figure>& figures) {
        std::vector<double> whole, without;
        for (int round = 0; round < kRounds; ++round) {
            LINLI_CHECK(ask());
            platforms_own_ = 0;
            LINLI_TRY(took, answer());
            whole.push_back(milliseconds(took));
            without.push_back(milliseconds(took - steady_clock::duration(platforms_own_)));
            LINLI_CHECK(call_off());
        }
        auto tell = [&](const std::string& name, double value, const std::string& goal) {
            figures.push_back({"appointments", name, value, "ms", std::nullopt, goal});
        };
        tell("Yes to confirmation on the screen, p50", median(whole), "");
        tell("  beyond the platform's own time, p50", median(without), "value <= 50");
        tell("  beyond the platform's own time, p99", percentile(without, 0.99), "value <= 50");
        return {};
    }

  private:
    base::Result<void> start_box(const fs::path& data) {
        fs::create_directories(data);
        std::vector<std::string> no_arguments;
        LINLI_TRY(directfb, graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"}));
        directfb_ = std::move(directfb);
        app::BoxOptions options{.area = *content::AreaCode::parse("12/0101/001/002"),
                                .data = data,
                                .platform_url = platform_->url(),
                                .root_file = platform_->root_file(),
                                .box_token = "demo-box-1",
                                .modules = simulator::ProgramFiles::find().modules,
                                .start = app::StartScreen::Home};
        LINLI_TRY(box, simulator::VirtualBox::create(*directfb_, {1280, 720}, std::move(options), *loop_, clock_, *log_,
                                                     [this](std::span<const graphics::Rect>) { see(); }));
        box_ = std::move(box);
        app::Settings settings;
        settings.language = text::Language::English;
        box_->application().change_settings(settings);
        box_->box().start_services();
        return simulator::ScriptPlayer(*box_, *loop_, clock_, data).wait();
    }

    base::Result<void> play(std::string_view script) {
        LINLI_TRY(steps, simulator::parse_script(script));
        return simulator::ScriptPlayer(*box_, *loop_, clock_, {}).play(steps);
    }

    /// Until Yes is a key away.
    base::Result<void> ask() {
        LINLI_CHECK(play(kToAppointment));
        LINLI_CHECK(go_to_button("Book again"));
        LINLI_CHECK(play(kToQuestion));
        return go_to_button("Yes");
    }

    base::Result<void> go_to_button(std::string_view label) {
        for (int tries = 0; tries < 8; ++tries) {
            const app::Page& page = box_->application().page();
            bool has_focus = page.focus < page.elements.size();
            if (has_focus && app::element_text(page.elements[page.focus]).find(label) != std::string::npos) return {};
            box_->box().press(input::Key::Right);
        }
        return base::fail(base::format("there is no button \"{}\" on the page:\n{}", label,
                                       app::page_text(box_->application().page())));
    }

    /// A frame has been painted.
    void see() {
        if (box_ && !seen_ && box_->application().page().id == "wish.done") seen_ = steady_clock::now();
    }

    base::Result<steady_clock::duration> answer() {
        seen_.reset();
        auto begin = steady_clock::now();
        box_->box().press(input::Key::Ok);
        while (!seen_) {
            if (steady_clock::now() - begin > kLongestAnswer)
                return base::fail("no confirmation came:\n" + app::page_text(box_->application().page()));
            loop_->run_once(std::chrono::milliseconds(50));
        }
        return *seen_ - begin;
    }

    /// So that the same member can have the same time again.
    base::Result<void> call_off() {
        auto service = *content::ItemKey::parse("12/0101#flu-vaccine", *content::AreaCode::parse("12"));
        auto& bookings = platform_->bookings();
        LINLI_TRY(rows, bookings.desk_list(service, clock_.now(), clock_.now() + std::chrono::days(8)));
        for (const auto& row : rows)
            if (row.state == "booked")
                LINLI_CHECK(bookings.judge(row.number, platform::BookingStore::Verdict::CalledOff, "", clock_.now()));
        return {};
    }

    std::unique_ptr<base::Log> log_ = base::make_silent_log();
    /// At night: what was called off is not announced then, over the page that is measured.
    base::SettableClock clock_{simulator::kScriptStart + std::chrono::hours(14)};
    std::unique_ptr<base::EventLoop> loop_;
    std::atomic<steady_clock::rep> platforms_own_ = 0;
    std::unique_ptr<simulator::LocalPlatform> platform_;
    std::unique_ptr<graphics::DirectFbLibrary> directfb_;
    std::unique_ptr<simulator::VirtualBox> box_;
    /// When the confirmation was painted.
    std::optional<steady_clock::time_point> seen_;
};

}  // namespace

base::Result<void> bench_answer(const fs::path& sample, std::vector<Figure>& figures) {
    LINLI_TRY(work, WorkFolder::create());
    AnswerBench bench;
    LINLI_CHECK(bench.set_up(sample, work.path()));
    return bench.run(figures);
}

}  // namespace linli::bench
