#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/channel_file.h"

namespace linli::epg {

/// Which channels of ours a channel of XMLTV is. Asked in this order, the first that answers counts: the id that the
/// operator's file gives, the id as a service ("1.16.101"), a display-name that is a channel's name (white space, case
/// and width do not matter), a display-name that is a channel's number. Several channels may be one there (SD and HD).
class XmltvMapping {
  public:
    XmltvMapping(std::span<const Channel> channels, const ChannelFile& file);

    /// Null where it is none of ours.
    const std::vector<ServiceId>* of_id(std::string_view id) const;
    const std::vector<ServiceId>* of_names(std::span<const std::string> display_names) const;

  private:
    using Services = std::map<std::string, std::vector<ServiceId>, std::less<>>;
    static const std::vector<ServiceId>* find(const Services& services, std::string_view key);

    Services ruled_, ids_, names_, numbers_;
};

}  // namespace linli::epg
