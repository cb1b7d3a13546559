#include <dlfcn.h>

#include "middleware/base/format.h"
#include "platform/network/network_module.h"

namespace linli::platform {

base::Result<std::unique_ptr<Network>> load_network(const std::string& module_path, NetworkOptions options,
                                                    base::EventLoop& loop, base::Clock& clock, base::Log& log,
                                                    SyncService::OnStatus on_status) {
    // Never unloaded: libcurl's libraries leave thread-local state behind.
    void* module = ::dlopen(module_path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) return base::fail(base::format("cannot load the network: {}", ::dlerror()));
    auto make = reinterpret_cast<MakeNetwork*>(::dlsym(module, kMakeNetwork));
    if (make == nullptr) return base::fail(base::format("{} is not a network module", module_path));
    NetworkParts parts{std::move(options), loop, clock, log, std::move(on_status)};
    return std::unique_ptr<Network>(make(&parts));
}

}  // namespace linli::platform
