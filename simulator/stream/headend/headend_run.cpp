#include "simulator/stream/headend/headend_run.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "middleware/base/format.h"
#include "simulator/stream/headend/channel_pictures.h"
#include "simulator/stream/headend/play_out.h"

namespace linli::simulator {

using base::Result;
using namespace std::chrono;

namespace {

Result<std::vector<std::filesystem::path>> prepare(const ChannelPlan& plan, const std::filesystem::path& cache) {
    std::vector<std::string> no_arguments;
    LINLI_TRY(directfb, graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"}));
    return make_channels(plan, cache, *directfb);
}

std::vector<Multiplexer::Program> put_together(const ChannelPlan& plan, std::span<const ProgramLoop> loops) {
    SiMultiplex network = plan.multiplex();
    std::vector<Multiplexer::Program> programs;
    for (std::size_t i = 0; i < network.services.size(); ++i) {
        Multiplexer::Program program{.service = network.services[i], .loops = {}};
        for (const SiStream& stream : program.service.streams)
            for (const ElementaryLoop& loop : loops[i].streams)
                if (loop.type == stream.type) program.loops.push_back(&loop);
        programs.push_back(std::move(program));
    }
    return programs;
}

/// Until one of these signals comes, which it takes from all threads.
void play(PlayOut& out, Multiplexer& multiplexer, SiCarousel& carousel) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::atomic<bool> ends = false;
    std::jthread sending([&] { out.run(multiplexer, carousel, ends); });
    int which = 0;
    sigwait(&signals, &which);
    ends = true;
}

}  // namespace

Result<void> run_headend(const HeadendRun& run, base::Log& log) {
    LINLI_TRY(plan, ChannelPlan::read(run.plan));
    bool is_file = std::ranges::none_of(run.targets, [](const std::string& to) { return to.starts_with("udp://"); });
    if (is_file && run.targets.size() > 1) return base::fail("one file at a time, please");
    LINLI_TRY(files, prepare(plan, run.cache));
    if (run.targets.empty()) return {};
    std::vector<ProgramLoop> loops;
    for (const auto& file : files) {
        LINLI_TRY(loop, ProgramLoop::read(file));
        loops.push_back(std::move(loop));
    }
    auto programs = put_together(plan, loops);
    std::int64_t rate = Multiplexer::rate_for(programs);
    Multiplexer multiplexer(std::move(programs), rate);
    SiCarousel carousel(plan, run.clock.value_or(floor<seconds>(system_clock::now())));
    log.info(base::format("{} channels, {} bits a second", plan.channels.size(), rate));
    if (is_file) return write_multiplex(multiplexer, carousel, seconds(run.seconds), run.targets.front());
    LINLI_TRY(out, PlayOut::open(run.targets));
    play(*out, multiplexer, carousel);
    return {};
}

}  // namespace linli::simulator
