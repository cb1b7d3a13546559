#pragma once

#include <memory>

#include <directfb.h>

namespace linli::graphics {

/// Releases any DirectFB interface.
struct ReleaseInterface {
    template <typename Interface>
    void operator()(Interface* interface) const {
        interface->Release(interface);
    }
};
using SurfaceHandle = std::unique_ptr<IDirectFBSurface, ReleaseInterface>;
using FontHandle = std::unique_ptr<IDirectFBFont, ReleaseInterface>;
using DirectFbHandle = std::unique_ptr<IDirectFB, ReleaseInterface>;
using EventBufferHandle = std::unique_ptr<IDirectFBEventBuffer, ReleaseInterface>;

/// DirectFB's flags are C enums that C++ does not let one combine.
template <typename Flags, typename... Rest>
Flags flags(Flags first, Rest... rest) {
    return static_cast<Flags>((static_cast<unsigned>(first) | ... | static_cast<unsigned>(rest)));
}

}  // namespace linli::graphics
