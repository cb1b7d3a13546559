// linli-stb: the application on the box. Puts the parts together and runs the event loop.

#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/base/no_core_dump.h"
#include "middleware/base/private_file.h"
#include "middleware/graphics/directfb_library.h"
#include "middleware/input/key_filter.h"
#include "middleware/input/key_map.h"
#include "platform/appointments/platform_address.h"
#include "stb-app/arguments.h"
#include "stb-app/box.h"
#include "stb-app/control/box_control.h"

using namespace linli;

namespace {

/// What proves the box, once it is known to be nobody else's and to be sent in the clear to nobody.
base::Result<std::string> read_credentials(const app::Arguments& arguments) {
    if (!arguments.platform.empty()) LINLI_CHECK(platform::check_platform_address(arguments.platform));
    if (!arguments.client_key.empty()) {
        LINLI_TRY(key, base::read_private_file(arguments.client_key, 64u << 10));
        ::explicit_bzero(key.data(), key.size());
    }
    if (arguments.token_file.empty()) return std::string();
    LINLI_TRY(token, base::read_private_file(arguments.token_file, 4096));
    while (!token.empty() && std::isspace(static_cast<unsigned char>(token.back()))) token.pop_back();
    bool is_token = !token.empty() && std::ranges::all_of(token, [](unsigned char c) { return std::isgraph(c); });
    if (!is_token) return base::fail(base::format("{} does not hold a token: one word", arguments.token_file));
    return token;
}

/// Takes keys from DirectFB through the key map and the filter to the box.
base::Result<void> connect_remote(graphics::DirectFbLibrary& directfb, const std::string& key_map_file, base::EventLoop& loop,
                                  app::Box& box) {
    LINLI_TRY(text, base::read_file(key_map_file));
    auto map = input::KeyMap::parse(text);
    if (!map) return base::fail(base::format("{}: {}", key_map_file, map.error().message));
    LINLI_TRY(fd, directfb.open_remote());
    loop.watch(fd, [&directfb, &box, map = std::move(*map), filter = input::KeyFilter()]() mutable {
        auto raw = directfb.take_key();
        if (!raw) return;
        auto key = map.find(raw->name);
        auto action = static_cast<input::KeyFilter::Action>(raw->action);
        if (key && filter.accept(*key, action, std::chrono::steady_clock::now())) box.press(*key);
    });
    return {};
}

base::Result<void> run(const app::Arguments& arguments, std::vector<std::string> directfb_options, base::Log& log) {
    auto area = content::AreaCode::parse(arguments.area);
    if (!area) return base::fail(base::format("{} is not an area code such as 12/0101/001/002", arguments.area));
    LINLI_TRY(token, read_credentials(arguments));
    // Before any thread is made: all of them inherit it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    app::BoxOptions options = app::box_options_of(arguments, *area, std::move(token));
    LINLI_TRY(directfb, graphics::DirectFbLibrary::start(directfb_options, {}));
    LINLI_TRY(display, directfb->open_display(arguments.fonts));
    LINLI_TRY(stores, app::Box::open_stores(options));
    LINLI_TRY(loop, base::EventLoop::create());
    int signal_fd = ::signalfd(-1, &signals, SFD_CLOEXEC);
    loop->watch(signal_fd, [&loop] { loop->quit(); });
    base::SystemClock clock;
    auto box = app::Box::create(std::move(options), std::move(stores), *display, *loop, clock, log);
    auto first_frame = std::chrono::steady_clock::now();

    std::string key_map = arguments.key_map.empty() ? arguments.share + "/keymaps/default.keymap" : arguments.key_map;
    LINLI_CHECK(connect_remote(*directfb, key_map, *loop, *box));
    std::unique_ptr<app::ControlSocket> control;
    if (!arguments.control.empty()) {
        LINLI_TRY(opened, app::open_box_control(arguments.control, *loop, *box, first_frame));
        control = std::move(opened);
    }
    loop->post([&box] { box->start_services(); });
    log.info(base::format("area {}, {}x{}", area->str(), display->canvas().size().width, display->canvas().size().height));
    loop->run();
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    auto forbidden = base::forbid_core_dumps();
    std::vector<std::string> directfb_options, own;
    for (int i = argc - 1; i > 0; --i)
        (std::string_view(argv[i]).starts_with("--dfb:") ? directfb_options : own).emplace_back(argv[i]);
    CLI::App cli("Linli TV: the community on the television", "linli-stb");
    app::Arguments arguments;
    app::describe(cli, arguments);
    try {
        cli.parse(own);
    } catch (const CLI::ParseError& error) {
        return cli.exit(error);
    }
    arguments.fonts.bold.index = arguments.fonts.regular.index;
    base::set_time_zone(arguments.time_zone);
    text::Catalog::install(arguments.share + "/locale");
    auto log = base::make_stderr_log("linli-stb", arguments.is_verbose ? base::Log::Level::Debug : base::Log::Level::Info);
    if (!forbidden) log->warning(forbidden.error().message);
    if (auto done = run(arguments, std::move(directfb_options), *log); !done) {
        log->error(done.error().message);
        return 1;
    }
    return 0;
}
