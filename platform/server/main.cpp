// The reference platform: a publication and the appointment interface over HTTP, for demonstrations, for tests and
// as a model for a city's own. Exit status: 0 after Ctrl-C or SIGTERM, 1 when it cannot start, 2 for a wrong
// command line.

#include <csignal>
#include <cstdio>

#include <CLI/CLI.hpp>

#include "middleware/base/format.h"
#include "middleware/base/log.h"
#include "platform/booking/booking_store.h"
#include "platform/server/office_files.h"
#include "platform/server/platform_routes.h"
#include "platform/server/tending.h"

using namespace linli;
using base::Result;

namespace {

struct Settings {
    std::string publication;
    std::string database;
    std::string time_zone = "Asia/Shanghai";
    platform::OfficeFiles files;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8081;
};

Result<void> serve(const Settings& settings, base::Log& log, const sigset_t& ends) {
    LINLI_TRY(store, platform::open_booking_store({settings.database, settings.time_zone}));
    base::SystemClock clock;
    LINLI_CHECK(platform::import_files(settings.files, *store, clock.now(), log));
    platform::Tending tending(*store, clock, log);
    net::HttpServerOptions options;
    options.address = settings.address;
    options.port = settings.port;
    LINLI_TRY(server, net::HttpServer::start(
                          options, platform::platform_routes(settings.publication, *store, clock, log), log));
    log.info(base::format("publication at {0}/publication, appointments at {0}/appointments", server->url()));
    int signal = 0;
    ::sigwait(&ends, &signal);
    log.info("stopping");
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    CLI::App app("Linli TV's reference platform: serves a publication and the appointment interface");
    app.add_option("--publication", settings.publication, "folder of the publication")->required();
    app.add_option("--database", settings.database, "file of households and appointments, made when missing, or postgresql://…")
        ->required();
    app.add_option("--port", settings.port, "port, 0 for any free one")->capture_default_str();
    app.add_option("--address", settings.address, "address to listen on")->capture_default_str();
    app.add_option("--time-zone", settings.time_zone, "whose days and hours schedules have")->capture_default_str();
    app.add_option("--households,--import", settings.files.households, "files of households to put into the database first");
    app.add_option("--schedules", settings.files.schedules, "files that say when services can be booked");
    app.add_option("--holidays", settings.files.holidays, "calendars of public holidays (JSON)");
    app.add_option("--results", settings.files.results, "files of results of applications");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }

    // Taken by sigwait; every thread that starts later inherits it.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    auto log = base::make_stderr_log("linli-platform", base::Log::Level::Info);
    if (auto served = serve(settings, *log, ends); !served) {
        log->error(served.error().message);
        return 1;
    }
    return 0;
}
