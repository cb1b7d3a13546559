#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "platform/booking/booking_store.h"
#include "platform/server/sql/sql_pool.h"
#include "platform/server/store/rows.h"

namespace linli::platform {

/// Gives running numbers to appointments, a block at a time, so that bookings do not wait for each other. Numbers of a
/// block that is not used up are left out. Safe from every thread.
class NumberBlock {
  public:
    /// Not within a transaction: it needs one of its own.
    SqlResult<std::int64_t> next(SqlPool& pool);

  private:
    std::mutex mutex_;
    std::int64_t next_ = 0;  // guarded by mutex_
    std::int64_t end_ = 0;   // guarded by mutex_
};

/// The booking store in SQL, on whichever database the pool connects to. Each part is in a file of its own: households.cpp,
/// catalogue.cpp, changes.cpp, lookups.cpp, office.cpp, tend.cpp.
class SqlBookingStore final : public BookingStore {
  public:
    SqlBookingStore(std::unique_ptr<SqlDatabase> database, const BookingStoreOptions& options, Zone zone)
        : pool_(std::move(database), options.connections, options.patience), zone_(zone) {}
    base::Result<void> prepare();

    base::Result<void> import_households(std::span<const Household> households) override;
    base::Result<void> import_schedules(std::span<const Schedule> schedules, const Holidays& holidays,
                                        std::chrono::sys_seconds now) override;
    base::Result<std::variant<std::monostate, Refusal>> import_closed_times(const content::ItemKey& service,
                                                                            std::span<const ClosedTime> times,
                                                                            std::chrono::sys_seconds now) override;
    base::Result<void> import_results(std::span<const ApplicationResult> results) override;
    base::Result<void> tend(std::chrono::sys_seconds now) override;
    base::Result<std::variant<std::monostate, Refusal>> judge(std::string_view number, Verdict verdict,
                                                              std::string_view note,
                                                              std::chrono::sys_seconds now) override;
    base::Result<int> cancel_session(const content::ItemKey& service, std::chrono::sys_seconds from,
                                     std::chrono::sys_seconds until, std::string_view note,
                                     std::chrono::sys_seconds now) override;
    Answer<Appointment> book_at_desk(const content::ItemKey& service, std::chrono::sys_seconds start,
                                     std::string_view key, std::chrono::sys_seconds now) override;
    base::Result<std::vector<DeskRow>> desk_list(const content::ItemKey& service, std::chrono::sys_seconds from,
                                                 std::chrono::sys_seconds until) override;
    base::Result<std::vector<Progress>> progress(std::chrono::year_month_day first,
                                                 std::chrono::year_month_day last) override;
    void count_refusal(Refusal::Reason reason, std::chrono::sys_seconds now) override;

    base::Result<std::optional<DeskRow>> find_at_desk(std::string_view number) override;
    base::Result<std::vector<std::pair<std::string, std::string>>> service_names() override;
    const Zone& zone() const override { return zone_; }

    base::Result<bool> are_of_one_household(std::string_view box, std::string_view other) override;
    Answer<std::vector<Member>> members(std::string_view box) override;
    Answer<std::vector<BookableService>> services(std::string_view box, const content::AreaCode& area,
                                                  std::chrono::sys_seconds now) override;
    Answer<std::vector<BookableDay>> days(std::string_view box, const content::ItemKey& service,
                                          std::chrono::sys_seconds now) override;
    Answer<std::vector<Slot>> slots(std::string_view box, const content::ItemKey& service,
                                    std::chrono::year_month_day day, std::chrono::sys_seconds now) override;
    Answer<Session> open_session(std::string_view box, std::string_view member, std::string_view pin,
                                 std::chrono::sys_seconds now) override;
    Answer<std::vector<Appointment>> mine(const Caller& caller, std::chrono::sys_seconds now) override;
    Answer<Appointment> hold(const Caller& caller, std::string_view key, std::string_view slot,
                             std::chrono::sys_seconds now) override;
    Answer<Appointment> confirm(const Caller& caller, std::string_view key, std::string_view number,
                                std::chrono::sys_seconds now) override;
    Answer<Appointment> change(const Caller& caller, std::string_view key, std::string_view number,
                               std::string_view slot, std::chrono::sys_seconds now) override;
    Answer<Appointment> cancel(const Caller& caller, std::string_view key, std::string_view number,
                               std::chrono::sys_seconds now) override;
    Answer<Appointment> wait(const Caller& caller, std::string_view key, const content::ItemKey& service,
                             std::chrono::sys_seconds now) override;
    Answer<Outcome> outcome(std::string_view box, std::string_view key, std::chrono::sys_seconds now) override;
    Answer<std::vector<Reminder>> reminders(std::string_view box, std::chrono::sys_seconds now) override;
    Answer<std::vector<ApplicationResult>> results(std::string_view box, std::string_view digits,
                                                   std::chrono::sys_seconds now) override;

