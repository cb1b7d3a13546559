#include "simulator/local_platform.h"

#include <system_error>

#include "content/file_check.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/root.h"
#include "platform/publication/trial_keys.h"
#include "platform/server/household.h"
#include "platform/server/platform_routes.h"

namespace linli::simulator {

using base::Result;

Result<std::unique_ptr<LocalPlatform>> LocalPlatform::start(base::Clock& clock, base::Log& log) {
    std::unique_ptr<LocalPlatform> platform(new LocalPlatform);
    LINLI_TRY(scratch, ScratchFolder::create());
    platform->scratch_ = std::move(scratch);
    LINLI_TRY(root, platform::make_trial_keys(platform->keys(), platform->tree(), {}, clock.now()));
    LINLI_TRY(bookings, platform::open_booking_store({platform->scratch_->path() / "bookings.db"}));
    platform->bookings_ = std::move(bookings);
    auto routes = platform::platform_routes(platform->tree(), *platform->bookings_, clock, log);
    platform->faults_.put_around(routes);
    LINLI_TRY(server, net::HttpServer::start({}, std::move(routes), log));
    platform->server_ = std::move(server);
    return platform;
}

Result<platform::PublishReport> LocalPlatform::publish(const std::filesystem::path& content, std::chrono::sys_seconds now) {
    LINLI_TRY(root, platform::make_trial_keys(keys(), tree(), content::find_areas(content), now));
    LINLI_TRY(ring, platform::KeyRing::open({keys()}, nullptr));
    return platform::publish_folder(content, tree(), ring, {.now = now, .poll = std::chrono::seconds(60)});
}

std::filesystem::path LocalPlatform::root_file() const { return tree() / platform::root_path(1); }

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
