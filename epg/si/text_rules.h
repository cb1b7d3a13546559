#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "epg/si/service_id.h"

namespace linli::epg {

/// How a text is written.
enum class Encoding : std::uint8_t {
    Automatic,  // as its mark says; without one, what it looks like
    Iso6937,    // the standard's default table
    Iso8859_1, Iso8859_2, Iso8859_3, Iso8859_4, Iso8859_5, Iso8859_6, Iso8859_7, Iso8859_8,
    Iso8859_9, Iso8859_10, Iso8859_11, Iso8859_13, Iso8859_14, Iso8859_15,
    Ucs2,
    KsX1001,
    Gb18030,  // and what it contains: GBK, GB 2312
    Big5,
    Utf8,
};

/// "GB18030", "utf-8", "iso8859-5"… in any case; nothing for other names.
std::optional<Encoding> encoding_of_name(std::string_view name);

/// What the operator knows better than the stream says: how texts of a network, a stream or a service are written.
struct TextRule {
    enum class When { Unmarked, Always };  // only texts without a mark, or all of them

    std::optional<std::uint16_t> network, stream, service;
    Encoding encoding = Encoding::Automatic;
    When when = When::Unmarked;
};

/// The rules of a box. The one that names most of a service's id is the one that counts; of equals, the last.
class TextRules {
  public:
    TextRules() = default;
    explicit TextRules(std::vector<TextRule> rules) : rules_(std::move(rules)) {}

    TextRule rule_for(const ServiceId& id) const;

  private:
    std::vector<TextRule> rules_;
};

}  // namespace linli::epg
