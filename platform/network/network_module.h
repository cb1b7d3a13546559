#pragma once

#include "platform/network/network.h"

/// The door between the program and the network module; both sides include it.
namespace linli::platform {

struct NetworkParts {
    NetworkOptions options;
    base::EventLoop& loop;
    base::Clock& clock;
    base::Log& log;
    SyncService::OnStatus on_status;
};

/// Takes what it needs out of the parts; the caller owns the result.
using MakeNetwork = Network*(NetworkParts*);
inline constexpr const char* kMakeNetwork = "linli_make_network";

}  // namespace linli::platform
