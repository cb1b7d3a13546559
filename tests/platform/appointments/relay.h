#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace linli::tests {

/// The network between a client and a server on loopback, one request a connection, which can be made to misbehave.
class Relay {
  public:
    /// One request, and what may be done with it.
    class Exchange {
      public:
        Exchange(std::string request, std::uint16_t server_port, int client);
        const std::string& request() const { return request_; }
        /// Brings the request to the server; its answer.
        std::string forward() const;
        /// Sends bytes to the client.
        void reply(std::string_view bytes) const;

      private:
        std::string request_;
        std::uint16_t server_port_;
        int client_;
    };
    using Fault = std::function<void(const Exchange&)>;

    explicit Relay(std::uint16_t server_port);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url() const;
    /// Where requests go from now on.
    void lead_to(std::uint16_t server_port);
    /// What happens to every request whose first line contains `part`, or to the next `times` of them. When it returns the
    /// connection ends.
    void set_fault(const std::string& part, Fault fault, int times = 1'000'000);
    void clear_faults();
    /// The requests so far whose first line contains `part`.
    std::vector<std::string> requests(std::string_view part);

  private:
    struct Rule {
        Fault fault;
        int times;
    };
    void accept_all();
    void serve(int client);
    Fault fault_of(std::string_view first_line);

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::uint16_t server_port_;           // guarded by mutex_
    std::map<std::string, Rule> rules_;   // guarded by mutex_
    std::vector<std::string> requests_;   // guarded by mutex_
    std::vector<int> clients_;            // guarded by mutex_
    std::list<std::jthread> threads_;
    std::jthread accepting_;
};

/// A request that never reaches the server.
void lose_request(const Relay::Exchange& exchange);
/// The server does it, and the client never hears of it.
void lose_answer(const Relay::Exchange& exchange);
/// The value of a query or an attribute: what stands between `before` and the next quotation mark, space or &.
std::string value_after(std::string_view text, std::string_view before);

}  // namespace linli::tests
