#pragma once

#include <filesystem>

#include "middleware/base/result.h"
#include "middleware/graphics/directfb_library.h"

namespace linli::simulator {

/// Makes the sample television stream: an invented channel that shows a bay at dusk, 1024 × 576, 25 pictures a second,
/// with a soft chord. Takes about half its length to make. UI thread.
base::Result<void> make_sample_stream(const std::filesystem::path& file, int seconds, graphics::DirectFbLibrary& directfb);

}  // namespace linli::simulator
