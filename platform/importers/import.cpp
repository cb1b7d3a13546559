#include "platform/importers/import.h"

#include <algorithm>

#include "middleware/base/format.h"

namespace linli::platform {

std::string to_text(const Remark& remark, const content::Translate& translate) {
    using content::Message;
    const content::Fault& fault = remark.fault;
    std::string where = fault.file;
    if (fault.place.line > 0) where += base::format(":{}", fault.place.line);
    bool is_entry = remark.loss == Remark::Loss::Entry;
    std::string_view pattern = remark.entry.empty() ? N_("left out: {1}")
                               : is_entry           ? N_("\"{0}\" left out: {1}")
                                                    : N_("missing from \"{0}\": {1}");
    std::string why = content::to_text({{}, {.line = 0}, fault.what, fault.expected}, translate);
    std::string text = Message{pattern, {remark.entry, why}}.text(translate);
    return where.empty() ? text : where + ": " + text;
}

std::size_t Imported::dropped() const {
    return static_cast<std::size_t>(
        std::ranges::count(remarks, Remark::Loss::Entry, &Remark::loss));
}

}  // namespace linli::platform
