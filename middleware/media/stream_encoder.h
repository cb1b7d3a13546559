#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "middleware/base/result.h"
#include "middleware/graphics/image.h"

namespace linli::media {

/// Writes moving pictures with sound into an MPEG transport stream as a head-end would send it: H.264 (main profile,
/// progressive) and MPEG-1 layer II. The same input gives the same pictures. For tools; a box does not carry it.
/// One thread.
class StreamEncoder {
  public:
    struct Options {
        std::filesystem::path file;
        graphics::Size size{1024, 576};
        int pictures_per_second = 25;
        int samples_per_second = 48'000;
        int kilobits_per_second = 2'500;
    };

    static base::Result<std::unique_ptr<StreamEncoder>> create(const Options& options);
    virtual ~StreamEncoder() = default;

    /// The next picture, of the size in the options, and the sound that goes with it: stereo, left first,
    /// samples_per_second / pictures_per_second pairs. Waits while the encoder has enough to do.
    virtual base::Result<void> add(const graphics::Image& picture, std::span<const std::int16_t> sound) = 0;
    /// Writes what is left and closes the file. Without it the file is of no use.
    virtual base::Result<void> finish() = 0;
};

}  // namespace linli::media
