#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "content/model.h"
#include "middleware/base/log.h"
#include "middleware/graphics/geometry.h"
#include "platform/server/office_files.h"
#include "simulator/program_files.h"
#include "stb-app/household/household_store.h"

namespace linli::simulator {

/// What `linli-sim play` is asked to do.
struct ScriptRun {
    std::filesystem::path script;
    std::filesystem::path content;
    /// Where shots and pages go.
    std::filesystem::path out;
    graphics::Size screen{1280, 720};
    app::Settings settings;
    /// Without it the first of the deepest areas of the content.
    std::optional<content::AreaCode> area;
    /// Where there is none of a kind: the one beside the content, if there is any.
    platform::OfficeFiles files;
    /// Of the box and its platform.
    std::string time_zone = "Asia/Shanghai";
    /// What the television shows; empty: nothing.
    std::string live;
    /// The operator's file of channels, and a second source of programmes; empty: none.
    std::filesystem::path channels;
    std::string xmltv;
    std::string box_token = "demo-box-1";
};

/// 2026-11-23T09:00:00+08:00, where the clock of a script stands unless its first step sets it.
inline constexpr std::chrono::sys_seconds kScriptStart{std::chrono::seconds(1795395600)};

enum class ScriptOutcome { Played = 0, StepFailed = 1, WrongScript = 2, CouldNotStart = 3 };

/// Publishes the content, starts a platform and a fresh box, waits for its first sync and plays the script. What is
/// wrong goes to standard error, in English. UI thread; takes DirectFB for itself.
ScriptOutcome run_script(const ScriptRun& run, const ProgramFiles& files, base::Log& log);

}  // namespace linli::simulator
