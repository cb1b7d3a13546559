#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "platform/server/sql/sql_connection.h"

namespace linli::bench {

/// A resident's hold and confirmation as statements on one connection, and nothing else: what the platform asks of its
/// database for them, written down one by one.
class BareBooking {
  public:
    /// Numbers of appointments are given from `first_number` on.
    BareBooking(platform::SqlConnection& sql, std::int64_t first_number) : sql_(sql), next_(first_number) {}

    /// True: booked. False: no place was left in the slot.
    platform::SqlResult<bool> book(int resident, std::int64_t slot, std::chrono::sys_seconds now);

  private:
    struct Who {
        std::int64_t person = 0, household = 0;
    };
    platform::SqlResult<bool> hold(int resident, std::int64_t slot, std::chrono::sys_seconds now);
    platform::SqlResult<void> confirm(int resident, std::chrono::sys_seconds now);
    platform::SqlResult<Who> find_caller(int resident, std::chrono::sys_seconds now);
    platform::SqlResult<bool> take_place(std::int64_t slot);

    platform::SqlConnection& sql_;
    std::int64_t next_;
    /// Of the appointment at hand.
    std::int64_t id_ = 0;
    std::string number_;
};

/// An error when the platform would ask its database anything else for a booking, or for one that finds its slot full, than
/// this class does. On an empty database.
platform::SqlResult<void> check_bare_booking(const std::string& database, std::chrono::sys_seconds now);

}  // namespace linli::bench
