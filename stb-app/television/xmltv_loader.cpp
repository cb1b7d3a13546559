#include <dlfcn.h>

#include "middleware/base/format.h"
#include "stb-app/television/xmltv_module.h"

namespace linli::app {

base::Result<std::unique_ptr<XmltvSource>> load_xmltv_source(const std::filesystem::path& module_path, XmltvSourceOptions options,
                                                             base::EventLoop& loop, base::Clock& clock, base::Log& log,
                                                             XmltvSource::Listeners listeners) {
    // Never unloaded: libcurl's libraries leave thread-local state behind.
    void* module = ::dlopen(module_path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) return base::fail(base::format("cannot load the second source of the guide: {}", ::dlerror()));
    auto make = reinterpret_cast<MakeXmltvSource*>(::dlsym(module, kMakeXmltvSource));
    if (make == nullptr) return base::fail(base::format("{} is no second source of the guide", module_path.string()));
    XmltvSourceParts parts{std::move(options), loop, clock, log, std::move(listeners)};
    return std::unique_ptr<XmltvSource>(make(&parts));
}

}  // namespace linli::app
