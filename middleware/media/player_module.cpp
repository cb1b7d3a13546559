#include <dlfcn.h>

#include "middleware/base/format.h"
#include "middleware/media/player.h"

namespace linli::media {

base::Result<std::unique_ptr<Player>> load_player(const std::string& module_path, PlayerOptions options, PlayerEvents events) {
    // Never unloaded: GStreamer leaves threads and types behind.
    void* module = ::dlopen(module_path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) return base::fail(base::format("cannot load the player: {}", ::dlerror()));
    using Make = Player* (*)(PlayerOptions*, PlayerEvents*, std::string*);
    auto make = reinterpret_cast<Make>(::dlsym(module, "linli_make_player"));
    if (make == nullptr) return base::fail(base::format("{} is not a player module", module_path));
    std::string error;
    std::unique_ptr<Player> player(make(&options, &events, &error));
    if (player == nullptr) return base::fail(error);
    return player;
}

}  // namespace linli::media
