#include "tests/platform/booking/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "platform/server/sql/postgres_database.h"

namespace linli::tests {

using namespace std::chrono_literals;

namespace {

const std::string kSchema = "test";
const std::string kOptions = "?options=-csearch_path%3D";

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "PostgreSQL cannot be started for the tests: %s (Debian's package \"postgresql\" is needed)\n",
                 why.c_str());
    std::exit(1);
}

/// Where Debian puts the programs of the newest version that is installed.
std::string find_programs() {
    std::string found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error))
        if (std::filesystem::exists(entry.path() / "bin/postgres")) found = std::max(found, (entry.path() / "bin").string());
    if (found.empty()) give_up("there is no /usr/lib/postgresql/*/bin/postgres");
    return found;
}

const passwd* other_user() { return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr; }

/// Starts a program in the background, without rights of root, its output in a file; it ends when the tests end.
pid_t start_program(const std::vector<std::string>& command, const std::string& output) {
    const passwd* user = other_user();
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_t child = ::fork();
    if (child != 0) return child;
    int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
        ::_exit(126);
    // Not before: a change of user clears it.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::chdir("/") != 0) ::_exit(126);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

/// Below those that the system gives to connections: none of them takes it while the server is away.
int find_free_port() {
    constexpr int kFirst = 10'000, kPorts = 10'000;
    for (int tries = 0; tries < 100; ++tries) {
        int port = kFirst + (::getpid() + tries) % kPorts;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bool is_free = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        if (is_free) return port;
    }
    give_up("no port of 127.0.0.1 is free");
}

int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

}  // namespace

PostgresServer& PostgresServer::instance() {
    static PostgresServer server;
    return server;
}

PostgresServer::PostgresServer() : programs_(find_programs()), port_(find_free_port()) {
    if (::getuid() == 0) {
        const passwd* user = other_user();
        if (user == nullptr) give_up("there is no user postgres");
        if (::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) give_up("its folder cannot be given away");
    }
    std::string data = folder_.path() / "data";
    pid_t maker = start_program({programs_ + "/initdb", "-D", data, "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C",
                                 "--no-sync"},
                                folder_.path() / "log");
    if (wait_for(maker) != 0) give_up("initdb failed, see " + (folder_.path() / "log").string());
    start();
}

PostgresServer::~PostgresServer() {
    // Nothing of it is kept.
    if (server_ != 0) stop(Ending::Immediate);
}

void PostgresServer::start() {
    server_ = start_program({programs_ + "/postgres", "-D", folder_.path() / "data", "-p", std::to_string(port_), "-c",
                             "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=100",
                             "-c", "fsync=on"},
                            folder_.path() / "log");
    for (int tries = 0; tries < 300; ++tries) {
        if (answers()) return;
        if (::waitpid(server_, nullptr, WNOHANG) == server_) break;
        std::this_thread::sleep_for(100ms);
    }
    give_up("it does not answer, see " + (folder_.path() / "log").string());
}

void PostgresServer::stop(Ending ending) {
    ::kill(server_, ending == Ending::Fast ? SIGINT : SIGQUIT);
    wait_for(server_);
    server_ = 0;
}

bool PostgresServer::answers() {
    auto database = platform::open_postgres(address());
    return database && (*database)->connect().has_value();
}

std::string PostgresServer::address() const {
    return "postgresql://linli@127.0.0.1:" + std::to_string(port_) + "/postgres";
}

std::string PostgresServer::make_database() {
    std::string name = kSchema + std::to_string(++databases_);
    run("CREATE SCHEMA " + name);
    return address() + kOptions + name;
}

void PostgresServer::drop_database(const std::string& address) {
    run("DROP SCHEMA " + address.substr(address.find(kOptions) + kOptions.size()) + " CASCADE");
}

void PostgresServer::run(const std::string& sql) {
    auto database = platform::open_postgres(address());
    auto connection = (*database)->connect();
    if (!connection) give_up(connection.error().message);
    if (auto done = (*connection)->run(sql); !done) give_up(done.error().message);
}

}  // namespace linli::tests
