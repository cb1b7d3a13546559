#include "simulator/platform_faults.h"

#include <algorithm>
#include <span>
#include <utility>

namespace linli::simulator {

using net::HttpRequest;
using net::HttpResponse;

namespace {

constexpr std::string_view kChanges[] = {"/appointments/hold", "/appointments/confirm", "/appointments/change",
                                         "/appointments/cancel", "/appointments/wait"};

/// What a box asks by itself, whenever it likes.
constexpr std::string_view kQuiet[] = {"/appointments/reminders", "/appointments/outcome"};

bool is_one_of(std::span<const std::string_view> paths, std::string_view path) {
    return std::ranges::find(paths, path) != paths.end();
}

bool is_appointments(const HttpRequest& request) { return request.path.starts_with("/appointments/"); }

HttpResponse nothing() {
    HttpResponse response;
    response.is_withheld = true;
    return response;
}

}  // namespace

void PlatformFaults::put_around(net::HttpRoutes& routes) {
    routes.around([this](const HttpRequest& request, const net::HttpHandler& handler) { return answer(request, handler); });
}

void PlatformFaults::set(PlatformFault fault) {
    std::lock_guard lock(mutex_);
    switch (fault) {
        case PlatformFault::Off: is_off_ = true; break;
        case PlatformFault::On: is_off_ = loses_next_ = is_off_after_next_ = garbles_next_ = false; break;
        case PlatformFault::LoseNextAnswer: loses_next_ = true; break;
        case PlatformFault::OffAfterNextChange: is_off_after_next_ = true; break;
        case PlatformFault::GarbleNextAnswer: garbles_next_ = true; break;
    }
}

void PlatformFaults::slow_down(std::chrono::seconds by) {
    std::lock_guard lock(mutex_);
    delay_ = by;
}

void PlatformFaults::end() {
    std::lock_guard lock(mutex_);
    has_ended_ = true;
    has_changed_.notify_all();
}

PlatformFaults::Fate PlatformFaults::decide(const HttpRequest& request) {
    if (is_off_) return {.is_refused = true};
    Fate fate;
    if (is_one_of(kChanges, request.path)) {
        fate.is_lost = std::exchange(loses_next_, false);
        if (std::exchange(is_off_after_next_, false)) fate.is_lost = is_off_ = true;
    }
    bool is_asked_for = is_appointments(request) && !is_one_of(kQuiet, request.path);
    if (is_asked_for) fate.is_garbled = std::exchange(garbles_next_, false);
    return fate;
}

HttpResponse PlatformFaults::answer(const HttpRequest& request, const net::HttpHandler& handler) {
    std::unique_lock lock(mutex_);
    Fate fate = decide(request);
    auto delay = is_appointments(request) ? delay_ : std::chrono::seconds(0);
    lock.unlock();
    if (fate.is_refused) return nothing();
    HttpResponse response = handler(request);
    if (delay.count() > 0) {
        lock.lock();
        has_changed_.wait_for(lock, delay, [this] { return has_ended_; });
    }
    if (fate.is_lost) return nothing();
    if (fate.is_garbled) response.body.resize(response.body.size() / 2);
    return response;
}

}  // namespace linli::simulator
