#include "platform/publication/head.h"

#include "middleware/base/format.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using platform::Head;

namespace {

const std::string kHash(64, 'a');

base::PublicKey key_of(char digit) { return *base::PublicKey::parse(std::string(64, digit)); }

Head sample_head() {
    Head head{.area = tests::area("12/0101")};
    head.sequence = 7;
    head.published = tests::kMonday;
    head.expires = tests::kMonday + 24h;
    head.poll = 5min;
    head.root = 2;
    head.alerts = 30s;
    head.content = {kHash, 123, 456, 3};
    head.deltas = {{std::string(64, 'b'), std::string(64, 'c'), 9, 20}, {std::string(64, 'd'), kHash, 10, 21}};
    head.areas = {{tests::area("12/0101/001"), {1, {key_of('1')}}},
                  {tests::area("12/0101/002"), {2, {key_of('2'), key_of('3')}}}};
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
    CHECK_TRUE(read->part == content::Part::Content);
    CHECK_TEXT_EQUAL("12/0101", read->area.str());
    UNSIGNED_LONGS_EQUAL(7, read->sequence);
    UNSIGNED_LONGS_EQUAL(2, read->root);
    CHECK_TRUE(read->published == written.published && read->expires == written.expires && read->poll == 5min);
    CHECK_TRUE(read->alerts == written.alerts);
    CHECK_TRUE(read->content == written.content);
    CHECK_TRUE(read->deltas == written.deltas);
    CHECK_TRUE(read->areas == written.areas);
}

TEST(Head, OfAlertsReadsWhatItWrites) {
    Head written = sample_head();
    written.part = content::Part::Alerts;
    written.alerts.reset();
    written.deltas.clear();
    written.areas.clear();
    auto read = platform::read_head(platform::write_head(written));
    CHECK_GOOD(read);
    CHECK_TRUE(read->part == content::Part::Alerts);
}

TEST(Head, NamesFilesByAreaPartAndHash) {
    CHECK_TEXT_EQUAL("areas/12/0101/head.signed", platform::head_path(tests::area("12/0101"), content::Part::Content));
    CHECK_TEXT_EQUAL("areas/12/alerts.signed", platform::head_path(tests::area("12"), content::Part::Alerts));
    CHECK_TEXT_EQUAL("objects/aa/" + kHash + ".zst", platform::packed_path(kHash));
    CHECK_TEXT_EQUAL("objects/aa/" + kHash, platform::object_path(kHash));
}

TEST(Head, PassesOverWhatALaterVersionAdds) {
    std::string xml = platform::write_head(sample_head());
    xml = replaced(xml, "poll=", "new=\"1\" poll=");
    xml = replaced(xml, "<content", "<content xmlns=\"urn:other\"><content/></content><dictionary from=\"6\"/><content");
    auto head = platform::read_head(xml);
    CHECK_GOOD(head);
    CHECK_TRUE(head->content == sample_head().content);
}

TEST(Head, IsRefusedWithTheReason) {
    std::string good = platform::write_head(sample_head());
    const std::string kKey1(64, '1');
    const std::string kKey2(64, '2');
    const std::string kKey3(64, '3');
    std::string many_keys;
    for (int i = 0; i < 16; ++i) many_keys += base::format("<key>{:064}</key>", i);
    const std::pair<std::string, const char*> kCases[] = {
        {"", "no element found"},
        {replaced(good, "urn:linli:publication:1", "urn:linli:publication:2"), "the root is not <head xmlns="},
        {replaced(good, "part=\"content\"", "part=\"advice\""), "<head>: part is neither content nor alerts"},
        {replaced(good, "part=\"content\"", "part=\"alerts\""), "a head of alerts has neither deltas"},
        {replaced(good, "area=\"12/0101\"", "area=\"../x\""), "<head>: area is not an area"},
        {replaced(good, "sequence=\"7\"", "sequence=\"-7\""), "<head>: sequence is not a number"},
        {replaced(good, "sequence=\"7\"", "sequence=\"0\""), "<head>: sequence is less than 1"},
        {replaced(good, "sequence=\"7\"", "sequence=\"9223372036854775808\""), "<head>: sequence is more than"},
        {replaced(good, "sequence=\"7\"", ""), "<head>: sequence is missing"},
        {replaced(good, "expires=\"2026", "expires=\"today 2026"), "<head>: expires is not a time"},
        {replaced(good, "poll=\"300\"", "poll=\"999999\""), "<head>: poll is more than 86400"},
        {replaced(good, "root=\"2\"", "root=\"0\""), "<head>: root is less than 1"},
        {replaced(good, "alerts=\"30\"", "alerts=\"soon\""), "<head>: alerts is not a number"},
        {replaced(good, kHash, "../../../../etc/passwd"), "<content>: sha256 is not a SHA-256 hash"},
        {replaced(good, "unpacked-length=\"456\"", "unpacked-length=\"268435457\""), "unpacked-length is more than"},
        {replaced(good, " length=\"123\"", " length=\"67108865\""), "length is more than"},
        {replaced(good, " items=\"3\"", ""), "<content>: items is missing"},
        {replaced(good, "from=\"bb", "from=\"BB"), "<delta>: from is not a SHA-256 hash"},
        {replaced(good, "length=\"9\"", "length=\"67108865\""), "<delta>: length is more than"},
        {replaced(good, "<content", "<content sha256=\"" + kHash + "\"/><content"), "the head has 2 <content>"},
        {replaced(good, "<content", "<contents"), "the head has 0 <content>"},
        {replaced(good, "code=\"12/0101/001\"", "code=\"12/0102/001\""), "code is not directly below 12/0101"},
        {replaced(good, "code=\"12/0101/001\"", "code=\"12/0101\""), "code is not directly below 12/0101"},
        {replaced(good, "code=\"12/0101/001\"", "code=\"12/0101/001/001\""), "code is not directly below 12/0101"},
        {replaced(good, "code=\"12/0101/001\"", "code=\"12/0101/002\""), "<area>: code is named twice"},
        {replaced(good, "threshold=\"2\"", "threshold=\"0\""), "<area>: threshold is less than 1"},
        {replaced(good, "threshold=\"2\"", "threshold=\"3\""), "<area>: threshold is more than 2"},
        {replaced(good, kKey3, kKey2), "<key>: a key is named twice"},
        {replaced(good, kKey1, kKey1 + "1"), "<key>: a public key is 64 lower-case hex digits"},
        {replaced(good, "<key>" + kKey1 + "</key>", ""), "<area>: there are 0 keys"},
        {replaced(good, "<key>" + kKey1, many_keys + "<key>" + kKey1), "<area>: there are 17 keys, 1 to 16"},
        {replaced(good, "<head", "<!DOCTYPE head><head"), "a document type declaration is not allowed"},
        {replaced(good, "<content", "<content \xff"), "not well-formed"},
    };
    for (const auto& [xml, reason] : kCases) {
        auto head = platform::read_head(xml);
        CHECK_FALSE_TEXT(head.has_value(), reason);
        STRCMP_CONTAINS(reason, head.error().message.c_str());
    }
    CHECK_FALSE(platform::read_head(good + std::string(platform::kMostSignedBytes, ' ')).has_value());
}

TEST(Head, SequenceIsTheTimeAndAlwaysRises) {
    auto now = static_cast<std::uint64_t>(tests::kMonday.time_since_epoch().count());
    UNSIGNED_LONGLONGS_EQUAL(now, platform::next_sequence(0, tests::kMonday));
    UNSIGNED_LONGLONGS_EQUAL(now, platform::next_sequence(now - 1, tests::kMonday));
    UNSIGNED_LONGLONGS_EQUAL(now + 1, platform::next_sequence(now, tests::kMonday));
    UNSIGNED_LONGLONGS_EQUAL(now + 1001, platform::next_sequence(now + 1000, tests::kMonday));
    UNSIGNED_LONGLONGS_EQUAL(1, platform::next_sequence(0, std::chrono::sys_seconds(0s)));
}

TEST(Head, TheHighestSequenceOfAThiefIsNotCounted) {
    auto now = static_cast<std::uint64_t>(tests::kMonday.time_since_epoch().count());
    UNSIGNED_LONGLONGS_EQUAL(now, platform::next_sequence(INT64_MAX, tests::kMonday));
    UNSIGNED_LONGLONGS_EQUAL(now, platform::next_sequence(2 * now, tests::kMonday));
}
