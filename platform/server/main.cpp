// The reference platform: a publication and the appointment interface over HTTP, for demonstrations, for tests and
// as a model for a city's own. Exit status: 0 after Ctrl-C or SIGTERM, or done; 1 when it cannot start, or something was not
// done; 2 for a wrong command line.

#include <csignal>

#include <CLI/CLI.hpp>

#include "middleware/base/local_time.h"
#include "middleware/base/log.h"
#include "platform/server/office_main.h"
#include "platform/server/serve_main.h"

using namespace linli;

int main(int argc, char** argv) {
    platform::BookingStoreOptions store;
    CLI::App app(
        "Linli TV's reference platform. Without a command it serves a publication, the appointment interface and the\n"
        "operator's page until Ctrl-C. Several may serve one database.\n");
    app.footer(
        "For example:\n"
        "  linli-platform --publication tree --database bookings.db --households households.xml --schedules schedules.xml\n"
        "  linli-platform --database bookings.db office export --service 12/0101#health-check --format ics --to list.ics\n"
        "Exit status: 0 done, 1 it cannot start, or something was not done, 2 wrong command line. The manual is docs/platform.md.");
    app.require_subcommand(0, 1);
    app.fallthrough();
    app.add_option("--database", store.database, "a file (SQLite; made when missing), or postgresql://…")->required();
    app.add_option("--time-zone", store.zone, "whose days and hours schedules have")->capture_default_str();
    platform::ServeCommand serve(app);
    platform::OfficeCommand office(app);
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
    if (!office.is_asked_for()) pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    auto log = base::make_stderr_log("linli-platform", base::Log::Level::Info);
    // A calendar's times without a zone are meant there.
    base::set_time_zone(store.zone);
    if (office.is_asked_for()) return office.run(store, *log);
    if (auto served = serve.run(store, ends, *log); !served) {
        log->error(served.error().message);
        return 1;
    }
    return 0;
}
