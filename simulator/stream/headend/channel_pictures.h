#pragma once

#include <filesystem>
#include <vector>

#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "middleware/graphics/directfb_library.h"
#include "simulator/stream/headend/channel_plan.h"

namespace linli::simulator {

/// The looks that a plan can name: other times of day over the same bay.
std::vector<std::string> known_looks();

/// Makes pictures and sound of every channel that has none yet, as FOLDER/SERVICE-….ts: about a second of work for each
/// second of the channels. A file belongs to its channel's name and look; what a change left behind is not removed.
/// UI thread. The files, in the order of the channels.
base::Result<std::vector<std::filesystem::path>> make_channels(const ChannelPlan& plan, const std::filesystem::path& folder,
                                                               graphics::DirectFbLibrary& directfb);

}  // namespace linli::simulator
