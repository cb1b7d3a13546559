#include "simulator/local_platform.h"

#include <system_error>

#include "content/file_check.h"
#include "middleware/base/format.h"
#include "platform/publication/root.h"
#include "platform/publication/trial_keys.h"
#include "platform/server/platform_routes.h"

namespace linli::simulator {

using base::Result;

Result<std::unique_ptr<LocalPlatform>> LocalPlatform::start(base::Clock& clock, base::Log& log,
                                                            const std::string& zone) {
    std::unique_ptr<LocalPlatform> platform(new LocalPlatform(clock, log));
    LINLI_TRY(scratch, ScratchFolder::create());
    platform->scratch_ = std::move(scratch);
    LINLI_TRY(root, platform::make_trial_keys(platform->keys(), platform->tree(), {}, clock.now()));
    LINLI_TRY(bookings, platform::open_booking_store({platform->scratch_->path() / "bookings.db", zone}));
    platform->bookings_ = std::move(bookings);
    platform->tending_ = std::make_unique<platform::Tending>(*platform->bookings_, clock, log);
    LINLI_TRY(server, net::HttpServer::start({}, platform::platform_routes(platform->tree(), *platform->bookings_, clock, log), log));
    platform->server_ = std::move(server);
    return platform;
}

Result<platform::PublishReport> LocalPlatform::publish(const std::filesystem::path& content, std::chrono::sys_seconds now) {
    LINLI_TRY(root, platform::make_trial_keys(keys(), tree(), content::find_areas(content), now));
    LINLI_TRY(ring, platform::KeyRing::open({keys()}, nullptr));
    return platform::publish_folder(content, tree(), ring, {.now = now, .poll = std::chrono::seconds(60)});
}

std::filesystem::path LocalPlatform::root_file() const { return tree() / platform::root_path(1); }

Result<void> LocalPlatform::import(const platform::OfficeFiles& files) {
    return platform::import_files(files, *bookings_, clock_.now(), log_);
}

Result<void> LocalPlatform::tend() { return bookings_->tend(clock_.now()); }

platform::OfficeFiles add_files_beside(const std::filesystem::path& content, platform::OfficeFiles named) {
    std::error_code error;
    auto folder = std::filesystem::weakly_canonical(content, error);
    if (error) return named;
    auto add = [&](std::vector<std::filesystem::path>& files, std::string_view ending) {
        auto file = folder.parent_path() / base::format("{}-{}", folder.filename().string(), ending);
        if (files.empty() && std::filesystem::is_regular_file(file, error)) files.push_back(file);
    };
    add(named.households, "households.xml");
    add(named.schedules, "schedules.xml");
    add(named.holidays, "holidays.json");
    add(named.results, "results.xml");
    return named;
}

std::optional<content::AreaCode> first_community(const platform::PublishReport& report) {
    std::optional<content::AreaCode> deepest;
    for (const auto& area : report.areas)
        if (!deepest || area.code.chain().size() > deepest->chain().size()) deepest = area.code;
    return deepest;
}

}  // namespace linli::simulator
