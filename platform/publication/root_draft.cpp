#include "platform/publication/root_draft.h"

#include "middleware/base/format.h"

namespace linli::platform {

using base::Result;

namespace {

bool is_signed(std::string_view file) {
    return file.starts_with("linli-signed ");
}

}  // namespace

Result<Root> draft_root(const std::optional<Root>& newest, const RootDraft& draft,
                        std::chrono::sys_seconds now) {
    Root root = newest.value_or(Root{.version = 0});
    ++root.version;
    root.published = now;
    root.expires = now + draft.lifetime;
    if (!draft.keys.empty()) root.keys.keys = draft.keys;
    if (draft.threshold) root.keys.threshold = *draft.threshold;
    for (const auto& [city, keys] : draft.cities)
        root.cities.insert_or_assign(city, keys);
    for (const content::AreaCode& city : draft.dropped) {
        if (root.cities.erase(city) == 0)
            return base::fail(base::format("the root names no city {}", city.str()));
    }
    return read_root(write_root(root));
}

Result<Root> read_any_root(std::string_view file) {
    if (!is_signed(file)) return read_root(file);
    LINLI_TRY(read, read_signed(file));
    return read_root(read.payload);
}

Result<std::string> sign_root(std::string_view file,
                              const std::vector<const base::SecretKey*>& keys) {
    LINLI_TRY(root, read_any_root(file));
    if (keys.empty()) return base::fail("no key is at hand that could sign");
    std::string signed_root =
        is_signed(file) ? std::string(file) : write_signed(file, {keys.front()});
    for (const base::SecretKey* key : keys) {
        LINLI_TRY(more, add_signature(signed_root, *key));
        signed_root = std::move(more);
    }
    return signed_root;
}

}  // namespace linli::platform
