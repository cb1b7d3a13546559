#pragma once

#include "platform/server/store/rows.h"

/// Places of slots: taken, given back, offered. All of it within a transaction. Rows are locked in this order: person,
/// appointment, slots by rising id, appointments that wait; so two transactions wait for each other seldom.
namespace linli::platform {

/// Keeps both slots as they are until the end of the transaction, in the one order that everybody uses.
SqlResult<void> lock_slots(SqlConnection& sql, std::int64_t one, std::int64_t other);

/// Takes a place; false where none is free or the slot is closed. The only place in the program that does.
SqlResult<bool> take_place(SqlConnection& sql, std::int64_t slot);

/// Gives a place back; `tend` offers it.
SqlResult<void> free_place(SqlConnection& sql, std::int64_t slot);

/// Takes a place for each imported appointment of the service that is to come and has none, in the slot of its start; one
/// stays without where that slot is full, closed or not there.
SqlResult<void> place_imported(SqlConnection& sql, std::string_view service);

/// Gives a place back and offers it to the one who has waited longest and has nothing of the service at that time.
SqlResult<void> give_back_place(SqlConnection& sql, const AppointmentRow& appointment, std::chrono::sys_seconds now);

/// Offers every free place of the service to those who wait, the longest first and the earliest place first.
SqlResult<void> offer_places(SqlConnection& sql, const ServiceRow& service, std::chrono::sys_seconds now);

/// Ends a hold or an offer that nobody confirmed.
SqlResult<void> expire(SqlConnection& sql, const AppointmentRow& appointment, std::chrono::sys_seconds now);

/// Lets every hold and offer on the slot run out whose time has come.
SqlResult<void> expire_lapsed(SqlConnection& sql, std::int64_t slot, std::chrono::sys_seconds now);

}  // namespace linli::platform
