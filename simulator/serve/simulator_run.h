#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "content/model.h"
#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "middleware/graphics/geometry.h"
#include "platform/server/office_files.h"
#include "simulator/program_files.h"
#include "stb-app/household/household_store.h"

namespace linli::simulator {

/// What `linli-sim serve` is asked to do.
struct SimulatorRun {
    std::uint16_t port = 8080;
    /// The platform's address; empty: one of our own, with `content`.
    std::string platform_url;
    /// What the box is provisioned with, for a platform that is elsewhere.
    std::filesystem::path root_file;
    /// An editor's folder. With a platform's address it only names the areas.
    std::filesystem::path content;
    /// Where the box keeps its data; empty: nowhere that lasts.
    std::filesystem::path data;
    graphics::Size screen{1280, 720};
    app::Settings settings;
    std::optional<content::AreaCode> area;
    /// Where there is none of a kind: the one beside the content, if there is any.
    platform::OfficeFiles files;
    /// Of the box and its platform.
    std::string time_zone = "Asia/Shanghai";
    std::string live;
    /// The operator's file of channels, and a second source of programmes; empty: none.
    std::filesystem::path channels;
    std::string xmltv;
    std::string box_token = "demo-box-1";
    /// Where the box's clock begins; without it the machine's time.
    std::optional<std::chrono::sys_seconds> clock;
};

/// Shows a box in browsers of this machine, until SIGINT or SIGTERM. Call it before other threads run: they inherit
/// that those signals are taken here.
base::Result<void> run_simulator(const SimulatorRun& run, const ProgramFiles& files, base::Log& log);

}  // namespace linli::simulator