  private:
    template <typename T>
    using Reply = SqlResult<std::variant<T, Refusal>>;
    /// What a step of a change leads to: an appointment by its id.
    using Done = std::variant<std::int64_t, Refusal>;

    /// One change in the making, in its transaction.
    struct Making {
        SqlConnection& sql;
        /// Nobody at the desk.
        std::optional<std::int64_t> person;
        /// For an appointment that it makes.
        std::int64_t new_id = 0;
        std::chrono::sys_seconds now;
        std::int64_t today = 0;
        /// For the count, once it is known.
        std::string service;
    };
    using Step = std::function<SqlResult<Done>(Making&)>;

    template <typename T>
    static base::Result<T> to_result(SqlResult<T> result) {
        if (!result) return base::fail(std::move(result.error().message));
        return std::move(result).value();
    }
    static base::Result<void> to_result(SqlResult<void> result) {
        if (!result) return base::fail(std::move(result.error().message));
        return {};
    }

    static SqlResult<std::optional<std::int64_t>> find_household(SqlConnection& sql, std::string_view box);
    struct Who {
        std::int64_t person = 0;
        std::int64_t household = 0;
    };
    /// The member of a session, which begins its time anew. In a transaction nobody else acts for him until its end.
    Reply<Who> find_caller(SqlConnection& sql, const Caller& caller, std::chrono::sys_seconds now);

    SqlResult<std::optional<Refusal>> check_pin(std::int64_t person, std::string_view pin, std::string_view telephone,
                                                std::chrono::sys_seconds now);

    std::int64_t day_of(std::chrono::sys_seconds time) const { return to_day(zone_.date_of(time)); }
    /// How an appointment is called: "YY-1127-0203", of its day and its running number.
    std::string number_of(std::int64_t id, std::chrono::sys_seconds day) const;

    enum class Makes { Nothing, NewAppointment };
    /// `question` begins with the request's name.
    Answer<Appointment> change_once(const Caller& caller, std::string_view key, std::string_view question,
                                    std::chrono::sys_seconds now, Makes makes, const Step& step);
    SqlResult<std::variant<Appointment, Refusal>> make(Making& making, std::optional<std::int64_t> household,
                                                       std::string_view key, std::string_view question,
                                                       const Step& step);
    SqlResult<Done> step_hold(Making& making, std::string_view slot);
    SqlResult<Done> step_confirm(Making& making, std::string_view number);
    SqlResult<Done> step_change(Making& making, std::string_view number, std::string_view slot);
    SqlResult<Done> step_cancel(Making& making, std::string_view number);
    SqlResult<Done> step_wait(Making& making, std::string_view service);
    SqlResult<Done> step_desk(Making& making, std::string_view service, std::chrono::sys_seconds start);
    static std::optional<Refusal> refuse_slot(const SlotRow& slot, const ServiceRow& service, const Making& making);

    /// Calls off, or lets run out, what the question (id and note of appointments) finds. How many were called off.
    SqlResult<int> call_off_all(std::string_view select, std::initializer_list<SqlValue> values,
                                std::chrono::sys_seconds now);
    SqlResult<void> expire_all(std::chrono::sys_seconds now);
    SqlResult<void> serve_all(std::chrono::sys_seconds now);
    SqlResult<void> forget(std::chrono::sys_seconds now);
    SqlResult<void> write_refusals();

    SqlPool pool_;
    Zone zone_;
    NumberBlock numbers_;
    std::mutex mutex_;
    /// How many, by day and reason, that are not in the database yet.
    std::map<std::pair<std::int64_t, Refusal::Reason>, std::int64_t> refusals_;  // guarded by mutex_
};

}  // namespace linli::platform
