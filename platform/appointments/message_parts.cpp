#include "platform/appointments/message_parts.h"

#include <algorithm>
#include <charconv>

#include "content/exchange_reader.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;
using xml::XmlWriter;

namespace {

constexpr std::size_t kMostTextBytes = 4000;

template <typename T>
Result<T> wrong(const Element& element, std::string_view attribute, std::string_view expected) {
    return refuse_element(element, base::format("{}=\"…\": expected {}", attribute, expected));
}

}  // namespace

bool is_reference(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

bool is_change_key(std::string_view text) {
    return text.size() >= 32 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

std::optional<content::ItemKey> parse_service(std::string_view text) {
    auto at = text.find('#');
    if (at == std::string_view::npos || text.size() - at - 1 > 64) return std::nullopt;
    auto area = content::AreaCode::parse(text.substr(0, at));
    std::string_view id = text.substr(at + 1);
    auto is_inside = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-'; };
    if (!area || id.empty() || id[0] == '.' || id[0] == '-' || !std::ranges::all_of(id, is_inside)) return std::nullopt;
    return content::ItemKey{*area, std::string(id)};
}

XmlWriter begin_message(std::string_view root) {
    XmlWriter writer;
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open(root).attribute("xmlns", content::kExchangeNamespace);
    return writer;
}

std::string end_message(XmlWriter& writer) { return writer.close().raw("\n").str(); }

Result<Element> read_message(std::string_view xml, std::string_view root) {
    LINLI_TRY(element, xml::read_element(xml, kMostMessageBytes));
    if (element.name != root || element.space != content::kExchangeNamespace)
        return refuse_element(element, base::format("the message is not <{}>", root));
    return element;
}

// Names come from outside: what is not an element of ours is not repeated, since errors are logged.
std::unexpected<base::Error> refuse_element(const Element& element, std::string_view what) {
    return base::fail(base::format("{}:{}: {}", element.place.line, element.place.column, what));
}

Result<void> expect_only(const Element& element, std::initializer_list<std::string_view> attributes,
                         std::initializer_list<std::string_view> children) {
    for (const auto& [name, value] : element.attributes)
        if (std::ranges::find(attributes, name) == attributes.end())
            return refuse_element(element, "an attribute that is not known here");
    for (const Element& child : element.children)
        if (child.space != content::kExchangeNamespace || std::ranges::find(children, child.name) == children.end())
            return refuse_element(child, "an element that is not known here");
    if (element.children.size() > children.size()) return refuse_element(element, "an element is there twice");
    return {};
}

bool has_attribute(const Element& element, std::string_view name) {
    return std::ranges::find(element.attributes, name, &std::pair<std::string, std::string>::first) !=
           element.attributes.end();
}

Result<std::string> read_reference(const Element& element, std::string_view attribute) {
    std::string_view text = element.attribute(attribute);
    if (!is_reference(text)) return wrong<std::string>(element, attribute, "letters, digits, - and _, 64 at most");
    return std::string(text);
}

Result<std::string> read_key(const Element& element, std::string_view attribute) {
    std::string_view text = element.attribute(attribute);
    if (!is_change_key(text)) return wrong<std::string>(element, attribute, "32 to 64 hex digits");
    return std::string(text);
}

Result<std::string> read_service(const Element& element, std::string_view attribute) {
    std::string_view text = element.attribute(attribute);
    if (!parse_service(text)) return wrong<std::string>(element, attribute, "a service such as 12/0101#health-check");
    return std::string(text);
}

Result<int> read_number(const Element& element, std::string_view attribute, int most) {
    std::string_view text = element.attribute(attribute);
    int value = 0;
    auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
        return wrong<int>(element, attribute, base::format("a number from 0 to {}", most));
    return value;
}

Result<std::chrono::sys_seconds> read_instant(const Element& element, std::string_view attribute) {
    auto time = base::parse_instant(element.attribute(attribute));
    if (!time) return wrong<std::chrono::sys_seconds>(element, attribute, "a time with its offset");
    return *time;
}

Result<std::optional<std::chrono::sys_seconds>> read_instant_if_there(const Element& element,
                                                                      std::string_view attribute) {
    if (!has_attribute(element, attribute)) return std::nullopt;
    LINLI_TRY(time, read_instant(element, attribute));
    return time;
}

Result<std::chrono::year_month_day> read_date(const Element& element, std::string_view attribute) {
    auto date = base::parse_date(element.attribute(attribute));
    if (!date) return wrong<std::chrono::year_month_day>(element, attribute, "a date");
    return *date;
}

Result<std::string> read_text(const Element& element) {
    if (element.text.empty() || element.text.size() > kMostTextBytes)
        return refuse_element(element, "a text is missing or too long");
    return element.text;
}

void write_if(XmlWriter& writer, std::string_view attribute, std::string_view value) {
    if (!value.empty()) writer.attribute(attribute, value);
}

void write_if(XmlWriter& writer, std::string_view attribute, const std::optional<std::chrono::sys_seconds>& value) {
    if (value) writer.attribute(attribute, base::format_instant(*value));
}

void write_child_if(XmlWriter& writer, std::string_view child, std::string_view text) {
    if (!text.empty()) writer.element(child, text);
}

std::string format_date(std::chrono::year_month_day date) {
    return base::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()));
}

}  // namespace linli::platform
