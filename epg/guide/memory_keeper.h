#pragma once

#include <unordered_map>

#include "epg/guide/guide_keeper.h"

namespace linli::epg {

/// Keeps descriptions as long as it lives, and nothing else.
class MemoryKeeper final : public GuideKeeper {
  public:
    std::vector<ServiceId> services() override { return {}; }
    std::shared_ptr<const Schedule> schedule(const ServiceId&) override { return nullptr; }
    void keep(const ServiceId&, std::shared_ptr<const Schedule>) override {}
    std::string description(std::uint64_t key) override;
    void keep_description(std::uint64_t key, std::string_view text) override;
    std::vector<Channel> channels() override { return {}; }
    void keep_channels(const std::vector<Channel>&) override {}

  private:
    static constexpr std::size_t kMostBytes = 4u << 20;
    std::unordered_map<std::uint64_t, std::string> descriptions_;
    std::size_t bytes_ = 0;
};

}  // namespace linli::epg
