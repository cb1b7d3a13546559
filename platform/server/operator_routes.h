#pragma once

#include <filesystem>
#include <string>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "middleware/net/http_server.h"
#include "platform/booking/booking_store.h"

namespace linli::platform {

/// Who may see the operator's page. Without a token only who asks from this machine, and not through a proxy.
struct OperatorAccess {
    /// The SHA-256 of the operator's token, in hex.
    std::string token_hash;
};

/// Reads the file of the operator's token: 16 characters at least, and nobody's but its owner's (mode 0600 or 0400).
base::Result<OperatorAccess> read_operator_access(const std::filesystem::path& token_file);

/// GET /operator, a page, and /operator.csv, both with ?from=2026-11-01&until=2026-11-30&language=en, each of which may be
/// left out: without days the last fourteen, without a language that of the browser. The token comes as a bearer's or as
/// the password of any name, so that a browser asks for it.
void add_operator_routes(net::HttpRoutes& routes, const OperatorAccess& access, BookingStore& bookings, base::Clock& clock,
                         base::Log& log);

}  // namespace linli::platform
