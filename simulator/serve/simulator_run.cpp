#include "simulator/serve/simulator_run.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cstdio>

#include "middleware/base/format.h"
#include "simulator/serve/simulator_desk.h"
#include "simulator/serve/web_page.h"

namespace linli::simulator {

using base::Result;

namespace {

/// A browser takes one thread, and a few for the files of the page.
constexpr int kServerThreads = 16;

class Simulator {
  public:
    Simulator(const SimulatorRun& run, const ProgramFiles& files, base::Log& log) : run_(run), files_(files), log_(log) {
        if (run.clock) clock_.set(*run.clock);
    }
    ~Simulator() {
        if (signals_ >= 0) ::close(signals_);
    }

    Result<void> set_up() {
        LINLI_TRY(loop, base::EventLoop::create());
        loop_ = std::move(loop);
        watch_signals();
        LINLI_TRY(scratch, ScratchFolder::create());
        scratch_ = std::move(scratch);
        desk_ = std::make_unique<SimulatorDesk>(*loop_, clock_, log_, [this] { tend(); });
        if (run_.platform_url.empty()) LINLI_CHECK(start_platform());
        std::string seen = ContentWatch::look(run_.content);
        ContentState content = look_at_content();
        LINLI_CHECK(start_box(content));
        desk_->show_content(content, folder());
        LINLI_CHECK(start_server());
        if (platform_) watch_ = std::make_unique<ContentWatch>(run_.content, std::move(seen), [this] { hear_change(); });
        return {};
    }

    void serve() {
        std::printf("%s/\n", server_->url().c_str());
        std::fflush(stdout);
        loop_->run();
        // Who talks to the desk goes first.
        watch_.reset();
        server_.reset();
        desk_.reset();
    }

  private:
    void watch_signals() {
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGINT);
        sigaddset(&ends, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
        signals_ = ::signalfd(-1, &ends, SFD_CLOEXEC);
        loop_->watch(signals_, [this] { loop_->quit(); });
    }

    Result<void> start_platform() {
        if (run_.content.empty()) return base::fail("say what to show: --content DIR, or --platform URL");
        LINLI_TRY(platform, LocalPlatform::start(clock_, log_, run_.time_zone));
        platform_ = std::move(platform);
        LINLI_CHECK(platform_->import(add_files_beside(run_.content, run_.files)));
        return {};
    }

    /// What time brings to appointments, for a clock that was moved.
    void tend() {
        auto done = platform_ ? platform_->tend() : Result<void>();
        if (!done) log_.error(done.error().message);
    }

    ContentState look_at_content() {
        if (run_.content.empty()) return {};
        if (platform_) return publish_content(run_.content, *platform_, clock_.now());
        ContentState state = read_content(run_.content, clock_.now());
        state.faults.clear();  // what the platform publishes is not ours to check
        return state;
    }

    /// What the page calls the folder; empty where it is not looked at.
    std::string folder() const { return platform_ ? std::filesystem::weakly_canonical(run_.content).filename().string() : ""; }

    Result<void> start_box(const ContentState& content) {
        auto area = run_.area ? run_.area : content.first_community();
        if (!area) return base::fail("say where the box stands: --area CODE, or content with an area");
        std::vector<std::string> no_arguments;
        LINLI_TRY(directfb, graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"}));
        directfb_ = std::move(directfb);
        app::BoxOptions options{.area = *area,
                                .data = run_.data.empty() ? scratch_->path() : run_.data,
                                .platform_url = platform_ ? platform_->url() : run_.platform_url,
                                .root_file = platform_ ? platform_->root_file() : run_.root_file,
                                .box_token = run_.box_token,
                                .modules = files_.modules,
                                .start = run_.live.empty() ? app::StartScreen::Home : app::StartScreen::Live};
        options.live_uri = live_uri_of(run_.live);
        options.channel_file = run_.channels;
        options.xmltv = run_.xmltv;
        LINLI_TRY(box, ChangingBox::create(*directfb_, run_.screen, std::move(options), *loop_, clock_, log_,
                                           [this](std::span<const graphics::Rect> areas) {
                                               if (desk_) desk_->hear_present(areas);
                                           }));
        box_ = std::move(box);
        box_->now().application().change_settings(run_.settings);
        desk_->use_box(*box_);
        return {};
    }

    Result<void> start_server() {
        net::HttpRoutes routes;
        serve_web_page(routes);
        routes.web_socket("/box", desk_->web_socket());
        net::HttpServerOptions options;
        options.port = run_.port;
        options.host_names = net::HostNames::Loopback;
        options.threads = kServerThreads;
        LINLI_TRY(server, net::HttpServer::start(options, std::move(routes), log_));
        server_ = std::move(server);
        return {};
    }

    /// On the thread of the watch.
    void hear_change() {
        ContentState state = publish_content(run_.content, *platform_, clock_.now());
        loop_->post([this, state = std::move(state)] {
            if (desk_) desk_->show_content(state, folder());
        });
    }

    const SimulatorRun& run_;
    const ProgramFiles& files_;
    base::Log& log_;
    ShiftedClock clock_;
    int signals_ = -1;
    std::unique_ptr<base::EventLoop> loop_;
    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<LocalPlatform> platform_;
    std::unique_ptr<graphics::DirectFbLibrary> directfb_;
    std::unique_ptr<ChangingBox> box_;
    std::unique_ptr<SimulatorDesk> desk_;
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<ContentWatch> watch_;
};

}  // namespace

Result<void> run_simulator(const SimulatorRun& run, const ProgramFiles& files, base::Log& log) {
    Simulator simulator(run, files, log);
    LINLI_CHECK(simulator.set_up());
    simulator.serve();
    return {};
}

}  // namespace linli::simulator
