#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/log.h"
#include "middleware/net/http_server.h"
#include "platform/publication/tree_writer.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// 2026-11-23T01:00:00Z
inline constexpr std::chrono::sys_seconds kMonday{std::chrono::seconds(1795395600)};

/// A publication on a real server at loopback, which can be made to misbehave.
class TestPlatform {
  public:
    TestPlatform();

    /// The publication's address.
    std::string url() const;
    const std::filesystem::path& tree() const { return folder_.path(); }

    /// Publishes as linli-publish does. Sequences are the seconds of `now`.
    platform::Head publish(const content::AreaCode& area, std::span<const content::Item> items,
                           std::vector<platform::ObjectBytes> objects = {}, std::chrono::sys_seconds now = kMonday);
    /// Publishes bytes that no publisher would: a head that fits them is made.
    platform::Head publish_document(const content::AreaCode& area, std::string_view document,
                                    std::chrono::sys_seconds now = kMonday);
    /// Puts a head into the tree as it is.
    void put_head(const platform::Head& head);
    platform::Head head(const content::AreaCode& area) const;

    /// Answers requests whose path contains `part` in place of the file. May still run when the test has ended.
    void set_fault(const std::string& part, net::HttpHandler handler);
    void clear_faults();
    /// How many requests had `part` in their path.
    int requests(std::string_view part);
    void stop() { server_.reset(); }

  private:
    net::HttpResponse answer(const net::HttpRequest& request);

    TemporaryFolder folder_;
    std::unique_ptr<base::Log> log_ = base::make_silent_log();
    std::mutex mutex_;
    std::map<std::string, net::HttpHandler> faults_;  // guarded by mutex_
    std::vector<std::string> seen_;                   // guarded by mutex_
    std::string url_;
    std::unique_ptr<net::HttpServer> server_;
};

}  // namespace linli::tests
