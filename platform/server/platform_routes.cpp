#include "platform/server/platform_routes.h"

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using net::HttpRequest;
using net::HttpResponse;

namespace {

constexpr std::string_view kBearer = "Bearer ";

int status_of(Refusal::Reason reason) {
    switch (reason) {
        case Refusal::Reason::Malformed: return 400;
        case Refusal::Reason::UnknownBox: return 401;
        case Refusal::Reason::UnknownMember: return 404;
        case Refusal::Reason::WrongPin: return 403;
        case Refusal::Reason::Locked: return 423;
        default: return 500;
    }
}

HttpResponse answer(int status, std::string xml) {
    HttpResponse response;
    response.status = status;
    response.media_type = "application/xml";
    response.headers = {{"Cache-Control", "no-store"}};
    response.body = std::move(xml);
    return response;
}

HttpResponse refuse(const Refusal& refusal) {
    HttpResponse response = answer(status_of(refusal.reason), write_refusal(refusal));
    if (refusal.reason == Refusal::Reason::UnknownBox) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (refusal.reason == Refusal::Reason::Locked)
        response.headers.emplace_back("Retry-After", std::to_string(refusal.seconds.count()));
    return response;
}

HttpResponse only(std::string_view method) {
    HttpResponse response;
    response.status = 405;
    response.headers = {{"Allow", std::string(method)}};
    response.body = base::format("only {}\n", method);
    return response;
}

class AppointmentHandlers {
  public:
    AppointmentHandlers(BookingStore& bookings, base::Clock& clock, base::Log& log)
        : bookings_(bookings), clock_(clock), log_(log) {}

    HttpResponse members(const HttpRequest& request) const {
        if (request.method != "GET") return only("GET");
        auto members = bookings_.members(box(request));
        if (!members) return fail("members", members.error());
        if (auto* refusal = std::get_if<Refusal>(&*members)) return refuse(*refusal);
        return answer(200, write_members(std::get<std::vector<Member>>(*members)));
    }

    HttpResponse look_up(const HttpRequest& request) const {
        if (request.method != "POST") return only("POST");
        auto question = read_look_up(request.body);
        if (!question) return refuse({Refusal::Reason::Malformed});
        std::string from = box(request);
        auto session = bookings_.open_session(from, question->member_ref, question->pin, clock_.now());
        base::wipe(question->pin);
        if (!session) return fail("look-up", session.error());
        if (auto* refusal = std::get_if<Refusal>(&*session)) {
            log_.info(base::format("look-up: refused with status {}", status_of(refusal->reason)));
            return refuse(*refusal);
        }
        auto found = bookings_.mine({from, std::get<Session>(*session).ref}, clock_.now());
        if (!found) return fail("look-up", found.error());
        if (auto* refusal = std::get_if<Refusal>(&*found)) return refuse(*refusal);
        return answer(200, write_appointments(std::get<std::vector<Appointment>>(*found)));
    }

  private:
    static std::string box(const HttpRequest& request) {
        std::string_view header = request.header("Authorization").value_or("");
        return box_of_token(header.starts_with(kBearer) ? header.substr(kBearer.size()) : std::string_view());
    }

    HttpResponse fail(std::string_view what, const base::Error& error) const {
        log_.error(base::format("{}: {}", what, error.message));
        HttpResponse response;
        response.status = 500;
        response.body = "internal error\n";
        return response;
    }

    BookingStore& bookings_;
    base::Clock& clock_;
    base::Log& log_;
};

/// Heads change in place and are asked for again; objects are named by their hash and never change.
std::string cache_control(std::string_view path) {
    return path.starts_with("/objects/") ? "public, max-age=31536000, immutable" : "public, no-cache";
}

}  // namespace

net::HttpRoutes platform_routes(const std::filesystem::path& publication, BookingStore& bookings,
                                base::Clock& clock, base::Log& log) {
    AppointmentHandlers handlers(bookings, clock, log);
    net::HttpRoutes routes;
    routes.serve_folder("/publication", publication, cache_control);
    routes.handle("/appointments/members", [=](const HttpRequest& request) { return handlers.members(request); });
    routes.handle("/appointments/look-up", [=](const HttpRequest& request) { return handlers.look_up(request); });
    return routes;
}

}  // namespace linli::platform
