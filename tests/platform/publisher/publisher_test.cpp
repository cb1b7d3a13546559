#include "platform/publication/publisher.h"

#include <algorithm>
#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "platform/publication/key_changes.h"
#include "platform/publication/used_files.h"
#include "tests/content/sample_items.h"
#include "tests/platform/publisher/editors_desk.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using platform::Head;
using platform::Part;
using platform::PublishOutcome;

namespace {

const std::string kPng("\x89PNG\r\n\x1A\n and so on");
const std::string kPicture = "<p>看图</p><picture src=\"map.png\" alt=\"地图\"/>";

}  // namespace

// clang-format off
TEST_GROUP(Publisher) {
    EditorsDesk desk;

    void setup() override {
        desk.write("12/area.xml", "12", area_xml("城") + category_xml("news"));
        desk.write("12/0101/area.xml", "12/0101", area_xml("区"));
        desk.write("12/0101/news.xml", "12/0101", notice_xml("a", "停水") + notice_xml("b", "停电") + many());
    }
    /// Enough for several frames, and for deltas that are worth it.
    static std::string many(int from = 0) {
        std::string items;
        for (int i = from; i < from + 1500; ++i)
            items += notice_xml("n" + std::to_string(i), "通知" + std::to_string(i), "",
                                "<p>" + base::Sha256::of(std::to_string(i)) + "</p>");
        return items;
    }
    Head district(Part part = Part::Content) { return desk.head("12/0101", part); }
    std::filesystem::path state() { return desk.tree() / ".publisher/state.db"; }
};
// clang-format on

TEST(Publisher, PublishesNothingOfAFolderWithFaults) {
    desk.write("12/0101/news.xml", "12/0101", "<oops/>");
    auto before = desk.served();
    auto report = desk.try_publish();
    CHECK_GOOD(report);
    STRCMP_CONTAINS("<oops> is not known", to_text(report->check.faults.front()).c_str());
    CHECK_TRUE(report->areas.empty());
    CHECK_TRUE(desk.served() == before);
}

TEST(Publisher, WritesTheItemsInCanonicalOrder) {
    desk.write("12/0101/news.xml", "12/0101",
               notice_xml("b", "乙", "published=\"2026-11-20T10:00:00+08:00\"") + notice_xml("z", "丙") +
                   notice_xml("a", "甲", "published=\"2026-11-20T02:00:00Z\"") + category_xml("x", "services") +
                   category_xml("x", "guides") + category_xml("w", "guides"));
    desk.publish();
    Head head = district();
    CHECK_TEXT_EQUAL(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/0101\">\n"
        "<area id=\"area\"><name>区</name></area>\n"
        "<category id=\"w\" board=\"guides\" icon=\"bus\" order=\"1\"><name>栏目</name></category>\n"
        "<category id=\"x\" board=\"services\" icon=\"bus\" order=\"1\"><name>栏目</name></category>\n"
        "<category id=\"x\" board=\"guides\" icon=\"bus\" order=\"1\"><name>栏目</name></category>\n"
        "<notice id=\"z\" category=\"news\" published=\"2026-11-20T10:00:00Z\" initials=\"b\"><title>丙</title>"
        "<issuer>居委会</issuer><body><p>正文</p></body></notice>\n"
        "<notice id=\"a\" category=\"news\" published=\"2026-11-20T02:00:00Z\" initials=\"j\"><title>甲</title>"
        "<issuer>居委会</issuer><body><p>正文</p></body></notice>\n"
        "<notice id=\"b\" category=\"news\" published=\"2026-11-20T02:00:00Z\" initials=\"y\"><title>乙</title>"
        "<issuer>居委会</issuer><body><p>正文</p></body></notice>\n"
        "</exchange>\n",
        desk.read(head).document);
    UNSIGNED_LONGS_EQUAL(7, head.content.items);
    CHECK_TRUE(head.published == kNow && head.expires == kNow + 24h * 30 && head.poll == 300s && !head.alerts);
}

TEST(Publisher, ChangesNoByteWhenNothingChanged) {
    desk.publish();
    auto before = desk.served();
    for (const auto& one : desk.publish(kNow + 24h).areas) CHECK_TRUE(one.outcome == PublishOutcome::Unchanged);
    CHECK_TRUE(desk.served() == before);
    // Nor when the files were only saved again.
    desk.write("12/0101/area.xml", "12/0101", area_xml("区"));
    desk.publish(kNow + 24h);
    CHECK_TRUE(desk.served() == before);
}

