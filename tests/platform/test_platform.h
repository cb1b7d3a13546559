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
#include "tests/platform/signed_tree.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// A signed publication on a real server at loopback, which can be made to misbehave.
class TestPlatform {
  public:
    TestPlatform();

    /// The publication's address.
    std::string url() const;
    const std::filesystem::path& tree() const { return signed_tree.folder(); }

    platform::Head publish(const content::AreaCode& area, std::span<const content::Item> items,
                           std::chrono::sys_seconds now = kMonday) {
        return signed_tree.publish(area, items, now);
    }

    /// Answers requests whose path contains `part` in place of the file. May still run when the test has ended.
    void set_fault(const std::string& part, net::HttpHandler handler);
    void clear_faults();
    /// How many requests had `part` in their path.
    int requests(std::string_view part);
    void stop() { server_.reset(); }

  private:
    TemporaryFolder folder_;

  public:
    SignedTree signed_tree{folder_.path() / "tree"};

  private:
    net::HttpResponse answer(const net::HttpRequest& request);

    std::unique_ptr<base::Log> log_ = base::make_silent_log();
    std::mutex mutex_;
    std::map<std::string, net::HttpHandler> faults_;  // guarded by mutex_
    std::vector<std::string> seen_;                   // guarded by mutex_
    std::string url_;
    std::unique_ptr<net::HttpServer> server_;
};

/// Answers for faults.
net::HttpResponse with_status(int status);
net::HttpResponse with_body(std::string body);
/// A body whose bytes come as `stream` sends them, though `length` of them are announced.
net::HttpResponse streamed(std::uint64_t length, std::function<void(const net::HttpResponse::Write&)> stream);

}  // namespace linli::tests
