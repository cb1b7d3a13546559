// linli-stb: the application on the box. Puts the parts together and runs the event loop.

#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/graphics/directfb_library.h"
#include "middleware/input/key_filter.h"
#include "middleware/input/key_map.h"
#include "stb-app/box.h"
#include "stb-app/control/box_control.h"

using namespace linli;

namespace {

struct Arguments {
    std::string area, data = "/var/lib/linli", platform, token_file, live, start = "live", control;
    std::string share = LINLI_SHARE_DIR, key_map, time_zone = "Asia/Shanghai";
    std::vector<std::string> publications;
    std::string root, box_id, proxy, ca, client_certificate, client_key;
    int sync_seconds = 300, most_sync_seconds = 3600, alerts_seconds = 15, start_spread = 0;
    std::uint64_t object_quota = 64u << 20, bandwidth = 0;
    bool is_verbose = false;
    text::FontFiles fonts;
};

void describe_network(CLI::App& cli, Arguments& arguments) {
    CLI::Range seconds(0, 86400);
    cli.add_option("--platform", arguments.platform, "base URL of the community information platform");
    cli.add_option("--publication", arguments.publications, "base URL of its publication, when it is not PLATFORM/publication; more than one are tried in turn");
    cli.add_option("--root", arguments.root, "the root of the publication's keys, a signed file");
    cli.add_option("--box-token-file", arguments.token_file, "what proves this box to the platform (mode 0600)");
    cli.add_option("--box-id", arguments.box_id, "any text that is another one for each box: spreads the boxes over time");
    cli.add_option("--start-spread", arguments.start_spread, "the first sync begins within so many seconds")->check(seconds);
    cli.add_option("--sync-interval", arguments.sync_seconds, "seconds between two syncs, at least")->check(CLI::Range(5, 86400));
    cli.add_option("--most-sync-interval", arguments.most_sync_seconds, "seconds between two syncs, at most")->check(seconds);
    cli.add_option("--alerts-interval", arguments.alerts_seconds, "seconds between two looks for alerts, at least")->check(seconds);
    cli.add_option("--object-quota", arguments.object_quota, "room for pictures and attachments, in bytes or as 64MB")->transform(CLI::AsSizeValue(false));
    cli.add_option("--bandwidth", arguments.bandwidth, "most bytes a second of a transfer, or as 100KB; 0: no limit")->transform(CLI::AsSizeValue(false));
    cli.add_option("--proxy", arguments.proxy, "the proxy for all requests; without it as the environment says");
    cli.add_option("--ca", arguments.ca, "certificates that vouch for servers, in place of the system's (PEM)")->check(CLI::ExistingFile);
    auto* certificate = cli.add_option("--client-certificate", arguments.client_certificate, "what this box shows to servers (PEM)")->check(CLI::ExistingFile);
    auto* key = cli.add_option("--client-key", arguments.client_key, "its key (PEM)")->check(CLI::ExistingFile);
    certificate->needs(key);
    key->needs(certificate);
}

void describe(CLI::App& cli, Arguments& arguments) {
    cli.set_config("--config", "", "a file of these options, a line each: area = \"12/0101/001/002\"");
    cli.add_option("--area", arguments.area, "the community of this box, for example 12/0101/001/002")->required();
    cli.add_option("--data", arguments.data, "where the content and the household's settings are kept");
    cli.add_option("--live", arguments.live, "what the television shows: a URI");
    cli.add_option("--start", arguments.start, "live or home")->check(CLI::IsMember({"live", "home"}));
    cli.add_option("--key-map", arguments.key_map, "the key map of the remote control");
    cli.add_option("--time-zone", arguments.time_zone, "a name of the tz database");
    cli.add_option("--share", arguments.share, "where catalogs, key maps and the player module are installed");
    cli.add_option("--control", arguments.control, "a socket to work the box through, for engineers");
    cli.add_option("--font", arguments.fonts.regular.path, "the font of the interface");
    cli.add_option("--font-bold", arguments.fonts.bold.path, "its bold weight");
    cli.add_option("--font-index", arguments.fonts.regular.index, "the face of both in a collection");
    cli.add_flag("--verbose", arguments.is_verbose, "log more");
    describe_network(cli, arguments);
    cli.footer("DirectFB's own options (--dfb:system=x11,mode=1280x720) are handed on to it.");
}

base::Result<std::string> read_token(const std::string& file) {
    if (file.empty()) return std::string();
    std::error_code error;
    auto permissions = std::filesystem::status(file, error).permissions();
    if (error) return base::fail(base::format("cannot read {}: {}", file, error.message()));
    if ((permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) != std::filesystem::perms::none)
        return base::fail(base::format("{} must be readable by its owner only (chmod 600)", file));
    LINLI_TRY(token, base::read_file(file, 4096));
    while (!token.empty() && std::isspace(static_cast<unsigned char>(token.back()))) token.pop_back();
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

app::BoxOptions box_options_of(const Arguments& arguments, const content::AreaCode& area, std::string token) {
    using std::chrono::seconds;
    return {.area = area,
            .data = arguments.data,
            .platform_url = arguments.platform,
            .publication_urls = arguments.publications,
            .root_file = arguments.root,
            .box_token = std::move(token),
            .live_uri = arguments.live,
            .modules = arguments.share + "/lib",
            .box_id = arguments.box_id,
            .sync_bounds = {.least = seconds(arguments.sync_seconds),
                            .most = seconds(arguments.most_sync_seconds),
                            .least_alerts = seconds(arguments.alerts_seconds),
                            .start_spread = seconds(arguments.start_spread)},
            .object_quota = arguments.object_quota,
            .http = {.proxy = arguments.proxy,
                     .ca_file = arguments.ca,
                     .client_certificate = arguments.client_certificate,
                     .client_key = arguments.client_key,
                     .bytes_per_second = arguments.bandwidth},
            .start = arguments.start == "home" ? app::StartScreen::Home : app::StartScreen::Live,
            .fonts = arguments.fonts};
}

base::Result<void> run(const Arguments& arguments, std::vector<std::string> directfb_options, base::Log& log) {
    auto area = content::AreaCode::parse(arguments.area);
    if (!area) return base::fail(base::format("{} is not an area code such as 12/0101/001/002", arguments.area));
    LINLI_TRY(token, read_token(arguments.token_file));
    // Before any thread is made: all of them inherit it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    app::BoxOptions options = box_options_of(arguments, *area, std::move(token));
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
    std::vector<std::string> directfb_options, own;
    for (int i = argc - 1; i > 0; --i)
        (std::string_view(argv[i]).starts_with("--dfb:") ? directfb_options : own).emplace_back(argv[i]);
    CLI::App cli("Linli TV: the community on the television", "linli-stb");
    Arguments arguments;
    describe(cli, arguments);
    try {
        cli.parse(own);
    } catch (const CLI::ParseError& error) {
        return cli.exit(error);
    }
    arguments.fonts.bold.index = arguments.fonts.regular.index;
    base::set_time_zone(arguments.time_zone);
    text::Catalog::install(arguments.share + "/locale");
    auto log = base::make_stderr_log("linli-stb", arguments.is_verbose ? base::Log::Level::Debug : base::Log::Level::Info);
    if (auto done = run(arguments, std::move(directfb_options), *log); !done) {
        log->error(done.error().message);
        return 1;
    }
    return 0;
}
