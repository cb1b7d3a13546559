#include "tests/platform/publication_forgery.h"

#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using platform::Head;
using platform::KeySet;
using platform::Root;

KeySet key_set(unsigned threshold, const std::vector<const SecretKey*>& keys) {
    KeySet set{threshold, {}};
    for (const SecretKey* key : keys)
        set.keys.push_back(key->public_key());
    return set;
}

Root make_root(std::uint64_t version, KeySet keys) {
    return {version, kMonday, kMonday + std::chrono::days(1000), std::move(keys), {}};
}

Head make_head(const std::string& code) {
    Head head{.area = area(code)};
    head.sequence = 7;
    head.published = kMonday;
    head.expires = kMonday + std::chrono::days(30);
    head.content = {std::string(64, 'a'), 123, 456, 3};
    return head;
}

std::string signed_root(const Root& root, const std::vector<const SecretKey*>& signers) {
    return platform::write_signed(platform::write_root(root), signers);
}

std::string signed_head(const Head& head, const std::vector<const SecretKey*>& signers) {
    return platform::write_signed(platform::write_head(head), signers);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    auto at = text.find(what);
    CHECK_TRUE(at != text.npos);
    return text.replace(at, what.size(), with);
}

}  // namespace linli::tests