TEST(Publisher, RenewsAHeadThatHasLivedHalfItsLife) {
    desk.publish();
    Head old = district();
    CHECK_TRUE(desk.publish_one("12/0101", kNow + 24h * 15) == PublishOutcome::Renewed);
    CHECK_TRUE(district().sequence > old.sequence && district().content == old.content);
    CHECK_TRUE(district().expires == kNow + 24h * 45);
}

TEST(Publisher, RaisesTheSequenceAlsoWhenTheClockStands) {
    desk.publish();
    auto first = district().sequence;
    desk.write("12/0101/news.xml", "12/0101", notice_xml("a", "来水了"));
    desk.publish(kNow - 1h);
    UNSIGNED_LONGS_EQUAL(first + 1, district().sequence);
}

TEST(Publisher, NamesTheAreasBelowAndTheNewestRoot) {
    desk.publish();
    Head city = desk.head("12");
    LONGS_EQUAL(1, city.areas.size());
    CHECK_TEXT_EQUAL("12/0101", city.areas.begin()->first.str());
    UNSIGNED_LONGS_EQUAL(1, city.root);
}

TEST(Publisher, SignsWithTheKeysThatAreNamedNow) {
    desk.publish();
    auto ring = platform::KeyRing::open({desk.keys()}, nullptr);
    CHECK_GOOD(ring);
    auto old_key = platform::read_public_key(desk.keys() / "12-0101.pub");
    auto new_key = platform::create_key(desk.keys(), "new", "");
    {
        auto changes = platform::KeyChanges::begin(desk.tree(), *ring, kNow);
        CHECK_GOOD(changes);
        CHECK_GOOD(changes->rotate(area("12/0101"), *old_key, *new_key));
    }
    desk.publish(kNow + 1s);
    district();  // by the new key: it is good
}

TEST(Publisher, LeavesAreasAsTheyAreWhoseKeyIsNotAtHand) {
    desk.publish();
    Head old = district();
    std::filesystem::rename(desk.keys() / "12-0101.key", desk.keys() / "12-0101.elsewhere");
    desk.write("12/area.xml", "12", area_xml("新城") + category_xml("news"));
    desk.write("12/0101/news.xml", "12/0101", notice_xml("a", "来水了") + many());
    auto report = desk.publish(kNow + 1h);
    CHECK_TRUE(report.areas[0].outcome == PublishOutcome::Changed);
    CHECK_TRUE(report.areas[1].outcome == PublishOutcome::NoKey);
    CHECK_TRUE(district().content == old.content);

    // With the key at hand again it comes, with a delta from what was published.
    ReadContent before = desk.read(old);
    std::filesystem::rename(desk.keys() / "12-0101.elsewhere", desk.keys() / "12-0101.key");
    CHECK_TRUE(desk.publish_one("12/0101", kNow + 2h) == PublishOutcome::Changed);
    LONGS_EQUAL(1, district().deltas.size());
    CHECK_TRUE(desk.apply(before, district().deltas[0]).items == desk.read(district()).items);
}

TEST(Publisher, SaysWhenNoKeyIsAtHandAtAll) {
    for (const char* key : {"12.key", "12-0101.key"}) std::filesystem::remove(desk.keys() / key);
    auto report = desk.try_publish();
    CHECK_FALSE(report.has_value());
    STRCMP_CONTAINS("no key is at hand that may publish for 12", report.error().message.c_str());
}

TEST(Publisher, AnEditChangesOneFrameAndGivesASmallDelta) {
    desk.publish();
    Head old = district();
    auto packed = *base::read_file(desk.tree() / platform::packed_path(old.content.sha256));
    desk.write("12/0101/news.xml", "12/0101", notice_xml("a", "来水了") + notice_xml("b", "停电") + many());
    desk.publish(kNow + 1h);
    Head head = district();
    auto repacked = *base::read_file(desk.tree() / platform::packed_path(head.content.sha256));
    auto [front, other] = std::ranges::mismatch(packed, repacked);
    std::size_t same_in_front = front - packed.begin(), same_at_end = 0;
    while (same_at_end < packed.size() && packed[packed.size() - 1 - same_at_end] == repacked[repacked.size() - 1 - same_at_end])
        ++same_at_end;
    CHECK_TRUE(same_in_front + same_at_end > packed.size() / 2);
    LONGS_EQUAL(1, head.deltas.size());
    CHECK_TEXT_EQUAL(old.content.sha256, head.deltas[0].from);
    CHECK_TRUE(head.deltas[0].length < 200);
}

