#include "simulator/script/script_run.h"

#include <cstdio>
#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "simulator/local_platform.h"
#include "simulator/script/elsewhere.h"
#include "simulator/script/script_player.h"
#include "simulator/wrong_clock.h"

namespace linli::simulator {

using base::Result;

namespace {

void say(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

std::chrono::sys_seconds start_time(const std::vector<NumberedStep>& steps) {
    auto* clock = steps.empty() ? nullptr : std::get_if<SetClock>(&steps.front().step);
    return clock ? clock->time : kScriptStart;
}

/// Publishes the content and says which area the box lives in.
Result<content::AreaCode> publish(LocalPlatform& platform, const ScriptRun& run, std::chrono::sys_seconds now) {
    LINLI_TRY(report, platform.publish(run.content, now));
    if (!report.check.is_good()) {
        std::string faults;
        for (const content::Fault& fault : report.check.faults) faults += "\n" + content::to_text(fault);
        return base::fail(base::format("{} has faults:{}", run.content.string(), faults));
    }
    auto area = run.area ? run.area : first_community(report);
    if (!area) return base::fail(base::format("there is no area in {}", run.content.string()));
    return *area;
}

/// Everything that a script needs, put together.
class Stage {
  public:
    Stage(const ScriptRun& run, const ProgramFiles& files, base::Log& log, std::chrono::sys_seconds start)
        : run_(run), files_(files), log_(log), clock_(start) {}

    Result<void> set_up() {
        LINLI_TRY(loop, base::EventLoop::create());
        loop_ = std::move(loop);
        LINLI_TRY(scratch, ScratchFolder::create());
        scratch_ = std::move(scratch);
        LINLI_TRY(platform, LocalPlatform::start(clock_, log_, run_.time_zone));
        platform_ = std::move(platform);
        LINLI_TRY(area, publish(*platform_, run_, clock_.now()));
        auto files = add_files_beside(run_.content, run_.files);
        LINLI_CHECK(platform_->import(files));
        elsewhere_ = std::make_unique<Elsewhere>(*platform_, std::move(files), clock_, run_.box_token, run_.time_zone);
        area_ = area;
        LINLI_CHECK(start_box());
        std::error_code error;
        std::filesystem::create_directories(run_.out, error);
        if (error) return base::fail(base::format("cannot make {}: {}", run_.out.string(), error.message()));
        return {};
    }

    Result<void> play(const std::vector<NumberedStep>& steps) {
        Surroundings surroundings{.on_clock = [this] { return platform_->tend(); },
                                  .act_elsewhere = [this](const PlatformStep& step) { return elsewhere_->act(step); },
                                  .restart_box = [this] { return restart_box(); },
                                  .set_box_clock = [this](auto time) { box_clock_.show(time); }};
        ScriptPlayer player(*box_, *loop_, clock_, run_.out, std::move(surroundings));
        LINLI_CHECK(player.wait());
        return player.play(steps);
    }

  private:
    Result<void> start_box() {
        if (!directfb_) {
            std::vector<std::string> no_arguments;
            LINLI_TRY(directfb, graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"}));
            directfb_ = std::move(directfb);
        }
        app::BoxOptions options{.area = *area_,
                                .data = scratch_->path(),
                                .platform_url = platform_->url(),
                                .root_file = platform_->root_file(),
                                .box_token = run_.box_token,
                                .modules = files_.modules,
                                .start = app::StartScreen::Home};
        options.live_uri = live_uri_of(run_.live);
        options.channel_file = run_.channels;
        options.xmltv = run_.xmltv;
        options.xmltv_settles = {};
        LINLI_TRY(box, VirtualBox::create(*directfb_, run_.screen, std::move(options), *loop_, box_clock_, log_));
        box_ = std::move(box);
        box_->application().change_settings(run_.settings);
        box_->box().start_services();
        return {};
    }

    /// Nothing is put away before, as little as when the power fails: what is at rest by now is all that there is.
    Result<VirtualBox*> restart_box() {
        box_.reset();
        LINLI_CHECK(start_box());
        return box_.get();
    }

    const ScriptRun& run_;
    const ProgramFiles& files_;
    base::Log& log_;
    base::SettableClock clock_;
    WrongClock box_clock_{clock_};
    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<base::EventLoop> loop_;
    std::unique_ptr<LocalPlatform> platform_;
    std::unique_ptr<Elsewhere> elsewhere_;
    std::optional<content::AreaCode> area_;
    std::unique_ptr<graphics::DirectFbLibrary> directfb_;
    std::unique_ptr<VirtualBox> box_;
};

}  // namespace

ScriptOutcome run_script(const ScriptRun& run, const ProgramFiles& files, base::Log& log) {
    auto text = base::read_file(run.script);
    if (!text) {
        say(text.error().message);
        return ScriptOutcome::WrongScript;
    }
    auto steps = parse_script(*text);
    if (!steps) {
        say(base::format("{}: {}", run.script.string(), steps.error().message));
        return ScriptOutcome::WrongScript;
    }
    Stage stage(run, files, log, start_time(*steps));
    if (auto ready = stage.set_up(); !ready) {
        say(ready.error().message);
        return ScriptOutcome::CouldNotStart;
    }
    if (auto played = stage.play(*steps); !played) {
        say(base::format("{}: {}", run.script.string(), played.error().message));
        return ScriptOutcome::StepFailed;
    }
    std::printf("%s: %zu steps\n", run.script.c_str(), steps->size());
    return ScriptOutcome::Played;
}

}  // namespace linli::simulator
