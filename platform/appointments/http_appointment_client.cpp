#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_client.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using namespace std::chrono_literals;
using base::Result;

namespace {

constexpr int kOk = 200;
constexpr int kUnknownBox = 401;
constexpr int kWrongPin = 403;
constexpr int kLocked = 423;

AppointmentFailure unreachable(std::string detail) {
    return {AppointmentFailure::Reason::Unreachable, 0, std::chrono::seconds(0), std::move(detail)};
}

/// What a status other than 200 says. The numbers come with the refusal in the body.
AppointmentFailure to_failure(const net::HttpAnswer& answer, const std::string& what) {
    AppointmentFailure failure = unreachable(base::format("{}: status {}", what, answer.status));
    if (answer.status == kUnknownBox) failure.reason = AppointmentFailure::Reason::UnknownBox;
    if (answer.status != kWrongPin && answer.status != kLocked) return failure;
    auto refusal = read_refusal(answer.body);
    if (!refusal) return failure;
    if (refusal->reason == Refusal::Reason::WrongPin) failure.reason = AppointmentFailure::Reason::WrongPin;
    if (refusal->reason == Refusal::Reason::Locked) failure.reason = AppointmentFailure::Reason::Locked;
    failure.tries_left = refusal->tries_left;
    failure.locked_for = refusal->seconds;
    return failure;
}

class HttpAppointmentClient final : public AppointmentClient {
  public:
    HttpAppointmentClient(AppointmentOptions options, base::EventLoop& loop, base::Log& log)
        : options_(std::move(options)), loop_(loop), log_(log), client_(options_.http) {
        while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
        limits_.bytes = kMostMessageBytes;
        limits_.total = 15s;
        limits_.redirects = 0;
        thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
    }
    ~HttpAppointmentClient() override {
        client_.cancel();
        thread_.request_stop();
        thread_.join();
        for (Request& request : waiting_) request.forget_pin();
    }

    Ticket ask_members() override { return enqueue({}); }
    Ticket look_up(const std::string& member_ref, std::string pin) override {
        Request request{0, member_ref, std::make_unique<std::string>(pin)};
        base::wipe(pin);
        return enqueue(std::move(request));
    }
    void set_listener(OnAnswer on_answer) override { listener_ = std::make_shared<OnAnswer>(std::move(on_answer)); }
    void set_network(bool is_on) override { client_.set_network(is_on); }

  private:
    struct Request {
        Ticket ticket = 0;
        std::string member_ref;
        /// At one place in memory from beginning to end; null in a request for the members.
        std::unique_ptr<std::string> pin;

        void forget_pin() {
            if (pin) base::wipe(*pin);
        }
    };
    using Outcome = decltype(AppointmentAnswer::result);

    Ticket enqueue(Request request) {
        request.ticket = ++last_ticket_;
        {
            std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(request));
        }
        wake_.notify_all();
        return last_ticket_;
    }

    void run(std::stop_token stop) {
        for (;;) {
            Request request;
            {
                std::unique_lock lock(mutex_);
                if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
                request = std::move(waiting_.front());
                waiting_.pop_front();
            }
            Outcome outcome = request.pin ? fetch_appointments(request) : fetch_members();
            request.forget_pin();
            if (client_.is_cancelled()) return;
            if (auto* failure = std::get_if<AppointmentFailure>(&outcome))
                log_.warning(base::format("appointments: {}", failure->detail));
            post({request.ticket, std::move(outcome)});
        }
    }

    Outcome fetch_members() {
        auto answer = client_.get({options_.base_url + "/members", "", options_.box_token}, limits_);
        return understand(std::move(answer), "members", read_members);
    }

    Outcome fetch_appointments(Request& request) {
        std::string body = write_look_up(request.member_ref, *request.pin);
        request.forget_pin();
        auto answer =
            client_.post({options_.base_url + "/look-up", body, "application/xml", options_.box_token}, limits_);
        base::wipe(body);
        return understand(std::move(answer), "look-up", read_appointments);
    }

    template <typename Reader>
    static Outcome understand(Result<net::HttpAnswer> answer, const std::string& what, Reader read) {
        if (!answer) return unreachable(answer.error().message);
        if (answer->status != kOk) return to_failure(*answer, what);
        auto value = read(answer->body);
        base::wipe(answer->body);
        if (!value) return unreachable(base::format("{}: {}", what, value.error().message));
        return std::move(*value);
    }

    void post(AppointmentAnswer answer) {
        auto shared = std::make_shared<AppointmentAnswer>(std::move(answer));
        // The listener is looked up on the UI thread, and is gone with the client.
        loop_.post([shared, alive = std::weak_ptr(alive_), this] {
            if (!alive.lock()) return;
            auto listener = listener_;
            if (listener && *listener) (*listener)(std::move(*shared));
        });
    }

    AppointmentOptions options_;
    base::EventLoop& loop_;
    base::Log& log_;
    net::HttpClient client_;
    net::HttpLimits limits_;
    // Of the UI thread.
    Ticket last_ticket_ = 0;
    std::shared_ptr<OnAnswer> listener_;
    std::shared_ptr<int> alive_ = std::make_shared<int>();

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Request> waiting_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace

std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options, base::EventLoop& loop,
                                                                base::Log& log) {
    return std::make_unique<HttpAppointmentClient>(std::move(options), loop, log);
}

}  // namespace linli::platform
