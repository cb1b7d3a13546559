#pragma once

#include <string>

#include "epg/si/service_id.h"

namespace linli::epg {

enum class ChannelKind { Television, Radio, Other };

/// A service as a viewer knows it.
struct Channel {
    ServiceId id;
    /// Logical channel number; 0: the head-end gave none (then it follows the others by service id).
    int number = 0;
    std::string name, provider;
    /// First letters of its name's pinyin, one lower-case letter or digit a character, for the digit keys.
    std::string initials;
    ChannelKind kind = ChannelKind::Television;
    bool is_scrambled = false;
    /// The community's own channel: shown first in the guide.
    bool is_community = false;
    /// The URI of its picture where the operator's file names one; empty: from the tuner.
    std::string source;

    bool operator==(const Channel&) const = default;
};

}  // namespace linli::epg
