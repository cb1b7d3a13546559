#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/schedule.h"

namespace linli::epg {

/// Where a guide leaves what it does not hold in memory: schedules and channels until the next start, descriptions until
/// someone reads them. UI thread; what is slow happens elsewhere. Nothing fails here: what could not be kept is gone.
class GuideKeeper {
  public:
    virtual ~GuideKeeper() = default;

    /// Which services have a schedule kept from before.
    virtual std::vector<ServiceId> services() = 0;
    /// Null where there is none.
    virtual std::shared_ptr<const Schedule> schedule(const ServiceId& id) = 0;
    virtual void keep(const ServiceId& id, std::shared_ptr<const Schedule> schedule) = 0;

    /// By text_key; empty where it is not known.
    virtual std::string description(std::uint64_t key) = 0;
    virtual void keep_description(std::uint64_t key, std::string_view text) = 0;

    virtual std::vector<Channel> channels() = 0;
    virtual void keep_channels(const std::vector<Channel>& channels) = 0;
};

}  // namespace linli::epg
