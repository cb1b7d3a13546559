#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "middleware/net/http_server.h"

namespace linli::simulator {

/// What a platform does to those who ask it, when it is not well.
enum class PlatformFault {
    /// Nobody gets an answer, or anything done.
    Off,
    On,
    /// The next change of an appointment is carried out, and its answer never comes.
    LoseNextAnswer,
    /// So it is, and from then on the platform is off.
    OffAfterNextChange,
    /// The next answer to a question about appointments, other than for reminders and outcomes, is half of it.
    GarbleNextAnswer,
};

/// Stands between the real platform and its network. What it is asked to do once, it does once. Safe from every thread.
class PlatformFaults {
  public:
    /// Around every handler that the routes have so far. Outlives their server.
    void put_around(net::HttpRoutes& routes);

    void set(PlatformFault fault);
    /// Every answer about appointments comes so much later. Zero: as it comes.
    void slow_down(std::chrono::seconds by);
    /// Answers that are being kept back go out now, and none is kept back any more: before the server is stopped.
    void end();

  private:
    /// What becomes of one request.
    struct Fate {
        bool is_refused = false, is_lost = false, is_garbled = false;
    };
    net::HttpResponse answer(const net::HttpRequest& request, const net::HttpHandler& handler);
    Fate decide(const net::HttpRequest& request);

    std::mutex mutex_;
    std::condition_variable has_changed_;
    // All guarded by mutex_.
    bool is_off_ = false, loses_next_ = false, is_off_after_next_ = false, garbles_next_ = false, has_ended_ = false;
    std::chrono::seconds delay_{0};
};

}  // namespace linli::simulator
