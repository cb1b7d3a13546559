#include "epg/xmltv/xmltv_mapping.h"

#include "middleware/text/utf8.h"

namespace linli::epg {
namespace {

/// Without what two writers of the same name do differently.
std::string folded(std::string_view name) {
    constexpr char32_t kFullWidth = 0xFF01 - '!';
    std::string text;
    while (!name.empty()) {
        char32_t c = text::take_character(name);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= kFullWidth;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-' || c == 0x3000) continue;
        text::append_utf8(text, c);
    }
    return text;
}

}  // namespace

XmltvMapping::XmltvMapping(std::span<const Channel> channels, const ChannelFile& file) {
    for (const ChannelRule& rule : file.channels)
        if (!rule.xmltv_id.empty()) ruled_[rule.xmltv_id].push_back(rule.service);
    for (const Channel& channel : channels) {
        const ChannelRule* rule = file.rule_of(channel.id);
        // Whose id the operator gives has no other one.
        if (rule != nullptr && !rule->xmltv_id.empty()) continue;
        ids_[channel.id.str()].push_back(channel.id);
        if (!channel.name.empty()) names_[folded(channel.name)].push_back(channel.id);
        if (channel.number != 0) numbers_[std::to_string(channel.number)].push_back(channel.id);
    }
}

const std::vector<ServiceId>* XmltvMapping::find(const Services& services, std::string_view key) {
    auto found = services.find(key);
    return found == services.end() ? nullptr : &found->second;
}

const std::vector<ServiceId>* XmltvMapping::of_id(std::string_view id) const {
    const auto* found = find(ruled_, id);
    return found != nullptr ? found : find(ids_, id);
}

const std::vector<ServiceId>* XmltvMapping::of_names(std::span<const std::string> display_names) const {
    for (const std::string& name : display_names)
        if (const auto* found = find(names_, folded(name))) return found;
    for (const std::string& name : display_names)
        if (const auto* found = find(numbers_, name)) return found;
    return nullptr;
}

}  // namespace linli::epg
