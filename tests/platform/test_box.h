#pragma once

#include <memory>
#include <string>
#include <vector>

#include "content/content_store.h"
#include "middleware/base/clock.h"
#include "middleware/net/http_client.h"
#include "platform/sync/area_updater.h"
#include "platform/sync/object_folder.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// What a box needs to sync, with little patience.
class TestBox {
  public:
    explicit TestBox(std::string publication_url);

    platform::AreaReport update(const content::AreaCode& area);
    /// The titles of an area's items that the store now shows: notices, then services.
    std::vector<std::string> titles(const content::AreaCode& area);
    std::filesystem::path store_file() const { return folder_.path() / "content.db"; }
    std::filesystem::path object_folder() const { return folder_.path() / "objects"; }

    base::SettableClock clock;
    net::HttpClient client{{.user_agent = "tests"}};
    platform::ObjectFolder objects;
    std::unique_ptr<content::ContentStore> store;

  private:
    TemporaryFolder folder_;
    std::string url_;
};

}  // namespace linli::tests
