#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "epg/si/byte_reader.h"

namespace linli::epg {

/// A number in binary-coded decimal, two digits a byte. Nothing where a digit is past nine.
std::optional<std::uint64_t> read_bcd(Bytes digits);

/// What a field of time says: a value, the standard's "undefined" (all ones), or nonsense.
enum class TimeField { Good, Undefined, Bad };

/// Five bytes: Modified Julian Date, then hours, minutes and seconds in BCD; UTC. The day number has 16 bits and is used
/// up on 22 April 2038: numbers below that of 14 June 1993, before which nobody sent any, are taken for days after
/// it. That holds until 2172. @spec ETSI EN 300 468 annex C
TimeField read_time(Bytes five, std::chrono::sys_seconds& time);

/// Three bytes: hours, minutes, seconds in BCD; up to 99 hours.
TimeField read_duration(Bytes three, std::chrono::seconds& duration);

/// Two bytes: hours and minutes in BCD.
std::optional<std::chrono::minutes> read_offset(Bytes two);

}  // namespace linli::epg
