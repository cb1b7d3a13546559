#include "platform/publication/root.h"

#include "middleware/base/format.h"
#include "tests/content/sample_items.h"
#include "tests/platform/publication_forgery.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::area;
using linli::tests::replaced;
using platform::Root;

namespace {

base::PublicKey key_of(char digit) {
    return *base::PublicKey::parse(std::string(64, digit));
}

Root sample_root() {
    Root root = tests::make_root(2, {2, {key_of('1'), key_of('2'), key_of('3')}});
    root.cities = {{area("12"), {1, {key_of('4')}}}, {area("31"), {2, {key_of('5'), key_of('6')}}}};
    return root;
}

}  // namespace

TEST_GROUP(Root){};

TEST(Root, ReadsWhatItWrites) {
    Root written = sample_root();
    auto read = platform::read_root(platform::write_root(written));
    CHECK_GOOD(read);
    UNSIGNED_LONGS_EQUAL(2, read->version);
    CHECK_TRUE(read->published == written.published && read->expires == written.expires);
    CHECK_TRUE(read->keys == written.keys);
    CHECK_TRUE(read->cities == written.cities);
}

TEST(Root, HasAFileForEachVersion) {
    CHECK_TEXT_EQUAL("root/2.signed", platform::root_path(2));
}

TEST(Root, PassesOverWhatALaterVersionAdds) {
    std::string xml = platform::write_root(sample_root());
    xml = replaced(xml, "<keys", "<mirrors url=\"https://x\"/><keys kind=\"1\"");
    CHECK_GOOD(platform::read_root(xml));
}

TEST(Root, IsRefusedWithTheReason) {
    std::string good = platform::write_root(sample_root());
    std::string key1(64, '1');
    std::string many_keys;
    for (int i = 0; i < 16; ++i)
        many_keys += base::format("<key>{:064}</key>", i + 100);
    const std::pair<std::string, const char*> kCases[] = {
        {"", "no element found"},
        {replaced(good, "<root", "<head"), "the root is wrong at"},
        {replaced(good, "publication:1", "publication:2"), "the root is not <root xmlns="},
        {replaced(good, "version=\"2\"", "version=\"0\""), "<root>: version is less than 1"},
        {replaced(good, "version=\"2\"", "version=\"two\""), "<root>: version is not a number"},
        {replaced(good, "published=", "publisht="), "<root>: published is missing"},
        {replaced(good, "<keys", "<x"), "the root is wrong at"},
        {replaced(replaced(good, "<keys", "<x"), "</keys", "</x"),
         "the root has not exactly one <keys>"},
        {replaced(good, "threshold=\"2\"", "threshold=\"4\""), "<keys>: threshold is more than 3"},
        {replaced(good, key1, std::string(64, '2')), "<key>: a key is named twice"},
        {replaced(good, key1, "1"), "<key>: a public key is 64 lower-case hex digits"},
        {replaced(good, "<key>" + key1, many_keys + "<key>" + key1),
         "<keys>: there are 19 keys, 1 to 16"},
        {replaced(good, "code=\"12\"", "code=\"12/0101\""), "<area>: code is not a city"},
        {replaced(good, "code=\"12\"", "code=\"31\""), "<area>: code is named twice"},
        {replaced(good, "<root", "<!DOCTYPE root><root"),
         "a document type declaration is not allowed"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto root = platform::read_root(xml);
        CHECK_FALSE_TEXT(root.has_value(), reason);
        STRCMP_CONTAINS(reason, root.error().message.c_str());
    }
}
