#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_client.h"
#include "platform/appointments/appointment_question.h"
#include "platform/appointments/appointment_transfer.h"

namespace linli::platform {

using namespace std::chrono_literals;

namespace {

/// An answer that has not come by then is not waited for.
constexpr std::chrono::seconds kPatience{15};
constexpr std::size_t kKeyDigits = 32;

class HttpAppointmentClient final : public AppointmentClient {
  public:
    HttpAppointmentClient(AppointmentOptions options, base::EventLoop& loop, base::Log& log)
        : options_(std::move(options)), loop_(loop), log_(log), client_(options_.http), transfer_(options_, client_) {
        thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
    }
    ~HttpAppointmentClient() override {
        client_.cancel();
        thread_.request_stop();
        thread_.join();
    }

    Ticket ask_members() override { return enqueue(question_of_members()); }
    Ticket ask_services(const content::AreaCode& area) override { return enqueue(question_of_services(area)); }
    Ticket ask_days(const content::ItemKey& service) override { return enqueue(question_of_days(service)); }
    Ticket ask_slots(const content::ItemKey& service, std::chrono::year_month_day day) override {
        return enqueue(question_of_slots(service, day));
    }
    Ticket open_session(const std::string& member_ref, std::string pin) override {
        AppointmentQuestion question = question_of_session(member_ref, pin);
        base::wipe(pin);
        return enqueue(std::move(question));
    }
    Ticket ask_mine(const std::shared_ptr<const Session>& session) override {
        return enqueue(question_of_mine(session));
    }
    Ticket make_change(const std::shared_ptr<const Session>& session, Change change) override {
        return enqueue(question_of_change(session, change, base::random_hex(kKeyDigits)));
    }
    Ticket ask_reminders() override { return enqueue(question_of_reminders()); }
    Ticket ask_results(const std::string& digits) override { return enqueue(question_of_results(digits)); }

    void set_listener(OnAnswer on_answer) override { listener_ = std::make_shared<OnAnswer>(std::move(on_answer)); }
    void set_settled_listener(OnSettled on_settled) override {
        settled_listener_ = std::make_shared<OnSettled>(std::move(on_settled));
    }
    void set_network(bool is_on) override { client_.set_network(is_on); }

  private:
    struct Request {
        Ticket ticket = 0;
        AppointmentQuestion question;
    };

    Ticket enqueue(AppointmentQuestion question) {
        Ticket ticket = ++last_ticket_;
        {
            std::lock_guard lock(mutex_);
            waiting_.push_back({ticket, std::move(question)});
        }
        wake_.notify_all();
        return ticket;
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
            AppointmentReply reply = transfer_.ask(request.question, kPatience);
            if (client_.is_cancelled()) return;
            if (auto* failure = std::get_if<AppointmentFailure>(&reply.result))
                log_.warning(base::format("appointments: {}", failure->detail));
            post({request.ticket, std::move(reply.result)});
        }
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
    AppointmentTransfer transfer_;
    // Of the UI thread.
    Ticket last_ticket_ = 0;
    std::shared_ptr<OnAnswer> listener_;
    std::shared_ptr<OnSettled> settled_listener_;
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
