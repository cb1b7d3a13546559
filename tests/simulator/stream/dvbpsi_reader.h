#pragma once

#include <cstdint>
#include <string>

#include "simulator/stream/si/byte_writer.h"

namespace linli::tests {

/// What libdvbpsi reads in the packets of one PID: a line for each table and each entry in it, with the numbers that a
/// head-end means and the bytes of texts as they are.
std::string read_with_dvbpsi(const simulator::Bytes& packets, std::uint16_t pid);

}  // namespace linli::tests
