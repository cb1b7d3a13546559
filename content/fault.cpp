#include "content/fault.h"

#include <optional>

#include "middleware/base/format.h"

namespace linli::content {
namespace {

constexpr std::string_view kWithExpectation = N_("{}, expected {}");

/// Reads "{}" or "{N}" at the front of `rest` and takes it off; nothing when there is none.
std::optional<std::size_t> take_placeholder(std::string_view& rest, std::size_t& next) {
    if (rest.starts_with("{}")) {
        rest.remove_prefix(2);
        return next++;
    }
    if (rest.size() < 3 || rest[0] != '{' || rest[1] < '0' || rest[1] > '9' || rest[2] != '}')
        return std::nullopt;
    auto number = static_cast<std::size_t>(rest[1] - '0');
    rest.remove_prefix(3);
    return number;
}

}  // namespace

std::string Message::text(const Translate& translate) const {
    std::string_view rest = translate ? translate(id) : id;
    std::string out;
    std::size_t next = 0;
    while (!rest.empty()) {
        if (auto number = take_placeholder(rest, next)) {
            if (*number < arguments.size()) out += arguments[*number];
            continue;
        }
        out += rest.front();
        rest.remove_prefix(1);
    }
    return out;
}

std::string to_text(const Fault& fault, const Translate& translate) {
    std::string text;
    if (!fault.file.empty()) text = fault.file + ":";
    if (fault.place.line > 0) text += base::format("{}:{}:", fault.place.line, fault.place.column);
    if (!text.empty()) text += " ";
    std::string what = fault.what.text(translate);
    if (fault.expected.empty()) return text + what;
    return text + Message{kWithExpectation, {what, fault.expected.text(translate)}}.text(translate);
}

}  // namespace linli::content
