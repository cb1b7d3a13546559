#include "platform/server/result_file.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/element.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;

namespace {

constexpr std::string_view kNamespace = "urn:linli:results:1";
constexpr std::size_t kMostFileBytes = 64u << 20;
constexpr std::ptrdiff_t kFewestDigits = 4;

std::unexpected<base::Error> refuse(const Element& element, std::string_view what) {
    return base::fail(base::format("{}:{}: <{}>: {}", element.place.line, element.place.column, element.name, what));
}

Result<void> allow(const Element& element, std::initializer_list<std::string_view> attributes) {
    for (const auto& [name, value] : element.attributes)
        if (std::ranges::find(attributes, name) == attributes.end())
            return refuse(element, base::format("the attribute \"{}\" is not known here", name));
    return {};
}

Result<void> read_attributes(const Element& element, ApplicationResult& result) {
    LINLI_CHECK(allow(element, {"receipt", "state", "updated", "guide"}));
    result.receipt = element.attribute("receipt");
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!is_reference(result.receipt) || std::ranges::count_if(result.receipt, is_digit) < kFewestDigits)
        return refuse(element, "receipt: expected letters, digits, - and _, 64 at most, and four digits among them");
    result.state = element.attribute("state");
    if (!is_result_state(result.state))
        return refuse(element, "state: expected received, working, more-papers, ready, refused or collected");
    auto updated = base::parse_instant(element.attribute("updated"));
    if (!updated)
        return refuse(element, "updated: expected a time with its offset such as 2026-11-20T10:00:00+08:00");
    result.updated = *updated;
    result.guide = element.attribute("guide");
    if (!result.guide.empty() && !parse_service(result.guide))
        return refuse(element, "guide: expected AREA#ID such as 12/0101#residence-permit");
    return {};
}

Result<ApplicationResult> read_result(const Element& element) {
    if (element.name != "result" || element.space != kNamespace) return refuse(element, "expected <result>");
    ApplicationResult result;
    LINLI_CHECK(read_attributes(element, result));
    const std::pair<std::string_view, std::string*> texts[] = {
        {"name", &result.name}, {"say", &result.say}, {"telephone", &result.telephone}};
    for (const Element& child : element.children) {
        auto text = std::ranges::find(texts, child.name, &std::pair<std::string_view, std::string*>::first);
        if (text == std::end(texts) || child.space != kNamespace)
            return refuse(child, "it is not known here, expected name, say or telephone");
        LINLI_CHECK(allow(child, {}));
        if (!text->second->empty()) return refuse(child, "it is there twice");
        *text->second = child.text;
    }
    for (const auto& [name, text] : texts)
        if (text->empty()) return refuse(element, base::format("<{}> is missing or empty", name));
    return result;
}

}  // namespace

Result<std::vector<ApplicationResult>> read_result_file(std::string_view xml) {
    LINLI_TRY(root, xml::read_element(xml, kMostFileBytes));
    if (root.name != "results" || root.space != kNamespace)
        return refuse(root, base::format("the root is not <results xmlns=\"{}\">", kNamespace));
    std::vector<ApplicationResult> results;
    for (const Element& child : root.children) {
        LINLI_TRY(result, read_result(child));
        if (std::ranges::find(results, result.receipt, &ApplicationResult::receipt) != results.end())
            return refuse(child, "the receipt is there twice");
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace linli::platform