TEST(Publisher, EachRememberedContentWithItsDeltaIsTheNewContent) {
    std::map<std::string, ReadContent> past;
    for (int round = 0; round < 6; ++round) {
        std::string items = many(round * 7);
        if (round % 2 == 0) items += notice_xml("a", "第" + std::to_string(round) + "次");
        if (round != 3) items += category_xml("extra", "services");
        desk.write("12/0101/news.xml", "12/0101", items);
        desk.publish(kNow + 1h * round, 4);
        Head head = district();
        ReadContent present = desk.read(head);
        LONGS_EQUAL(std::min(round, 4), head.deltas.size());
        for (const Head::Delta& delta : head.deltas)
            CHECK_TRUE(desk.apply(past.at(delta.from), delta).items == present.items);
        past[head.content.sha256] = present;
    }
}

TEST(Publisher, AContentThatComesBackHasNoDeltaFromItself) {
    auto write = [&](const char* title) { desk.write("12/0101/news.xml", "12/0101", notice_xml("a", title) + many()); };
    std::map<std::string, ReadContent> past;
    for (const char* title : {"甲", "乙", "甲", "丙"}) {
        write(title);
        desk.publish(kNow + 1h * std::ssize(past));
        Head head = district();
        ReadContent present = desk.read(head);
        for (const Head::Delta& delta : head.deltas) {
            CHECK_TRUE(delta.from != head.content.sha256);
            CHECK_TRUE(desk.apply(past.at(delta.from), delta).items == present.items);
        }
        past[head.content.sha256] = present;
    }
    LONGS_EQUAL(2, district().deltas.size());
}

TEST(Publisher, ADeltaLongerThanHalfOfTheContentIsLeftOut) {
    desk.publish();
    desk.write("12/0101/news.xml", "12/0101", many(10000));
    desk.publish(kNow + 1h);
    CHECK_TRUE(district().deltas.empty());
}

TEST(Publisher, UrgentNoticesHaveAPartOfTheirOwn) {
    desk.publish();
    CHECK_FALSE(std::filesystem::exists(desk.tree() / "areas/12/0101/alerts.signed"));
    ReadContent calm = desk.read(district());

    desk.write("12/0101/alert.xml", "12/0101", notice_xml("storm", "台风", "urgency=\"urgent\""));
    desk.publish(kNow + 1h);
    CHECK_TRUE(district().alerts == 30s && district(Part::Alerts).poll == 30s);
    CHECK_TRUE(desk.read(district()).items == calm.items);
    LONGS_EQUAL(1, desk.read(district(Part::Alerts)).items.size());
    CHECK_TRUE(district(Part::Alerts).deltas.empty());

    // It calms down: the notice moves, and the part stays.
    desk.write("12/0101/alert.xml", "12/0101", notice_xml("storm", "台风", "urgency=\"important\""));
    desk.publish(kNow + 2h);
    LONGS_EQUAL(0, desk.read(district(Part::Alerts)).items.size());
    LONGS_EQUAL(calm.items.size() + 1, desk.read(district()).items.size());
    CHECK_TRUE(desk.apply(calm, district().deltas[0]).items == desk.read(district()).items);

    // And up again: a delta takes it out of the content.
    ReadContent with_notice = desk.read(district());
    desk.write("12/0101/alert.xml", "12/0101", notice_xml("storm", "台风", "urgency=\"urgent\""));
    desk.publish(kNow + 3h);
    CHECK_TRUE(desk.apply(with_notice, district().deltas[0]).items == calm.items);
    CHECK_TRUE(desk.read(district()).items == calm.items);
}

TEST(Publisher, DescribesPicturesInTheirItems) {
    desk.write_bytes("12/0101/map.png", kPng);
    desk.write("12/0101/map.xml", "12/0101", notice_xml("map", "地图", "", kPicture));
    desk.publish();
    std::string hash = base::Sha256::of(kPng);
    STRCMP_CONTAINS(("<picture src=\"sha256:" + hash + "\" length=\"18\" media-type=\"image/png\" alt=\"地图\"/>").c_str(),
                    desk.read(district()).document.c_str());
    CHECK_TEXT_EQUAL(kPng, *base::read_file(desk.tree() / platform::object_path(hash)));

    // Another picture by the same name is another item.
    desk.write_bytes("12/0101/map.png", kPng + "!");
    CHECK_TRUE(desk.publish_one("12/0101", kNow + 1h) == PublishOutcome::Changed);
    STRCMP_CONTAINS(base::Sha256::of(kPng + "!").c_str(), desk.read(district()).document.c_str());
}

