#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "epg/guide/channel.h"
#include "epg/guide/merge.h"
#include "epg/si/text_rules.h"
#include "middleware/base/result.h"

namespace linli::epg {

/// What an operator says of a channel; what is empty is left to the head-end.
struct ChannelRule {
    ServiceId service;
    std::optional<int> number;
    std::string name;
    std::optional<ChannelKind> kind;
    bool is_community = false;
    bool is_hidden = false;
    Preference preference = Preference::Eit;
    /// The channel's id in XMLTV.
    std::string xmltv_id;
    /// The URI of its picture, for channels that no tuner receives.
    std::string source;
};

/// The operator's file of channels (docs/guide.md), an XML document:
///
///     <channels xmlns="urn:linli:channels:1">
///       <channel service="1.16.101" number="5" name="…" community="yes" xmltv="news.example"/>
///       <text network="1" encoding="GB18030"/>
///     </channels>
struct ChannelFile {
    std::vector<ChannelRule> channels;
    std::vector<TextRule> texts;

    /// An error names line, column and what was expected. Nothing is taken from a file with a mistake.
    static base::Result<ChannelFile> read(std::string_view xml);
    const ChannelRule* rule_of(const ServiceId& id) const;
};

}  // namespace linli::epg
