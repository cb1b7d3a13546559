#include "tests/support/nginx.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "CppUTest/TestHarness.h"

namespace linli::tests {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

std::uint16_t free_port() {
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(fd);
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(port);
    bool is_open = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return is_open;
}

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

}  // namespace

TestAuthority::TestAuthority(Validity validity) {
    std::string days = validity == Validity::Over ? "-1" : "3";
    folder_.write("make", "days=" + days + R"(
set -e
new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
openssl req -x509 $new -days 3 -keyout ca.key -out ca.pem -subj "/CN=Test authority"
for name in server client; do
    openssl req $new -keyout $name.key -out $name.csr -subj "/CN=$name"
    echo "subjectAltName=IP:127.0.0.1" > $name.ext
    openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days $days -extfile $name.ext -out $name.pem
done
)");
    std::string command = "cd '" + folder_.path().string() + "' && sh make > log 2>&1";
    if (std::system(command.c_str()) != 0) FAIL(text_of(folder_.path() / "log").c_str());
}

Nginx::Nginx(const std::filesystem::path& served, const TestAuthority& authority, const std::string& more)
    : port_(free_port()) {
    std::string own = folder_.path().string();
    auto file = folder_.write("nginx.conf", "daemon off; master_process off; pid " + own + "/pid; error_log " + own +
        "/error.log;\nevents { worker_connections 8192; }\nhttp {\n"
        "  log_format brief '$server_protocol $status $request_uri $connection $ssl_session_reused'; access_log " + own + "/access.log brief;\n"
        "  client_body_temp_path " + own + "/t1; proxy_temp_path " + own + "/t2; fastcgi_temp_path " + own + "/t3;\n"
        "  uwsgi_temp_path " + own + "/t4; scgi_temp_path " + own + "/t5;\n"
        "  server {\n    listen 127.0.0.1:" + std::to_string(port_) + " ssl http2;\n    root " + served.string() + ";\n"
        "    ssl_certificate " + authority.server_certificate().string() + ";\n"
        "    ssl_certificate_key " + authority.server_key().string() + ";\n" + more + "\n  }\n}\n");
    process_ = ::vfork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::execl("/usr/sbin/nginx", "nginx", "-e", (own + "/error.log").c_str(), "-c", file.c_str(), nullptr);
        ::_exit(127);
    }
    auto end = std::chrono::steady_clock::now() + kPatience;
    while (!answers(port_) && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (!answers(port_)) FAIL(("nginx did not start: " + text_of(folder_.path() / "error.log")).c_str());
}

Nginx::~Nginx() {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

std::string Nginx::url() const { return "https://127.0.0.1:" + std::to_string(port_); }
double Nginx::processor_time() const {
    std::string text = text_of("/proc/" + std::to_string(process_) + "/stat");
    // The name, in parentheses, may hold anything; the 12th and 13th fields after it are ticks in user and kernel.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string field;
    double ticks = 0;
    for (int i = 1; fields >> field && i <= 13; ++i)
        if (i >= 12) ticks += std::strtod(field.c_str(), nullptr);
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string Nginx::log() const { return text_of(folder_.path() / "access.log"); }

}  // namespace linli::tests
