#include "platform/server/serve_main.h"

#include <CLI/CLI.hpp>

#include "middleware/base/format.h"
#include "middleware/net/listening.h"
#include "platform/server/office_files.h"
#include "platform/server/platform_routes.h"
#include "platform/server/tending.h"

namespace linli::platform {

using base::Result;

struct ServeCommand::Settings {
    std::string publication;
    net::HttpServerOptions server{.port = 8081};
    net::TlsOptions tls;
    std::string operator_token;
    OfficeFiles files;
};

namespace {

/// Why it cannot be served so; empty where it can.
std::string why_not(const std::string& publication, const std::string& address, const net::TlsOptions& tls) {
    if (publication.empty()) return "--publication is missing: the folder that linli-publish writes to";
    if (tls.certificate.empty() != tls.key.empty()) return "--certificate and --key go together";
    if (!tls.client_ca.empty() && tls.certificate.empty()) return "--client-ca needs --certificate and --key";
    if (tls.certificate.empty() && !net::is_loopback(address))
        return base::format("{} can be reached from other machines, and what boxes say is personal: give --certificate and --key"
                            " for TLS, or listen on 127.0.0.1 behind a proxy that speaks TLS",
                            address);
    return "";
}

}  // namespace

ServeCommand::ServeCommand(CLI::App& app) : settings_(std::make_unique<Settings>()) {
    Settings& all = *settings_;
    auto add = [&](const char* group, const char* name, auto& value, const char* help) {
        return app.add_option(name, value, help)->group(group);
    };
    const char *serving = "Serving", *tls = "TLS (without it, on a loopback address only)", *files = "Files to take in at the start";
    add(serving, "--publication", all.publication, "the folder that linli-publish writes to; must be given");
    add(serving, "--address", all.server.address, "IPv4 address to listen on")->capture_default_str();
    add(serving, "--port", all.server.port, "0 for any free one")->capture_default_str();
    add(serving, "--operator-token-file", all.operator_token,
        "who knows this token (16 characters or more, file mode 0600) may see /operator from elsewhere; without it, only from this machine");
    add(tls, "--certificate", all.tls.certificate, "the server's certificate and its chain (PEM)");
    add(tls, "--key", all.tls.key, "its private key (PEM)");
    add(tls, "--client-ca", all.tls.client_ca,
        "authorities of client certificates (PEM): a box may prove itself with one that a household names by its SHA-256");
    add(files, "--households,--import", all.files.households, "households with their members and PINs (XML)");
    add(files, "--schedules", all.files.schedules, "when services can be booked (XML)");
    add(files, "--holidays", all.files.holidays, "public holidays and make-up days (JSON)");
    add(files, "--results", all.files.results, "how applications stand (XML)");
}

ServeCommand::~ServeCommand() = default;

Result<void> ServeCommand::run(const BookingStoreOptions& store_options, const sigset_t& ends, base::Log& log) const {
    std::string reason = why_not(settings_->publication, settings_->server.address, settings_->tls);
    if (!reason.empty()) return base::fail(reason);
    OperatorAccess access;
    if (!settings_->operator_token.empty()) {
        LINLI_TRY(read, read_operator_access(settings_->operator_token));
        access = std::move(read);
    }
    LINLI_TRY(store, open_booking_store(store_options));
    base::SystemClock clock;
    LINLI_CHECK(import_files(settings_->files, *store, clock.now(), log));
    Tending tending(*store, clock, log);
    net::HttpServerOptions options = settings_->server;
    if (!settings_->tls.certificate.empty()) options.tls = settings_->tls;
    LINLI_TRY(server, net::HttpServer::start(
                          options, platform_routes(settings_->publication, *store, clock, log, access), log));
    log.info(base::format("publication at {0}/publication, appointments at {0}/appointments, for the operator {0}/operator",
                          server->url()));
    int signal = 0;
    ::sigwait(&ends, &signal);
    log.info("stopping");
    return {};
}

}  // namespace linli::platform
