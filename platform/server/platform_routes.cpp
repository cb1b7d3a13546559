#include "platform/server/platform_routes.h"

#include "platform/server/appointment_routes.h"

namespace linli::platform {

namespace {

/// Heads change in place and are asked for again; objects are named by their hash and never change.
std::string cache_control(std::string_view path) {
    return path.starts_with("/objects/") ? "public, max-age=31536000, immutable" : "public, no-cache";
}

}  // namespace

net::HttpRoutes platform_routes(const std::filesystem::path& publication, BookingStore& bookings,
                                base::Clock& clock, base::Log& log, const OperatorAccess& access) {
    net::HttpRoutes routes;
    routes.serve_folder("/publication", publication, cache_control);
    add_appointment_routes(routes, bookings, clock, log);
    add_operator_routes(routes, access, bookings, clock, log);
    return routes;
}

}  // namespace linli::platform
