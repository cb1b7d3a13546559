// Boxes that book over HTTP. They share the machine with what is measured, so they are as small as can be: a socket that is
// kept open where the server keeps it, and no more of HTTP than an answer with its length.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstring>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/appointments/messages.h"
#include "tests/bench/booking_run.h"

namespace linli::bench {
namespace {

struct Reply {
    int status = 0;
    std::string body;
};

class KeptConnection {
  public:
    explicit KeptConnection(std::uint16_t port) : port_(port) {}
    ~KeptConnection() { close(); }
    KeptConnection(const KeptConnection&) = delete;
    KeptConnection& operator=(const KeptConnection&) = delete;

    base::Result<Reply> post(std::string_view request, int resident, const std::string& body) {
        std::string bytes = base::format("POST /appointments/{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
                                         "Linli-Session: {}\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n{}",
                                         request, port_, token_of(resident), session_of(resident), body.size(), body);
        // A connection that was kept may have been closed by now.
        bool is_fresh = socket_ < 0;
        auto reply = exchange(bytes);
        if (!reply && !is_fresh) reply = exchange(bytes);
        return reply;
    }

  private:
    base::Result<Reply> exchange(const std::string& bytes) {
        if (socket_ < 0) LINLI_CHECK(connect());
        auto reply = send_and_read(bytes);
        if (!reply) close();
        return reply;
    }

    base::Result<void> connect() {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return {};
        close();
        return base::fail(base::format("cannot connect to the platform: {}", std::strerror(errno)));
    }

    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    base::Result<Reply> send_and_read(const std::string& bytes) {
        if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
            return base::fail("the platform took no request");
        std::string answer;
        while (answer.find("\r\n\r\n") == answer.npos) LINLI_CHECK(read_more(answer));
        std::size_t head = answer.find("\r\n\r\n") + 4;
        std::size_t length = 0;
        auto at = answer.find("Content-Length: ");
        if (at >= head || answer.size() < 12) return base::fail("the platform's answer has no length");
        std::from_chars(answer.data() + at + 16, answer.data() + head, length);
        while (answer.size() < head + length) LINLI_CHECK(read_more(answer));
        Reply reply;
        std::from_chars(answer.data() + 9, answer.data() + 12, reply.status);
        reply.body = answer.substr(head, length);
        if (answer.find("Connection: close") < head) close();
        return reply;
    }

    base::Result<void> read_more(std::string& answer) {
        char piece[4096];
        ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
        if (got <= 0) return base::fail("the platform's answer was cut short");
        answer.append(piece, static_cast<std::size_t>(got));
        return {};
    }

    std::uint16_t port_;
    int socket_ = -1;
};

class HttpBooker final : public Booker {
  public:
    explicit HttpBooker(std::uint16_t port) : connection_(port) {}

    base::Result<bool> book(int resident, std::int64_t slot) override {
        LINLI_TRY(hold, change(resident, {"hold", base::random_hex(32), "", base::format("s{}", slot), ""}));
        if (hold.status == 409) {
            LINLI_TRY(refusal, platform::read_refusal(hold.body));
            if (refusal.reason == platform::Refusal::Reason::SlotTaken) return false;
        }
        LINLI_TRY(held, appointment(hold));
        LINLI_TRY(confirm, change(resident, {"confirm", base::random_hex(32), held.number, "", ""}));
        LINLI_TRY(booked, appointment(confirm));
        if (booked.state != platform::AppointmentState::Booked) return base::fail("what was confirmed is not booked");
        return true;
    }

  private:
    base::Result<Reply> change(int resident, const platform::ChangeQuestion& question) {
        return connection_.post(question.request, resident, platform::write_change(question));
    }
    static base::Result<platform::Appointment> appointment(const Reply& reply) {
        if (reply.status != 200) return base::fail(base::format("the platform answered {}: {}", reply.status, reply.body));
        return platform::read_appointment(reply.body);
    }

    KeptConnection connection_;
};

}  // namespace

base::Result<BookingOutcome> book_over_http(const std::vector<std::uint16_t>& ports, int boxes,
                                            const std::vector<std::int64_t>& slots, int residents) {
    std::vector<std::unique_ptr<Booker>> bookers;
    for (int box = 0; box < boxes; ++box)
        bookers.push_back(std::make_unique<HttpBooker>(ports[static_cast<std::size_t>(box) % ports.size()]));
    return book_all(std::move(bookers), slots, {.first = 0, .step = 1, .residents = residents});
}

}  // namespace linli::bench
