// Bookings at the reference platform: `./linli bench appointments`.

#include "tests/bench/booking_bench.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "middleware/base/format.h"
#include "tests/bench/bare_booking.h"
#include "tests/bench/booking_run.h"
#include "tests/bench/child.h"
#include "tests/bench/work_folder.h"
#include "tests/platform/booking/postgres_server.h"

namespace linli::bench {
namespace {

using tests::PostgresServer;
namespace fs = std::filesystem;

constexpr int kInstances[] = {1, 2, 4};
/// Of each instance; the bare database has as many.
constexpr int kConnections = 4;
constexpr int kBoxes = 32;
constexpr int kRounds = 3;

/// Of the many slots about half of the places are taken at the end, by chance all of some; of the few, all.
const BookingLoad kLoads[] = {
    {.name = "400 slots", .slots = 400, .places = 4, .residents = 800},
    {.name = "8 slots", .slots = 8, .places = 100, .residents = 800 + kBoxes},
};

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

bool answers(std::uint16_t port) {
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bool does = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return does;
}

/// The kinds of database, each run with a new one.
class Databases {
  public:
    virtual ~Databases() = default;
    virtual std::string name() const = 0;
    virtual std::string make() = 0;
    virtual void drop(const std::string& address) = 0;
};

class SqliteDatabases final : public Databases {
  public:
    explicit SqliteDatabases(fs::path folder) : folder_(std::move(folder)) {}
    std::string name() const override { return "SQLite"; }
    std::string make() override { return folder_ / base::format("{}.db", ++made_); }
    void drop(const std::string& address) override {
        for (const char* end : {"", "-wal", "-shm", "-turn"}) fs::remove(address + end);
    }

  private:
    fs::path folder_;
    int made_ = 0;
};

class PostgresDatabases final : public Databases {
  public:
    std::string name() const override { return "PostgreSQL"; }
    std::string make() override { return PostgresServer::instance().make_database(); }
    void drop(const std::string& address) override { PostgresServer::instance().drop_database(address); }
};

class BookingBench {
  public:
    BookingBench(fs::path programs, fs::path work, std::vector<Figure>& figures)
        : programs_(std::move(programs)), work_(std::move(work)), figures_(figures) {}

    base::Result<void> run(Databases& databases) {
        std::string database = databases.make();
        auto is_same = check_bare_booking(database, now());
        databases.drop(database);
        if (!is_same) return base::fail(is_same.error().message);
        for (const BookingLoad& load : kLoads) {
            conflicts_ = twice_ = 0;
            for (int instances : kInstances) LINLI_CHECK(measure(databases, load, instances));
            auto name = base::format("{}, {}", databases.name(), load.name);
            figures_.push_back({kGroup, name + ", slot conflicts", static_cast<double>(conflicts_), "", std::nullopt, ""});
            figures_.push_back({kGroup, name + ", places given twice", static_cast<double>(twice_), "", std::nullopt,
                                "value <= 0"});
        }
        return {};
    }

  private:
    static constexpr const char* kGroup = "appointments";

    base::Result<void> measure(Databases& databases, const BookingLoad& load, int instances) {
        // By turns: the machine is not as fast at one time as at another.
        BookingOutcome bare, platform;
        for (int round = 0; round < kRounds; ++round) {
            LINLI_TRY(at_database, on_new_database(databases, load, [&](const std::string& database) {
                          return book_at_database(database, load, instances);
                      }));
            bare.add_after(at_database);
            LINLI_TRY(at_platform, on_new_database(databases, load, [&](const std::string& database) {
                          return book_at_platform(database, load, instances);
                      }));
            platform.add_after(at_platform);
        }
        conflicts_ += platform.conflicts;
        auto rate = [](const BookingOutcome& outcome) { return static_cast<double>(outcome.booked) / outcome.seconds; };
        auto name = base::format("{}, {}, {} instance{}", databases.name(), load.name, instances, instances == 1 ? "" : "s");
        figures_.push_back({kGroup, name, rate(platform), "1/s", rate(bare), "ratio >= 0.5"});
        figures_.push_back({kGroup, "  p50 of a booking", median(platform.took), "ms", median(bare.took), ""});
        figures_.push_back({kGroup, "  p99 of a booking", percentile(platform.took, 0.99), "ms",
                            percentile(bare.took, 0.99), ""});
        return {};
    }

