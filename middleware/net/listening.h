#pragma once

#include <cstdint>
#include <string>

namespace linli::net {

/// Why nobody can listen at an IPv4 address and port, as one sentence; empty when somebody can.
std::string why_not_listening(const std::string& address, std::uint16_t port);

/// Whether an IPv4 address is of this machine alone (127.0.0.0/8).
bool is_loopback(const std::string& address);

/// Connects and hangs up at once, so that whoever waits for a connection there wakes up.
void poke(const std::string& address, std::uint16_t port);

}  // namespace linli::net