TEST(Publisher, MendsATreeThatLostFiles) {
    desk.write_bytes("12/0101/map.png", kPng);
    desk.write("12/0101/map.xml", "12/0101", notice_xml("map", "地图", "", kPicture));
    desk.publish();
    desk.write("12/0101/more.xml", "12/0101", notice_xml("more", "再来"));
    desk.publish(kNow + 1h);
    auto whole = desk.served();
    Head head = district();
    for (const std::string& path : {platform::packed_path(head.content.sha256), platform::packed_path(head.deltas[0].sha256),
                                    platform::object_path(base::Sha256::of(kPng))}) {
        std::filesystem::remove(desk.tree() / path);
        desk.publish(kNow + 2h);
        CHECK_TEXT_EQUAL(whole[path], desk.served()[path]);
        CHECK_TRUE(district() .content == head.content);
    }
}

TEST(Publisher, TakesNothingOverFromAContentFileThatWasTamperedWith) {
    desk.publish();
    auto file = desk.tree() / platform::packed_path(district().content.sha256);
    auto bytes = *base::read_file(file);
    bytes[bytes.size() / 2] ^= 1;
    CHECK_GOOD(base::write_file_atomically(file, bytes));
    desk.write("12/0101/more.xml", "12/0101", notice_xml("more", "再来"));
    desk.publish(kNow + 1h);
    LONGS_EQUAL(1504, desk.read(district()).items.size());
}

TEST(Publisher, ReplacesAHeadThatIsDamaged) {
    desk.publish();
    CHECK_GOOD(base::write_file_atomically(desk.tree() / "areas/12/0101/head.signed", "<head"));
    desk.publish(kNow + 1h);
    CHECK_TRUE(district().published == kNow + 1h);
}

TEST(Publisher, PublishesOnAfterItsStateWasLostOrDamaged) {
    desk.publish();
    desk.write("12/0101/more.xml", "12/0101", notice_xml("more", "再来"));
    desk.publish(kNow + 1h);
    auto before = desk.served();
    for (bool is_damaged : {false, true}) {
        std::filesystem::remove_all(desk.tree() / ".publisher");
        if (is_damaged) CHECK_GOOD(base::write_file_atomically(state(), std::string(100'000, 'x')));
        desk.publish(kNow + 2h);
        CHECK_TRUE(desk.served() == before);
    }
    desk.write("12/0101/more.xml", "12/0101", notice_xml("more", "又来"));
    ReadContent old = desk.read(district());
    desk.publish(kNow + 3h);
    CHECK_TRUE(desk.apply(old, district().deltas.at(0)).items == desk.read(district()).items);
}

TEST(Publisher, KeepsTheOldTreeWholeWhenTheDiskIsFull) {
    desk.publish();
    auto before = desk.served();
    ReadContent old = desk.read(district());
    desk.write("12/0101/news.xml", "12/0101", many(200));
    {
        FullDisk full(4096);
        CHECK_FALSE(desk.try_publish(kNow + 1h).has_value());
    }
    for (const auto& [name, bytes] : before) CHECK_TRUE(desk.served().at(name) == bytes);
    CHECK_TRUE(desk.publish_one("12/0101", kNow + 2h) == PublishOutcome::Changed);
    CHECK_TRUE(desk.apply(old, district().deltas.at(0)).items == desk.read(district()).items);
}

TEST(Publisher, RemovesFilesOnlyAfterTheirGrace) {
    desk.publish();
    Head old = district();
    desk.write("12/0101/more.xml", "12/0101", notice_xml("more", "再来"));
    desk.publish(kNow + 1h);
    auto content = platform::packed_path(old.content.sha256);
    LONGS_EQUAL(0, desk.publish(kNow + platform::kObjectGrace).files_removed);
    CHECK_TRUE(desk.served().contains(content));
    LONGS_EQUAL(1, desk.publish(kNow + 1h + platform::kObjectGrace).files_removed);
    CHECK_FALSE(desk.served().contains(content));
    desk.read(district());
}

TEST(Publisher, KeepsWhatAreasNameThatItKnowsNothingOf) {
    desk.write_bytes("12/0101/map.png", kPng);
    desk.write("12/0101/map.xml", "12/0101", notice_xml("map", "地图", "", kPicture));
    desk.publish();
    auto before = desk.served();
    std::filesystem::remove_all(desk.tree() / ".publisher");
    CHECK_GOOD(base::write_file_atomically(desk.tree() / "objects/aa/left-over", "of a crash"));
    std::filesystem::remove_all(desk.editor() / "12/0101");
    desk.publish(kNow + 1h);
    LONGS_EQUAL(1, desk.publish(kNow + 1h + platform::kObjectGrace).files_removed);
    for (const auto& [name, bytes] : before) CHECK_TRUE(desk.served().contains(name));
}

TEST(Publisher, RefusesATreeWithoutARoot) {
    std::filesystem::remove_all(desk.tree());
    STRCMP_CONTAINS("has no root", desk.try_publish().error().message.c_str());
}
