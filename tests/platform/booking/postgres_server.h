#pragma once

#include <sys/types.h>

#include <string>

#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// A PostgreSQL server of its own, its data in a temporary folder, at a port of 127.0.0.1 and nowhere else: over TCP and with
/// fsync, as a city would run it. Where the tests run as root it runs as the user postgres, since it refuses root. It ends with
/// the tests.
class PostgresServer {
  public:
    /// The one server of this process, started when it is first asked for. Ends the tests, saying why, where there is none.
    static PostgresServer& instance();

    /// Makes an empty database and gives its address. It is a schema of the one database there is: a database of its own is
    /// three hundred files, which the server writes out one by one before it ends.
    std::string make_database();
    void drop_database(const std::string& address);
    /// Whether connections are dropped after being asked to end, or all at once as when the power fails.
    enum class Ending { Fast, Immediate };
    void stop(Ending ending);
    void start();

    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

  private:
    PostgresServer();
    std::string address() const;
    void run(const std::string& sql);
    bool answers();

    TemporaryFolder folder_;
    std::string programs_;
    /// The same for as long as the tests run: the server comes back where it was.
    int port_;
    pid_t server_ = 0;
    int databases_ = 0;
};

}  // namespace linli::tests
