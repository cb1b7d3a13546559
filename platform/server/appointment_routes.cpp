#include "platform/server/appointment_routes.h"

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/base/secret.h"
#include "platform/appointments/messages.h"
#include "platform/server/query.h"

namespace linli::platform {

using net::HttpRequest;
using net::HttpResponse;

namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::chrono::seconds kBusy{5};

int status_of(Refusal::Reason reason) {
    switch (reason) {
        case Refusal::Reason::Malformed: return 400;
        case Refusal::Reason::UnknownBox:
        case Refusal::Reason::NoSession: return 401;
        case Refusal::Reason::WrongPin: return 403;
        case Refusal::Reason::UnknownMember:
        case Refusal::Reason::UnknownService:
        case Refusal::Reason::UnknownSlot:
        case Refusal::Reason::UnknownNumber: return 404;
        case Refusal::Reason::SlotTaken:
        case Refusal::Reason::WrongState:
        case Refusal::Reason::KeyReused:
        case Refusal::Reason::AlreadyBooked: return 409;
        case Refusal::Reason::TooLate:
        case Refusal::Reason::TooEarly:
        case Refusal::Reason::Quota:
        case Refusal::Reason::NoWaiting: return 422;
        case Refusal::Reason::Locked: return 423;
        case Refusal::Reason::TooMany: return 429;
        case Refusal::Reason::Busy: break;
    }
    return 503;
}

/// Whether it is refused before a service is known. The store counts the others.
bool is_of_no_service(Refusal::Reason reason) {
    switch (reason) {
        case Refusal::Reason::UnknownBox:
        case Refusal::Reason::NoSession:
        case Refusal::Reason::WrongPin:
        case Refusal::Reason::Locked:
        case Refusal::Reason::KeyReused:
        case Refusal::Reason::TooMany: return true;
        default: return false;
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

HttpResponse plain(int status, std::string text) {
    HttpResponse response;
    response.status = status;
    response.headers = {{"Cache-Control", "no-store"}};
    response.body = std::move(text);
    return response;
}

std::string token_box(const HttpRequest& request) {
    std::string_view header = request.header("Authorization").value_or("");
    return box_of_token(header.starts_with(kBearer) ? header.substr(kBearer.size()) : std::string_view());
}

std::string box_of(const HttpRequest& request) {
    if (request.client_certificate.empty()) return token_box(request);
    return box_of_certificate(request.client_certificate);
}

class AppointmentRoutes {
  public:
    AppointmentRoutes(BookingStore& bookings, base::Clock& clock, base::Log& log)
        : bookings_(bookings), clock_(clock), log_(log) {}

    /// A box that shows a token and a certificate shows two of one household, or it is refused.
    std::optional<HttpResponse> refuse_two_boxes(std::string_view name, const HttpRequest& request) const {
        if (request.client_certificate.empty() || !request.header("Authorization")) return std::nullopt;
        auto are_one = bookings_.are_of_one_household(box_of(request), token_box(request));
        if (are_one && *are_one) return std::nullopt;
        if (are_one) return refuse(name, {Refusal::Reason::UnknownBox});
        log_.error(base::format("{}: {}", name, are_one.error().message));
        return refuse(name, {.reason = Refusal::Reason::Busy, .seconds = kBusy});
    }

    HttpResponse members(const HttpRequest& request) const {
        return give("members", bookings_.members(box_of(request)), [](auto& members) { return write_members(members); });
    }

    HttpResponse services(const HttpRequest& request) const {
        auto value = query_value(request.query, "area");
        auto area = value ? content::AreaCode::parse(*value) : std::nullopt;
        if (!area) return refuse("services", {Refusal::Reason::Malformed});
        return give("services", bookings_.services(box_of(request), *area, clock_.now()),
                    [](auto& services) { return write_services(services); });
    }

    HttpResponse days(const HttpRequest& request) const {
        auto value = query_value(request.query, "service");
        auto service = value ? parse_service(*value) : std::nullopt;
        if (!service) return refuse("days", {Refusal::Reason::Malformed});
        return give("days", bookings_.days(box_of(request), *service, clock_.now()),
                    [&](auto& days) { return write_days(service->str(), days); });
    }

    HttpResponse slots(const HttpRequest& request) const {
        auto values = query_values(request.query, {"service", "day"});
        auto service = values ? parse_service(values->at(0)) : std::nullopt;
        auto day = values ? base::parse_date(values->at(1)) : std::nullopt;
        if (!service || !day) return refuse("slots", {Refusal::Reason::Malformed});
        return give("slots", bookings_.slots(box_of(request), *service, *day, clock_.now()),
                    [&](auto& slots) { return write_slots(service->str(), *day, slots); });
    }

    HttpResponse session(const HttpRequest& request) const {
        auto question = read_open_session(request.body);
        if (!question) return refuse("session", {Refusal::Reason::Malformed});
        auto session = bookings_.open_session(box_of(request), question->member_ref, question->pin, clock_.now());
        base::wipe(question->pin);
        return give("session", session, [](auto& session) { return write_session(session); });
    }

    HttpResponse mine(const HttpRequest& request) const {
        std::string box = box_of(request);
        return give("mine", bookings_.mine(caller(request, box), clock_.now()),
                    [](auto& appointments) { return write_appointments(appointments); });
    }

    HttpResponse change(const HttpRequest& request, std::string_view name) const {
        auto question = read_change(request.body, name);
        if (!question) return refuse(name, {Refusal::Reason::Malformed});
        std::string box = box_of(request);
        return give(name, make_change(caller(request, box), *question),
                    [](auto& appointment) { return write_appointment(appointment); });
    }

    HttpResponse outcome(const HttpRequest& request) const {
        auto key = query_value(request.query, "key");
        if (!key || !is_change_key(*key)) return refuse("outcome", {Refusal::Reason::Malformed});
        return give("outcome", bookings_.outcome(box_of(request), *key, clock_.now()),
                    [](auto& outcome) { return write_outcome(outcome); });
    }

    HttpResponse reminders(const HttpRequest& request) const {
        return give("reminders", bookings_.reminders(box_of(request), clock_.now()),
                    [](auto& reminders) { return write_reminders(reminders); });
    }

    HttpResponse results(const HttpRequest& request) const {
        auto digits = query_value(request.query, "receipt");
        if (!digits) return refuse("results", {Refusal::Reason::Malformed});
        return give("results", bookings_.results(box_of(request), *digits, clock_.now()),
                    [](auto& results) { return write_results(results); });
    }

  private:
    static BookingStore::Caller caller(const HttpRequest& request, std::string_view box) {
        return {box, request.header("Linli-Session").value_or("")};
    }

    BookingStore::Answer<Appointment> make_change(const BookingStore::Caller& caller,
                                                  const ChangeQuestion& question) const {
        auto now = clock_.now();
        if (question.request == "hold") return bookings_.hold(caller, question.key, question.slot, now);
        if (question.request == "confirm") return bookings_.confirm(caller, question.key, question.number, now);
        if (question.request == "change")
            return bookings_.change(caller, question.key, question.number, question.slot, now);
        if (question.request == "cancel") return bookings_.cancel(caller, question.key, question.number, now);
        auto service = parse_service(question.service);
        if (!service) return Refusal{Refusal::Reason::Malformed};
        return bookings_.wait(caller, question.key, *service, now);
    }

    template <typename T, typename Write>
    HttpResponse give(std::string_view request, base::Result<std::variant<T, Refusal>> answered, Write write) const {
        if (!answered) {
            log_.error(base::format("{}: {}", request, answered.error().message));
            return refuse(request, {.reason = Refusal::Reason::Busy, .seconds = kBusy});
        }
        if (auto* refusal = std::get_if<Refusal>(&*answered)) return refuse(request, *refusal);
        return answer(200, write(std::get<T>(*answered)));
    }

    HttpResponse refuse(std::string_view request, const Refusal& refusal) const {
        log_.info(base::format("{}: refused, {}", request, to_name(refusal.reason)));
        if (is_of_no_service(refusal.reason)) bookings_.count_refusal(refusal.reason, clock_.now());
        HttpResponse response = answer(status_of(refusal.reason), write_refusal(refusal));
        if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
        if (refusal.seconds.count() > 0)
            response.headers.emplace_back("Retry-After", std::to_string(refusal.seconds.count()));
        return response;
    }

    BookingStore& bookings_;
    base::Clock& clock_;
    base::Log& log_;
};

/// At exactly this address, by exactly this method.
template <typename Handler>
void handle(net::HttpRoutes& routes, std::string_view method, std::string_view name, Handler handler) {
    std::string path = base::format("/appointments/{}", name);
    routes.handle(path, [path, method, handler](const HttpRequest& request) {
        if (request.path != path) return plain(404, "not found\n");
        if (request.method == method) return handler(request);
        HttpResponse response = plain(405, base::format("only {}\n", method));
        response.headers.emplace_back("Allow", method);
        return response;
    });
}

}  // namespace

void add_appointment_routes(net::HttpRoutes& routes, BookingStore& bookings, base::Clock& clock, base::Log& log) {
    AppointmentRoutes all(bookings, clock, log);
    using Method = HttpResponse (AppointmentRoutes::*)(const HttpRequest&) const;
    auto add = [&](std::string_view method, std::string_view name, Method answer) {
        handle(routes, method, name, [all, name, answer](const HttpRequest& request) {
            auto refusal = all.refuse_two_boxes(name, request);
            return refusal ? *refusal : (all.*answer)(request);
        });
    };
    add("GET", "members", &AppointmentRoutes::members);
    add("GET", "services", &AppointmentRoutes::services);
    add("GET", "days", &AppointmentRoutes::days);
    add("GET", "slots", &AppointmentRoutes::slots);
    add("POST", "session", &AppointmentRoutes::session);
    add("GET", "mine", &AppointmentRoutes::mine);
    add("GET", "outcome", &AppointmentRoutes::outcome);
    add("GET", "reminders", &AppointmentRoutes::reminders);
    add("GET", "results", &AppointmentRoutes::results);
    for (std::string_view name : {"hold", "confirm", "change", "cancel", "wait"})
        handle(routes, "POST", name, [all, name](const HttpRequest& request) {
            auto refusal = all.refuse_two_boxes(name, request);
            return refusal ? *refusal : all.change(request, name);
        });
}

}  // namespace linli::platform