    template <typename Book>
    base::Result<BookingOutcome> on_new_database(Databases& databases, const BookingLoad& load, Book book) {
        std::string database = databases.make();
        LINLI_CHECK(fill_town(database, load, now()));
        LINLI_TRY(outcome, book(database));
        LINLI_TRY(audit, audit_town(database));
        if (audit.booked != outcome.booked)
            return base::fail(base::format("{} were confirmed, and {} are in the database", outcome.booked, audit.booked));
        twice_ += audit.twice;
        databases.drop(database);
        return outcome;
    }

    base::Result<BookingOutcome> book_at_platform(const std::string& database, const BookingLoad& load, int instances) {
        fs::create_directories(work_ / "publication");
        std::vector<Child> platforms;
        std::vector<std::uint16_t> ports;
        for (int number = 0; number < instances; ++number) {
            ports.push_back(next_port_++);
            LINLI_TRY(child, Child::start({programs_ / "linli-platform", "--publication", work_ / "publication", "--database",
                                           database, "--port", std::to_string(ports.back())},
                                          work_ / "platform.log"));
            platforms.push_back(std::move(child));
        }
        for (std::uint16_t port : ports) {
            for (int tries = 0; !answers(port); ++tries) {
                if (tries == 500) return base::fail("the platform did not start, see " + (work_ / "platform.log").string());
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        }
        LINLI_TRY(slots, slots_of(database));
        return book_over_http(ports, kBoxes, slots, load.residents);
    }

    base::Result<BookingOutcome> book_at_database(const std::string& database, const BookingLoad& load, int instances) {
        std::vector<Child> workers;
        for (int number = 0; number < instances; ++number) {
            LINLI_TRY(child, Child::start({programs_ / "linli-bench-booking", database, std::to_string(kConnections),
                                           std::to_string(number), std::to_string(instances), std::to_string(load.residents),
                                           std::to_string(kBoxes / kConnections / instances)}));
            workers.push_back(std::move(child));
        }
        for (Child& worker : workers)
            if (auto line = worker.read_line(); line != "ready") return base::fail("the bare database: " + line);
        for (Child& worker : workers) worker.write_line("go");
        BookingOutcome all;
        for (Child& worker : workers) {
            LINLI_TRY(outcome, read_outcome(worker));
            all.add(outcome);
        }
        return all;
    }

    static base::Result<BookingOutcome> read_outcome(Child& worker) {
        BookingOutcome outcome;
        std::string line = worker.read_line();
        if (std::sscanf(line.c_str(), "booked %ld %ld %lf", &outcome.booked, &outcome.conflicts, &outcome.seconds) != 3)
            return base::fail("the bare database: " + line);
        while ((line = worker.read_line()) != "end") {
            if (line.empty()) return base::fail("the bare database ended early");
            outcome.took.push_back(std::strtod(line.c_str(), nullptr));
        }
        return outcome;
    }

    fs::path programs_, work_;
    std::vector<Figure>& figures_;
    std::uint16_t next_port_ = static_cast<std::uint16_t>(20000 + ::getpid() % 20000);
    std::int64_t conflicts_ = 0, twice_ = 0;
};

}  // namespace

base::Result<void> bench_bookings(const fs::path& programs, std::vector<Figure>& figures) {
    LINLI_TRY(work, WorkFolder::create());
    BookingBench bench(programs, work.path(), figures);
    SqliteDatabases sqlite(work.path());
    LINLI_CHECK(bench.run(sqlite));
    PostgresDatabases postgres;
    return bench.run(postgres);
}

}  // namespace linli::bench
