#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/appointments/appointment_client.h"
#include "platform/sync/sync_service.h"

namespace linli::platform {

struct NetworkOptions {
    SyncOptions sync;
    AppointmentOptions appointments;
};

/// All that a box does over the network: sync and appointments.
class Network {
  public:
    virtual ~Network() = default;
    virtual void start() = 0;
    virtual void sync_now() = 0;
    /// For scripts: off, every request fails at once.
    virtual void set_network(bool is_on) = 0;
    virtual AppointmentClient& appointments() = 0;
    /// An object (SHA-256, hex) that a screen wants to show and has not: fetched soon, and told of by
    /// `SyncStatus::objects_fetched`; a status comes also when it could not be fetched. Asking again does no harm. UI
    /// thread.
    virtual void want_object(std::string sha256) = 0;
    /// The address of an object of the publication, from which it can be played; empty while the network is off.
    virtual std::string object_address(std::string_view sha256) const = 0;
};

/// Loads the network module (a shared library: libcurl and the libraries it brings take 7 ms to load, and the first
/// frame does not wait for them) and makes the network. UI thread.
base::Result<std::unique_ptr<Network>> load_network(const std::string& module_path, NetworkOptions options,
                                                    base::EventLoop& loop, base::Clock& clock, base::Log& log,
                                                    SyncService::OnStatus on_status);

}  // namespace linli::platform
