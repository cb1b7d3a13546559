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
#include "platform/publication/publisher.h"
#include "platform/booking/booking_store.h"
#include "simulator/platform_faults.h"
#include "simulator/scratch_folder.h"

namespace linli::simulator {

/// The reference platform in this process, on a free port of the loopback address: an editor's folder is published
/// into a temporary tree, and boxes fetch it over real HTTP. Publishing may run on any one thread; the rest belongs
/// to the thread that made it.
class LocalPlatform {
  public:
    /// Answers at once, with a publication that has a root and nothing else.
    static base::Result<std::unique_ptr<LocalPlatform>> start(base::Clock& clock, base::Log& log);
    /// Answers that are kept back go out.
    ~LocalPlatform() { faults_.end(); }

    /// Makes keys for the areas of a folder, checks it and, where it is without fault, publishes it; see platform::publish_folder.
    base::Result<platform::PublishReport> publish(const std::filesystem::path& content, std::chrono::sys_seconds now);
    /// Takes in a file of households (docs/appointments.md).
    base::Result<void> import_households(const std::filesystem::path& file);

    /// What boxes are provisioned with.
    std::filesystem::path root_file() const;
    std::string url() const { return server_->url(); }
    /// What is known of appointments, for those who act beside the boxes.
    platform::BookingStore& bookings() { return *bookings_; }
    /// How it treats who asks it.
    PlatformFaults& faults() { return faults_; }

  private:
    LocalPlatform() = default;
    std::filesystem::path tree() const { return scratch_->path() / "publication"; }
    std::filesystem::path keys() const { return scratch_->path() / "keys"; }

    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<platform::BookingStore> bookings_;
    PlatformFaults faults_;
    std::unique_ptr<net::HttpServer> server_;
};

/// The households that come with a folder of content: "samples/city-households.xml" beside "samples/city". Nothing
/// when there is no such file.
std::optional<std::filesystem::path> households_beside(const std::filesystem::path& content);

/// The first of the deepest areas, where a box lives.
std::optional<content::AreaCode> first_community(const platform::PublishReport& report);

}  // namespace linli::simulator
