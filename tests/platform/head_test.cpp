#include "platform/publication/head.h"

#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using platform::Head;

namespace {

const std::string kHash(64, 'a');

Head sample_head() {
    Head head{.area = tests::area("12/0101")};
    head.sequence = 7;
    head.published = tests::kMonday;
    head.expires = tests::kMonday + 24h;
    head.poll = 5min;
    head.content = {kHash, 123, 456};
    head.objects = {{std::string(64, 'b'), 9, "image/png"}};
    return head;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    return text.replace(text.find(what), what.size(), with);
}

}  // namespace

TEST_GROUP(Head){};

TEST(Head, ReadsWhatItWrites) {
    Head written = sample_head();
    auto read = platform::read_head(platform::write_head(written));
    CHECK_GOOD(read);
    CHECK_TEXT_EQUAL("12/0101", read->area.str());
    UNSIGNED_LONGS_EQUAL(7, read->sequence);
    CHECK_TRUE(read->published == written.published && read->expires == written.expires && read->poll == 5min);
    CHECK_TRUE(read->content == written.content);
    CHECK_TRUE(read->objects == written.objects);
}

TEST(Head, NamesFilesByArea) {
    CHECK_TEXT_EQUAL("areas/12/0101/head.xml", platform::head_path(tests::area("12/0101")));
    CHECK_TEXT_EQUAL("objects/aa/" + kHash + ".zst", platform::content_path(sample_head().content));
    CHECK_TEXT_EQUAL("objects/bb/" + std::string(64, 'b'), platform::object_path(sample_head().objects[0]));
}

TEST(Head, PassesOverWhatALaterVersionAdds) {
    std::string xml = platform::write_head(sample_head());
    xml = replaced(xml, "poll=", "new=\"1\" poll=");
    xml = replaced(xml, "<content", "<signature xmlns=\"urn:other\"><content/></signature><delta from=\"6\"/><content");
    CHECK_GOOD(platform::read_head(xml));
}

TEST(Head, IsRefusedWithTheReason) {
    std::string good = platform::write_head(sample_head());
    const std::pair<std::string, const char*> kCases[] = {
        {"", "no element found"},
        {replaced(good, "urn:linli:publication:1", "urn:linli:publication:2"), "the root is not <head xmlns="},
        {replaced(good, "area=\"12/0101\"", "area=\"../x\""), "<head>: area is not an area"},
        {replaced(good, "sequence=\"7\"", "sequence=\"-7\""), "<head>: sequence is not a number"},
        {replaced(good, "sequence=\"7\"", ""), "<head>: sequence is missing"},
        {replaced(good, "expires=\"2026", "expires=\"today 2026"), "<head>: expires is not a time"},
        {replaced(good, "poll=\"300\"", "poll=\"999999\""), "<head>: poll is more than 86400"},
        {replaced(good, kHash, "../../../../etc/passwd"), "<content>: sha256 is not a SHA-256 hash"},
        {replaced(good, "unpacked-length=\"456\"", "unpacked-length=\"67108865\""), "unpacked-length is more than"},
        {replaced(good, "<content", "<content sha256=\"" + kHash + "\" length=\"1\" unpacked-length=\"1\"/><content"),
         "more than one <content>"},
        {replaced(good, "<content", "<contents"), "the head has no <content>"},
        {replaced(good, "<head", "<!DOCTYPE head><head"), "a document type declaration is not allowed"},
        {good + std::string(platform::kMostHeadBytes, ' '), "65536 at most"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto head = platform::read_head(xml);
        CHECK_FALSE_TEXT(head.has_value(), reason);
        STRCMP_CONTAINS(reason, head.error().message.c_str());
    }
}
