#include "platform/appointments/http_appointment_client.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "middleware/net/http_client.h"
#include "platform/appointments/appointment_question.h"
#include "platform/appointments/appointment_transfer.h"
#include "platform/appointments/change_follower.h"
#include "platform/appointments/change_journal.h"
#include "platform/appointments/change_maker.h"

namespace linli::platform {

namespace {

constexpr std::size_t kKeyDigits = 32;

/// Two threads besides the UI's: one asks, in the order of asking; one follows what became of changes.
class HttpAppointmentClient final : public AppointmentClient {
  public:
    HttpAppointmentClient(AppointmentOptions options, const AppointmentPatience& patience, const base::Clock* clock,
                          base::EventLoop& loop, base::Log& log)
        : options_(std::move(options)),
          patience_(patience),
          loop_(loop),
          log_(log),
          journal_(options_.journal, log_),
          client_(options_.http, clock),
          transfer_(options_, client_, time_),
          maker_(patience_, transfer_, journal_, time_),
          follower_({options_, patience_, clock, journal_, time_, log_},
                    [this](const std::string& key, SettledChange change) { post_settled(key, std::move(change)); }) {
        thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
    }
    ~HttpAppointmentClient() override {
        client_.cancel();
        thread_.request_stop();
        thread_.join();
        base::wipe(options_.box_token);
    }

    Ticket ask_members() override { return enqueue({.question = question_of_members()}); }
    Ticket ask_services(const content::AreaCode& area) override {
        return enqueue({.question = question_of_services(area)});
    }
    Ticket ask_days(const content::ItemKey& service) override { return enqueue({.question = question_of_days(service)}); }
    Ticket ask_slots(const content::ItemKey& service, std::chrono::year_month_day day) override {
        return enqueue({.question = question_of_slots(service, day)});
    }
    Ticket open_session(const std::string& member_ref, std::string pin) override {
        Request request{.question = question_of_session(member_ref, pin)};
        base::wipe(pin);
        return enqueue(std::move(request));
    }
    Ticket ask_mine(const std::shared_ptr<const Session>& session) override {
        return enqueue({.question = question_of_mine(session)});
    }
    Ticket make_change(const std::shared_ptr<const Session>& session, Change change) override {
        return enqueue({.session = session, .change = std::move(change)});
    }
    Ticket ask_reminders() override { return enqueue({.question = question_of_reminders()}); }
    Ticket ask_results(const std::string& digits) override { return enqueue({.question = question_of_results(digits)}); }

    void set_listener(OnAnswer on_answer) override { listener_ = std::make_shared<OnAnswer>(std::move(on_answer)); }
    void set_settled_listener(OnSettled on_settled) override {
        settled_listener_ = std::make_shared<OnSettled>(std::move(on_settled));
    }
    void set_network(bool is_on) override {
        client_.set_network(is_on);
        follower_.set_network(is_on);
    }

  private:
    /// A question, or a change.
    struct Request {
        Ticket ticket = 0;
        AppointmentQuestion question = {};
        std::shared_ptr<const Session> session = {};
        std::optional<Change> change = {};
    };

    Ticket enqueue(Request request) {
        Ticket ticket = request.ticket = ++last_ticket_;
        {
            std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(request));
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
            if (request.change) change(stop, request);
            else ask(request);
        }
    }

    void ask(const Request& request) {
        AppointmentReply reply = transfer_.ask(request.question, patience_.answer);
        if (reply.is_known) follower_.hurry();
        // Whoever hears the answer may rely on it that a PIN has gone.
        if (request.question.body) base::wipe(*request.question.body);
        tell(request.ticket, std::move(reply.result), "");
    }

    void change(std::stop_token stop, const Request& request) {
        auto known = follower_.take_back(*request.change);
        std::string key = known.value_or(base::random_hex(kKeyDigits));
        AppointmentResult result = maker_.make(stop, request.session, *request.change, key,
                                               known ? ChangeMaker::Key::SentBefore : ChangeMaker::Key::New);
        const auto* failure = std::get_if<AppointmentFailure>(&result);
        bool is_unsettled = failure && failure->reason == AppointmentFailure::Reason::Unsettled;
        if (is_unsettled && !client_.is_cancelled()) follower_.follow({key, request.change->kind, time_.now()}, *request.change);
        tell(request.ticket, std::move(result), is_unsettled ? "" : key);
    }

    /// `key`: of the change that this is the answer to.
    void tell(Ticket ticket, AppointmentResult result, const std::string& key) {
        // Ended in the middle of it: the journal has what is to be found out at the next start.
        if (client_.is_cancelled()) return;
        if (auto* failure = std::get_if<AppointmentFailure>(&result))
            log_.warning(base::format("appointments: {}", failure->detail));
        auto answer = std::make_shared<AppointmentAnswer>(ticket, std::move(result));
        // The listener is looked up on the UI thread, and is gone with the client.
        loop_.post([answer, key, alive = std::weak_ptr(alive_), this] {
            if (!alive.lock()) return;
            auto listener = listener_;
            if (listener && *listener) (*listener)(std::move(*answer));
            if (!key.empty() && alive.lock()) follower_.drop(key);
        });
    }

    void post_settled(const std::string& key, SettledChange change) {
        auto settled = std::make_shared<SettledChange>(std::move(change));
        loop_.post([settled, key, alive = std::weak_ptr(alive_), this] {
            auto listener = alive.lock() ? settled_listener_ : nullptr;
            // Unheard, it stays in the journal and is told of at the next start.
            if (!listener || !*listener) return;
            (*listener)(std::move(*settled));
            if (alive.lock()) follower_.drop(key);
        });
    }

    AppointmentOptions options_;
    AppointmentPatience patience_;
    base::EventLoop& loop_;
    base::Log& log_;
    PlatformTime time_;
    ChangeJournal journal_;
    net::HttpClient client_;
    AppointmentTransfer transfer_;
    ChangeMaker maker_;
    // Of the UI thread.
    Ticket last_ticket_ = 0;
    std::shared_ptr<OnAnswer> listener_;
    std::shared_ptr<OnSettled> settled_listener_;
    std::shared_ptr<int> alive_ = std::make_shared<int>();

    ChangeFollower follower_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Request> waiting_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace

std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options,
                                                                const AppointmentPatience& patience,
                                                                const base::Clock& clock, base::EventLoop& loop,
                                                                base::Log& log) {
    return std::make_unique<HttpAppointmentClient>(std::move(options), patience, &clock, loop, log);
}

std::unique_ptr<AppointmentClient> make_http_appointment_client(AppointmentOptions options, base::EventLoop& loop,
                                                                base::Log& log) {
    return std::make_unique<HttpAppointmentClient>(std::move(options), AppointmentPatience(), nullptr, loop, log);
}

}  // namespace linli::platform
