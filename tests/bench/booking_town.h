#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "platform/server/sql/sql_connection.h"

/// What the platform and the bare database are given to book: residents who are signed in, and slots to come.
namespace linli::bench {

/// How many book what. Every resident books once; those who find everything full are told so.
struct BookingLoad {
    std::string name;
    int slots = 0;
    int places = 0;  // of each slot
    int residents = 0;
};

/// Each has a household, a box and a session of his own, all known by his number.
std::string token_of(int resident);
std::string session_of(int resident);

platform::SqlResult<std::unique_ptr<platform::SqlDatabase>> open_database(const std::string& address);

/// Makes the tables of the booking store in an empty database, and fills them.
base::Result<void> fill_town(const std::string& database, const BookingLoad& load, std::chrono::sys_seconds now);

/// The rows of the slots, in the order of time.
base::Result<std::vector<std::int64_t>> slots_of(const std::string& database);

/// What is wrong with the bookings in the database: more given than there are places, or not as many as were confirmed.
struct BookingAudit {
    std::int64_t booked = 0;
    /// Places given beyond those that there are.
    std::int64_t twice = 0;
};
base::Result<BookingAudit> audit_town(const std::string& database);

}  // namespace linli::bench
