#include "epg/guide/channel_file.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <span>

#include "middleware/base/format.h"
#include "middleware/xml/element.h"

namespace linli::epg {

using base::Result;

namespace {

constexpr std::string_view kNamespace = "urn:linli:channels:1";
constexpr std::size_t kMostBytes = 4u << 20;
constexpr std::size_t kMostChannels = 4096;
constexpr int kMostNumber = 9999;

base::Error fault(const xml::Element& element, std::string_view what) {
    return {base::format("line {}, column {}: {}", element.place.line, element.place.column, what)};
}

/// Takes one attribute after the other from an element; the first mistake sticks.
class Attributes {
  public:
    Attributes(const xml::Element& element, std::span<const std::string_view> known) : element_(element) {
        for (const auto& [name, value] : element.attributes)
            if (std::ranges::find(known, name) == known.end()) fail(base::format("<{}> has no attribute \"{}\"", element.name, name));
    }

    std::string text(std::string_view name) const { return std::string(element_.attribute(name)); }

    std::optional<int> number(std::string_view name, int most) {
        std::string_view value = element_.attribute(name);
        if (value.empty()) return std::nullopt;
        int number = 0;
        auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size() || number < 0 || number > most) {
            fail(base::format("{}=\"{}\" is not a number from 0 to {}", name, value, most));
            return std::nullopt;
        }
        return number;
    }

    /// The place of the value among those allowed; 0 where there is none.
    std::size_t choice(std::string_view name, std::span<const std::string_view> allowed) {
        std::string_view value = element_.attribute(name);
        if (value.empty()) return 0;
        auto found = std::ranges::find(allowed, value);
        if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
        std::string list;
        for (std::string_view one : allowed) list += (list.empty() ? "" : ", ") + std::string(one);
        fail(base::format("{}=\"{}\" is none of: {}", name, value, list));
        return 0;
    }

    void fail(std::string what) {
        if (!error_) error_ = fault(element_, what);
    }
    const std::optional<base::Error>& error() const { return error_; }

  private:
    const xml::Element& element_;
    std::optional<base::Error> error_;
};

constexpr std::string_view kNoYes[] = {"no", "yes"};
constexpr std::string_view kKinds[] = {"television", "radio", "other"};
constexpr std::string_view kGuides[] = {"eit", "xmltv"};
constexpr std::string_view kMarks[] = {"overruled", "believed"};

Result<ChannelRule> read_channel(const xml::Element& element) {
    constexpr std::string_view kKnown[] = {"service", "number", "name", "kind", "community", "hidden", "guide", "xmltv", "source"};
    Attributes attributes(element, kKnown);
    ChannelRule rule;
    auto service = ServiceId::parse(element.attribute("service"));
    if (!service)
        attributes.fail(base::format("service=\"{}\" is not NETWORK.STREAM.SERVICE in decimal, such as 1.16.101", element.attribute("service")));
    rule.service = service.value_or(ServiceId());
    rule.number = attributes.number("number", kMostNumber);
    rule.name = attributes.text("name");
    std::size_t kind = attributes.choice("kind", kKinds);
    if (!element.attribute("kind").empty()) rule.kind = static_cast<ChannelKind>(kind);
    rule.is_community = attributes.choice("community", kNoYes) == 1;
    rule.is_hidden = attributes.choice("hidden", kNoYes) == 1;
    rule.preference = attributes.choice("guide", kGuides) == 1 ? Preference::Xmltv : Preference::Eit;
    rule.xmltv_id = attributes.text("xmltv");
    rule.source = attributes.text("source");
    if (attributes.error()) return std::unexpected(*attributes.error());
    return rule;
}

Result<TextRule> read_text(const xml::Element& element) {
    constexpr std::string_view kKnown[] = {"network", "stream", "service", "encoding", "marked"};
    Attributes attributes(element, kKnown);
    TextRule rule;
    auto id = [&](std::string_view name) -> std::optional<std::uint16_t> {
        auto number = attributes.number(name, 0xFFFF);
        return number ? std::optional(static_cast<std::uint16_t>(*number)) : std::nullopt;
    };
    rule.network = id("network");
    rule.stream = id("stream");
    rule.service = id("service");
    auto encoding = encoding_of_name(attributes.text("encoding"));
    if (!encoding) attributes.fail("<text> says no encoding that is known, such as encoding=\"GB18030\", \"Big5\", \"UTF-8\" or \"ISO8859-5\"");
    else rule.encoding = *encoding;
    rule.when = attributes.choice("marked", kMarks) == 1 ? TextRule::When::Unmarked : TextRule::When::Always;
    if (attributes.error()) return std::unexpected(*attributes.error());
    return rule;
}

}  // namespace

Result<ChannelFile> ChannelFile::read(std::string_view xml) {
    LINLI_TRY(root, xml::read_element(xml, kMostBytes));
    if (root.name != "channels" || root.space != kNamespace)
        return std::unexpected(fault(root, base::format("the document is no <channels xmlns=\"{}\">", kNamespace)));
    ChannelFile file;
    std::set<ServiceId> seen;
    for (const xml::Element& element : root.children) {
        if (element.name == "channel") {
            LINLI_TRY(rule, read_channel(element));
            if (!seen.insert(rule.service).second)
                return std::unexpected(fault(element, base::format("there is a <channel> of service {} already", rule.service.str())));
            if (seen.size() > kMostChannels)
                return std::unexpected(fault(element, base::format("there are more than {} channels", kMostChannels)));
            file.channels.push_back(std::move(rule));
        } else if (element.name == "text") {
            LINLI_TRY(rule, read_text(element));
            file.texts.push_back(rule);
        } else {
            return std::unexpected(fault(element, base::format("<{}> is neither <channel> nor <text>", element.name)));
        }
    }
    std::ranges::sort(file.channels, {}, &ChannelRule::service);
    return file;
}

const ChannelRule* ChannelFile::rule_of(const ServiceId& id) const {
    auto found = std::ranges::lower_bound(channels, id, {}, &ChannelRule::service);
    return found != channels.end() && found->service == id ? &*found : nullptr;
}

}  // namespace linli::epg
