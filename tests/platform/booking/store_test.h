#pragma once

#include <memory>
#include <string>

#include "platform/booking/booking_store.h"
#include "platform/server/sql/sql_connection.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// Monday, 23 November 2026, 9:00 in Shanghai.
inline constexpr std::chrono::sys_seconds kMonday{std::chrono::seconds(1795395600)};

enum class Backend { Sqlite, Postgres };

/// A booking store on an empty database, with short ways to use it.
class StoreTest {
  public:
    explicit StoreTest(Backend backend);
    ~StoreTest();
    StoreTest(const StoreTest&) = delete;
    StoreTest& operator=(const StoreTest&) = delete;

    /// Another instance on the same database.
    std::unique_ptr<platform::BookingStore> open(int connections = 4, const char* zone = "Asia/Shanghai");
    platform::BookingStore& store() { return *store_; }

    /// A household with members m1, m2… whose PINs are 2468, and the sessions of all of them.
    void add_household(int members = 1, const std::string& token = "box-token-1");
    /// Sessions of ten minutes from now.
    void sign_in();
    platform::BookingStore::Caller caller(int member = 1) const { return {box_, sessions_.at(static_cast<std::size_t>(member - 1))}; }
    const std::string& box() const { return box_; }

    /// 9:00 to 11:00 from Monday to Friday in half hours, one place each; four weeks ahead, no cut-offs, many a person.
    static platform::Schedule schedule(const std::string& id = "check");
    void put(const platform::Schedule& schedule, const platform::Holidays& holidays = {});
    static content::ItemKey key_of(const std::string& id = "check");

    /// The reference of a slot, by the clock of Shanghai.
    std::string slot(std::chrono::year_month_day day, int hour, int minute = 0, const std::string& id = "check");
    static std::chrono::sys_seconds at(std::chrono::year_month_day day, int hour, int minute = 0);
    /// "09:00 1/1, 09:30 0/1": of each slot how many places are free.
    std::string free_slots(std::chrono::year_month_day day, const std::string& id = "check");

    static std::string new_key();
    /// A held and a booked appointment of a member.
    platform::Appointment hold(const std::string& slot, int member = 1);
    platform::Appointment book(const std::string& slot, int member = 1);
    platform::Appointment book_desk(std::chrono::sys_seconds start, const std::string& id = "check");
    platform::Appointment wait(int member = 1, const std::string& id = "check");
    void judge(const std::string& number, platform::BookingStore::Verdict verdict, const std::string& note = "");
    /// "booked", or "unknown-number" where it is not there.
    std::string state(const std::string& number, int member = 1);
    /// How often something was counted for a service on all days; "" is no service.
    std::int64_t counted(const std::string& what, const std::string& id = "check");
    /// The number that a question in SQL gives.
    std::int64_t ask(std::string_view sql);
    /// Every slot has as many places taken as there are appointments that hold one, or held it to the end.
    void check_places();
    /// What FHIR says of an appointment: without a start only one that waits or waited (app-3), and who cancelled it is told
    /// only of one that was cancelled (app-4) — and of each that was cancelled here.
    void check_appointments();

    std::chrono::sys_seconds now = kMonday;
    TemporaryFolder folder;
    std::string database;

  private:
    std::unique_ptr<platform::SqlConnection> connect() const;

    std::string box_;
    std::vector<std::string> sessions_;
    std::unique_ptr<platform::BookingStore> store_;
};

/// "" for an answer, or why it was refused: "slot-taken".
template <typename T>
std::string refusal_of(const platform::BookingStore::Answer<T>& answer) {
    if (!answer) return answer.error().message;
    auto* refusal = std::get_if<platform::Refusal>(&*answer);
    return refusal ? std::string(to_name(refusal->reason)) : "";
}
inline std::string refusal_of(const base::Result<std::variant<std::monostate, platform::Refusal>>& answer) {
    return refusal_of<std::monostate>(answer);
}

/// The value of an answer that is to be good.
#define GOOD(answer) ::linli::tests::good_value(answer, __FILE__, __LINE__)

[[noreturn]] void fail_at(const std::string& message, const char* file, int line);

template <typename T>
T good_value(base::Result<std::variant<T, platform::Refusal>> answer, const char* file, int line) {
    if (auto refusal = refusal_of<T>(answer); !refusal.empty()) fail_at("refused: " + refusal, file, line);
    return std::get<T>(*answer);
}

}  // namespace linli::tests

/// A fact that holds on both databases: its body is a member of a StoreTest.
#define ON_BOTH(Group, Fact)                                                                            \
    struct Group##Fact : linli::tests::StoreTest {                                                      \
        explicit Group##Fact(linli::tests::Backend backend) : StoreTest(backend) {                      \
            prove();                                                                                    \
            check_places();                                                                             \
            check_appointments();                                                                       \
        }                                                                                               \
        void prove();                                                                                   \
    };                                                                                                  \
    TEST(Group##OnSqlite, Fact) { Group##Fact fact(linli::tests::Backend::Sqlite); }                    \
    TEST(Group##OnPostgres, Fact) { Group##Fact fact(linli::tests::Backend::Postgres); }                \
    void Group##Fact::prove()

#define ON_BOTH_GROUP(Group)       \
    TEST_GROUP(Group##OnSqlite){}; \
    TEST_GROUP(Group##OnPostgres) {}
