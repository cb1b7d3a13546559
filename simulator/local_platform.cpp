#include "simulator/local_platform.h"

#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/server/household.h"
#include "platform/server/platform_routes.h"

namespace linli::simulator {

using base::Result;

Result<std::unique_ptr<LocalPlatform>> LocalPlatform::start(base::Clock& clock, base::Log& log) {
    std::unique_ptr<LocalPlatform> platform(new LocalPlatform);
    LINLI_TRY(scratch, ScratchFolder::create());
    platform->scratch_ = std::move(scratch);
    auto tree = platform->scratch_->path() / "publication";
    std::error_code error;
    std::filesystem::create_directory(tree, error);
    if (error) return base::fail(base::format("cannot make {}: {}", tree.string(), error.message()));
    LINLI_TRY(bookings, platform::open_booking_store({platform->scratch_->path() / "bookings.db"}));
    platform->bookings_ = std::move(bookings);
    LINLI_TRY(server, net::HttpServer::start({}, platform::platform_routes(tree, *platform->bookings_, clock, log), log));
    platform->server_ = std::move(server);
    return platform;
}

Result<platform::PublishReport> LocalPlatform::publish(const std::filesystem::path& content, std::chrono::sys_seconds now) {
    platform::PublishOptions options;
    options.now = now;
    return platform::publish_folder(content, scratch_->path() / "publication", options);
}

Result<void> LocalPlatform::import_households(const std::filesystem::path& file) {
    LINLI_TRY(bytes, base::read_file(file));
    auto households = platform::read_households(bytes);
    if (!households) return base::fail(base::format("{}:{}", file.string(), households.error().message));
    return bookings_->import_households(*households);
}

std::optional<std::filesystem::path> households_beside(const std::filesystem::path& content) {
    std::error_code error;
    auto folder = std::filesystem::weakly_canonical(content, error);
    if (error) return std::nullopt;
    auto file = folder.parent_path() / (folder.filename().string() + "-households.xml");
    if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
    return file;
}

std::optional<content::AreaCode> first_community(const platform::PublishReport& report) {
    std::optional<content::AreaCode> deepest;
    for (const auto& area : report.areas)
        if (!deepest || area.code.chain().size() > deepest->chain().size()) deepest = area.code;
    return deepest;
}

}  // namespace linli::simulator
