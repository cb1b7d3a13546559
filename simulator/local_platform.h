#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "middleware/base/clock.h"
#include "middleware/base/log.h"
#include "middleware/base/result.h"
#include "middleware/net/http_server.h"
#include "platform/booking/booking_store.h"
#include "platform/publication/publisher.h"
#include "platform/server/office_files.h"
#include "platform/server/tending.h"
#include "simulator/scratch_folder.h"

namespace linli::simulator {

/// The reference platform in this process, on a free port of the loopback address: an editor's folder is published
/// into a temporary tree, and boxes fetch it over real HTTP. Publishing may run on any one thread; the rest belongs
/// to the thread that made it.
class LocalPlatform {
  public:
    /// Answers at once, with a publication that has a root and nothing else. Clock and log outlive it; `zone` is the one
    /// whose days appointments have.
    static base::Result<std::unique_ptr<LocalPlatform>> start(base::Clock& clock, base::Log& log,
                                                              const std::string& zone = "Asia/Shanghai");

    /// Makes keys for the areas of a folder, checks it and, where it is without fault, publishes it; see platform::publish_folder.
    base::Result<platform::PublishReport> publish(const std::filesystem::path& content, std::chrono::sys_seconds now);
    /// Takes in households, schedules, holidays and results (docs/platform.md).
    base::Result<void> import(const platform::OfficeFiles& files);
    /// Does what time brings to appointments now, for a clock that was moved; every minute it happens by itself.
    base::Result<void> tend();

    /// What boxes are provisioned with.
    std::filesystem::path root_file() const;
    std::string url() const { return server_->url(); }

  private:
    LocalPlatform(base::Clock& clock, base::Log& log) : clock_(clock), log_(log) {}
    std::filesystem::path tree() const { return scratch_->path() / "publication"; }
    std::filesystem::path keys() const { return scratch_->path() / "keys"; }

    base::Clock& clock_;
    base::Log& log_;
    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<platform::BookingStore> bookings_;
    std::unique_ptr<platform::Tending> tending_;
    std::unique_ptr<net::HttpServer> server_;
};

/// What comes with a folder of content: "city-households.xml", "city-schedules.xml", "city-holidays.json" and
/// "city-results.xml" beside "samples/city", those of them that are there. What is named already stays as it is.
platform::OfficeFiles add_files_beside(const std::filesystem::path& content, platform::OfficeFiles named);

/// The first of the deepest areas, where a box lives.
std::optional<content::AreaCode> first_community(const platform::PublishReport& report);

}  // namespace linli::simulator
