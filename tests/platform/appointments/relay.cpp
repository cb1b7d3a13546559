#include "tests/platform/appointments/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "tests/middleware/net/raw_connection.h"

namespace linli::tests {

namespace {

std::size_t body_bytes(std::string_view head) {
    std::string lower(head);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto at = lower.find("content-length:");
    return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 15, nullptr, 10);
}

std::string read_request(int client) {
    std::string bytes;
    std::size_t wanted = std::string::npos;
    char piece[4096];
    while (bytes.size() < wanted) {
        ssize_t got = ::recv(client, piece, sizeof piece, 0);
        if (got <= 0) return "";
        bytes.append(piece, static_cast<std::size_t>(got));
        auto end = bytes.find("\r\n\r\n");
        if (wanted == std::string::npos && end != std::string::npos) wanted = end + 4 + body_bytes(bytes.substr(0, end));
    }
    return bytes;
}

}  // namespace

Relay::Exchange::Exchange(std::string request, std::uint16_t server_port, int client)
    : request_(std::move(request)), server_port_(server_port), client_(client) {}

std::string Relay::Exchange::forward() const {
    RawConnection server(server_port_);
    server.send(request_);
    std::string head = server.read_until("\r\n\r\n");
    return head + server.read_exactly(body_bytes(head));
}

void Relay::Exchange::reply(std::string_view bytes) const {
    while (!bytes.empty()) {
        ssize_t sent = ::send(client_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

Relay::Relay(std::uint16_t server_port)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), server_port_(server_port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::jthread([this] { accept_all(); });
}

Relay::~Relay() {
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    {
        std::lock_guard lock(mutex_);
        for (int client : clients_) ::shutdown(client, SHUT_RDWR);
    }
    threads_.clear();
    for (int client : clients_) ::close(client);
    ::close(listener_);
}

std::string Relay::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void Relay::lead_to(std::uint16_t server_port) {
    std::lock_guard lock(mutex_);
    server_port_ = server_port;
}

void Relay::set_fault(const std::string& part, Fault fault, int times) {
    std::lock_guard lock(mutex_);
    rules_.insert_or_assign(part, Rule{std::move(fault), times});
}

void Relay::clear_faults() {
    std::lock_guard lock(mutex_);
    rules_.clear();
}

std::vector<std::string> Relay::requests(std::string_view part) {
    std::lock_guard lock(mutex_);
    std::vector<std::string> found;
    for (const std::string& request : requests_)
        if (std::string_view(request).substr(0, request.find('\r')).contains(part)) found.push_back(request);
    return found;
}

void Relay::accept_all() {
    for (;;) {
        int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) return;
        std::lock_guard lock(mutex_);
        clients_.push_back(client);
        threads_.emplace_back([this, client] { serve(client); });
    }
}

Relay::Fault Relay::fault_of(std::string_view first_line) {
    for (auto& [part, rule] : rules_)
        if (first_line.contains(part) && rule.times > 0) {
            --rule.times;
            return rule.fault;
        }
    return [](const Exchange& exchange) { exchange.reply(exchange.forward()); };
}

void Relay::serve(int client) {
    std::string request = read_request(client);
    if (!request.empty()) {
        Fault fault;
        std::uint16_t port = 0;
        {
            std::lock_guard lock(mutex_);
            requests_.push_back(request);
            fault = fault_of(std::string_view(request).substr(0, request.find('\r')));
            port = server_port_;
        }
        fault({std::move(request), port, client});
    }
    ::shutdown(client, SHUT_RDWR);
}

void lose_request(const Relay::Exchange&) {}
void lose_answer(const Relay::Exchange& exchange) { exchange.forward(); }

std::string value_after(std::string_view text, std::string_view before) {
    auto at = text.find(before);
    if (at == std::string_view::npos) return "";
    text.remove_prefix(at + before.size());
    return std::string(text.substr(0, text.find_first_of("\"' &\r")));
}

}  // namespace linli::tests
