#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "content/content_store.h"
#include "middleware/base/clock.h"
#include "middleware/net/http_client.h"
#include "platform/sync/area_updater.h"
#include "platform/sync/object_folder.h"
#include "platform/sync/trust_store.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// What a box needs to update areas, with little patience.
class TestBox {
  public:
    TestBox(std::string publication_url, const std::filesystem::path& root_file);

    /// Brings the areas above up to date, then this one; its report.
    platform::AreaReport update(const content::AreaCode& area, platform::Part part = platform::Part::Content);
    /// This one alone.
    platform::AreaReport update_alone(const content::AreaCode& area, platform::Part part = platform::Part::Content);
    /// The titles of an area's items that the store now shows: notices, then services.
    std::vector<std::string> titles(const content::AreaCode& area);
    /// As if it had been switched off and on.
    void restart();

    const std::filesystem::path& data() const { return folder_.path(); }
    std::filesystem::path store_file() const { return folder_.path() / "content.db"; }
    std::filesystem::path object_folder() const { return folder_.path() / "objects"; }
    std::filesystem::path trust_folder() const { return folder_.path() / "trust"; }

  private:
    TemporaryFolder folder_;
    std::string url_;
    std::filesystem::path root_file_;

  public:
    base::SettableClock clock;
    net::HttpClient client{{.user_agent = "tests"}};
    platform::ObjectFolder objects;
    std::unique_ptr<content::ContentStore> store;
    std::unique_ptr<platform::TrustStore> kept;
    std::optional<platform::TrustChain> trust;
    std::unique_ptr<platform::AreaUpdater> updater;
};

}  // namespace linli::tests
