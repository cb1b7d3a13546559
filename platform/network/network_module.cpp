#include "platform/network/network_module.h"

#include "middleware/net/http_client.h"
#include "platform/appointments/http_appointment_client.h"
#include "platform/publication/head.h"

namespace linli::platform {
namespace {

class HttpNetwork final : public Network {
  public:
    explicit HttpNetwork(NetworkParts& parts)
        : publication_(parts.options.sync.base_urls.front()),
          sync_(std::move(parts.options.sync), parts.clock, parts.log, parts.loop, std::move(parts.on_status)),
          appointments_(make_http_appointment_client(std::move(parts.options.appointments), AppointmentPatience(), parts.clock,
                                                     parts.loop, parts.log)) {}

    void start() override { sync_.start(); }
    void sync_now() override { sync_.sync_now(); }
    void set_network(bool is_on) override {
        is_on_ = is_on;
        sync_.set_network(is_on);
        appointments_->set_network(is_on);
    }
    AppointmentClient& appointments() override { return *appointments_; }
    void want_object(std::string sha256) override { sync_.want_object(std::move(sha256)); }
    std::string object_address(std::string_view sha256) const override {
        return is_on_ ? publication_ + "/" + object_path(sha256) : std::string();
    }

  private:
    net::HttpLibrary library_;
    std::string publication_;
    bool is_on_ = true;
    SyncService sync_;
    std::unique_ptr<AppointmentClient> appointments_;
};

}  // namespace
}  // namespace linli::platform

extern "C" linli::platform::Network* linli_make_network(linli::platform::NetworkParts* parts) {
    return new linli::platform::HttpNetwork(*parts);
}
