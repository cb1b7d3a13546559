#include <filesystem>
#include <fstream>
#include <thread>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "middleware/storage/database.h"
#include "platform/publication/signed_file.h"
#include "platform/sync/area_updater.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_box.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;
using linli::tests::make_notice;
using linli::tests::streamed;
using linli::tests::with_body;
using linli::tests::with_status;
using net::HttpRequest;
using net::HttpResponse;
using platform::AreaReport;
using platform::Head;
using platform::Part;
using Outcome = AreaReport::Outcome;

namespace {

constexpr std::string_view kRoot = "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/0101\">";

/// Nested entities that would unfold to a billion letters.
std::string entity_bomb() {
    std::string dtd = "<!DOCTYPE exchange [<!ENTITY a \"lollollol\">";
    for (char c = 'b'; c < 'k'; ++c) {
        std::string before(1, static_cast<char>(c - 1));
        dtd += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) dtd += "&" + before + ";";
        dtd += "\">";
    }
    return dtd + "]>" + std::string(kRoot) + "<notice>&j;</notice></exchange>";
}

}  // namespace

// clang-format off
/// What an attacker, a broken server or a broken network can do; whatever it is, the store keeps what it had, and says why.
TEST_GROUP(SyncAttacks) {
    tests::TestPlatform platform;
    tests::SignedTree& tree = platform.signed_tree;
    tests::TestBox box{platform.url(), tree.root_file()};
    content::AreaCode home = area("12/0101");
    const std::vector<std::string> kOld = {"旧"};
    const std::vector<std::string> kNew = {"新"};
    const std::string kHead = "0101/head.signed";

    void setup() override {
        platform.publish(home, std::vector{make_notice("a", "旧")}, kMonday - 1h);
        CHECK_TEXT_EQUAL("", box.update(home).error);
        CHECK_TRUE(box.titles(home) == kOld);
    }
    Head publish_new() { return platform.publish(home, std::vector{make_notice("a", "新")}); }
    /// The attempt fails for this reason, the old content stays.
    void expect_old_content(const char* reason, Outcome outcome = Outcome::Failed) {
        auto report = box.update(home);
        STRCMP_CONTAINS(reason, report.error.c_str());
        CHECK_TRUE(report.outcome == outcome);
        CHECK_FALSE(report.has_new_content);
        CHECK_TRUE(box.titles(home) == kOld);
    }
    /// Without the fault the next attempt succeeds.
    void expect_recovery() {
        platform.clear_faults();
        platform.publish(home, std::vector{make_notice("a", "新")}, kMonday + 1h);
        auto report = box.update(home);
        CHECK_TEXT_EQUAL("", report.error);
        CHECK_TRUE(box.titles(home) == kNew);
    }
    void expect_document_refused(std::string_view document, const char* reason) {
        tree.publish_document(home, document);
        expect_old_content(reason);
        expect_recovery();
    }
    std::string head_bytes(const content::AreaCode& of) { return *base::read_file(tree.head_file(of)); }
    void put_bytes(const std::filesystem::path& file, std::string_view bytes) { CHECK_GOOD(base::write_file_atomically(file, bytes)); }
};
// clang-format on

// Signatures and keys.

TEST(SyncAttacks, AnyBitOfAHeadThatIsFlippedIsRefused) {
    publish_new();
    std::string good = head_bytes(home);
    std::string served;
    platform.set_fault(kHead, [&](auto&) { return with_body(served); });
    // Every single bit of the file is tried by the test of signed files; here one of each byte.
    for (std::size_t at = 0; at < good.size(); at += 7) {
        served = good;
        served[at] = static_cast<char>(served[at] ^ (1 << at % 8));
        CHECK_FALSE(box.update_alone(home).error.empty());
        CHECK_TRUE(box.titles(home) == kOld);
    }
    expect_recovery();
}

TEST(SyncAttacks, ATruncatedHeadIsRefused) {
    publish_new();
    std::string good = head_bytes(home);
    for (std::size_t length : {std::size_t(0), std::size_t(1), std::size_t(20), good.size() / 2, good.size() - 1}) {
        platform.set_fault(kHead, [part = good.substr(0, length)](auto&) { return with_body(part); });
        CHECK_FALSE(box.update_alone(home).error.empty());
        CHECK_TRUE(box.titles(home) == kOld);
    }
    expect_recovery();
}

TEST(SyncAttacks, APaddedHeadIsRefused) {
    publish_new();
    put_bytes(tree.head_file(home), head_bytes(home) + "\n");
    expect_old_content("good signatures");
    expect_recovery();
}

TEST(SyncAttacks, AHeadByTheKeyOfAnotherAreaIsRefused) {
    Head head = publish_new();
    // Neither that of the area above, nor that of the one beside it, nor that of nobody.
    for (const char* other : {"12", "12/0102", "31"}) {
        put_bytes(tree.head_file(home), platform::write_signed(platform::write_head(head), {&tree.key(area(other))}));
        expect_old_content("good signatures");
    }
    expect_recovery();
}

TEST(SyncAttacks, AKeyOfACommunityPublishesForItAlone) {
    // The district's key signs a head for its city: the city's name no such key.
    Head city = tree.head(area("12"));
    ++city.sequence;
    put_bytes(tree.head_file(area("12")), platform::write_signed(platform::write_head(city), {&tree.key(home)}));
    STRCMP_CONTAINS("good signatures", box.update_alone(area("12")).error.c_str());
}

TEST(SyncAttacks, SwappedAreasAreRefused) {
    publish_new();
    platform.publish(area("12/0102"), std::vector{make_notice("a", "新")});
    put_bytes(tree.head_file(home), head_bytes(area("12/0102")));
    expect_old_content("good signatures");
    // Even where both areas have one key.
    put_bytes(tree.head_file(home), tree.sign(home, platform::write_head(tree.head(area("12/0102")))));
    expect_old_content("the head is that of area 12/0102");
    expect_recovery();
}

TEST(SyncAttacks, SwappedPartsAreRefused) {
    tree.publish(home, std::vector{make_notice("storm", "暴雨")}, kMonday, Part::Alerts);
    put_bytes(tree.head_file(home), *base::read_file(tree.head_file(home, Part::Alerts)));
    expect_old_content("the part");
}

TEST(SyncAttacks, RollbackIsRefused) {
    std::string old = head_bytes(home);
    publish_new();
    CHECK_TEXT_EQUAL("", box.update(home).error);
    put_bytes(tree.head_file(home), old);
    STRCMP_CONTAINS("is older than", box.update(home).error.c_str());
    CHECK_TRUE(box.titles(home) == kNew);

    // Also when the box was switched off, and when what it kept of heads is gone.
    box.restart();
    STRCMP_CONTAINS("is older than", box.update(home).error.c_str());
    std::filesystem::remove_all(box.trust_folder());
    box.restart();
    STRCMP_CONTAINS("is older than", box.update(home).error.c_str());
    CHECK_TRUE(box.titles(home) == kNew);
}

TEST(SyncAttacks, AnOlderTreePutBackIsRefused) {
    std::filesystem::copy(tree.folder(), tree.folder().string() + ".old", std::filesystem::copy_options::recursive);
    publish_new();
    CHECK_TEXT_EQUAL("", box.update(home).error);
    std::filesystem::remove_all(tree.folder());
    std::filesystem::rename(tree.folder().string() + ".old", tree.folder());
    STRCMP_CONTAINS("is older than", box.update(home).error.c_str());
    CHECK_TRUE(box.titles(home) == kNew);
}

TEST(SyncAttacks, AnOlderRootAndItsKeysAreRefused) {
    std::string by_old_key = head_bytes(area("12"));
    tree.change_key(area("12"), kMonday);
    CHECK_GOOD(box.trust->follow(*base::read_file(tree.folder() / "root/2.signed")));
    CHECK_GOOD(box.kept->keep_root(2, *base::read_file(tree.folder() / "root/2.signed")));
    box.restart();
    UNSIGNED_LONGS_EQUAL(2, box.trust->root().version);
    STRCMP_CONTAINS("good signatures", box.update_alone(area("12")).error.c_str());
    CHECK_FALSE(box.trust->follow(*base::read_file(tree.folder() / "root/1.signed")).has_value());
}

TEST(SyncAttacks, AnotherHeadOfTheSameSequenceIsRefused) {
    Head old = tree.head(home);
    Head head = publish_new();
    head.sequence = old.sequence;
    tree.put_head(head);
    expect_old_content("another head with the same sequence");
}

TEST(SyncAttacks, MixAndMatchOfHeadsAndContentsIsRefused) {
    Head head = publish_new();
    Head other = platform.publish(area("12/0102"), std::vector{make_notice("a", "假")});
    // Another content under the name of the right one, as long as it is.
    auto wrong = *base::read_file(tree.content_file(other));
    wrong.resize(head.content.length);
    platform.set_fault(".zst", [wrong](auto&) { return with_body(wrong); });
    expect_old_content("it has another hash");
    platform.clear_faults();
    // A head of the area that names the content of another.
    head.content = other.content;
    head.deltas.clear();
    ++head.sequence;
    tree.put_head(head);
    expect_old_content("it is the content of another area");
}

TEST(SyncAttacks, AFastForwardEndsWithTheKeyThatDidIt) {
    Head head = publish_new();
    head.sequence = (std::uint64_t(1) << 63) - 1;
    tree.put_head(head);
    CHECK_TEXT_EQUAL("", box.update(home).error);
    tree.change_key(home, kMonday + 1h);
    Head next = head;
    next.sequence = static_cast<std::uint64_t>((kMonday + 2h).time_since_epoch().count());
    tree.put_head(next);
    platform.publish(home, std::vector{make_notice("a", "又新")}, kMonday + 3h);
    Head mended = tree.head(home);
    mended.sequence = next.sequence;
    tree.put_head(mended);

    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.titles(home) == std::vector<std::string>{"又新"});
}

TEST(SyncAttacks, ContentOfARevokedKeyIsWithdrawn) {
    tree.change_key(home, kMonday + 1h);
    auto report = box.update(home);
    CHECK_TRUE(report.outcome == Outcome::Revoked);
    CHECK_GOOD(box.updater->withdraw(home, Part::Content));
    CHECK_TRUE(box.titles(home).empty());

    tree.renew(home, kMonday + 2h);
    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.titles(home) == kOld);
}

TEST(SyncAttacks, ContentOfAnAreaThatIsNamedNoMoreIsWithdrawn) {
    Head city = tree.head(area("12"));
    city.areas.clear();
    ++city.sequence;
    tree.put_head(city);
    auto report = box.update(home);
    CHECK_TRUE(report.outcome == Outcome::Revoked);
    STRCMP_CONTAINS("names nobody who may publish for it", report.error.c_str());
}

TEST(SyncAttacks, ARevokedKeyPublishesNothingMore) {
    publish_new();
    std::string stolen = head_bytes(home);
    tree.change_key(home, kMonday + 1h);
    put_bytes(tree.head_file(home), stolen);
    auto report = box.update(home);
    CHECK_TRUE(report.outcome == Outcome::Revoked);
    CHECK_TRUE(box.titles(home) == kOld);
}

TEST(SyncAttacks, ARotatedKeyCostsNoContent) {
    tree.change_key(home, kMonday + 1h);
    tree.renew(home, kMonday + 1h);
    auto report = box.update(home);
    CHECK_TEXT_EQUAL("", report.error);
    CHECK_TRUE(report.outcome == Outcome::Unchanged);
}

TEST(SyncAttacks, ANetworkThatIsDownWithdrawsNothing) {
    tree.change_key(home, kMonday + 1h);
    box.update_alone(area("12"));
    platform.set_fault(kHead, [](auto&) { return with_status(500); });
    CHECK_TRUE(box.update_alone(home).outcome == Outcome::Failed);
    box.client.set_network(false);
    CHECK_TRUE(box.update_alone(home).outcome == Outcome::Unreachable);
    CHECK_TRUE(box.titles(home) == kOld);
}

TEST(SyncAttacks, AHeadThatIsGoneIsAFaultAndNoMessage) {
    std::filesystem::remove(tree.head_file(home));
    expect_old_content("though it had a head");
}

TEST(SyncAttacks, ATamperedTrustFolderGainsNothing) {
    Head forged = publish_new();
    auto key = base::SecretKey::generate();
    std::string file = platform::write_signed(platform::write_head(forged), {&key});
    CHECK_GOOD(box.kept->keep_head(home, Part::Content, {file, "\"forged\""}));
    platform.set_fault(kHead, [](const HttpRequest& request) {
        return with_status(request.header("If-None-Match") ? 304 : 500);
    });
    box.restart();
    expect_old_content("status 500");
    for (const auto& entry : std::filesystem::directory_iterator(box.trust_folder())) put_bytes(entry.path(), "damaged");
    box.restart();
    expect_old_content("status 500");
    expect_recovery();
}

// Documents.

TEST(SyncAttacks, XmlThatIsNotWellFormedIsRefused) {
    expect_document_refused(
        std::string(kRoot) + "<category id=\"a\" board=\"notices\" icon=\"bus\" order=\"1\"></exchange>",
        "this end tag does not belong");
}

TEST(SyncAttacks, XmlThatIsCutShortIsRefused) {
    std::string document = content::write_exchange(home, std::vector{make_notice("a", "新"), make_notice("b", "新")});
    expect_document_refused(document.substr(0, document.size() / 2), "area 12/0101: content ");
}

TEST(SyncAttacks, AnEntityBombIsRefused) { expect_document_refused(entity_bomb(), "document type declaration"); }

TEST(SyncAttacks, AnExternalEntityIsRefused) {
    expect_document_refused("<!DOCTYPE exchange [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + std::string(kRoot) +
                                "<notice>&x;</notice></exchange>",
                            "document type declaration");
}

TEST(SyncAttacks, AWrongEncodingIsRefused) {
    for (const char* declaration : {"UTF-8", "GB2312"}) {
        tree.publish_document(home, "<?xml version=\"1.0\" encoding=\"" + std::string(declaration) + "\"?>" +
                                        std::string(kRoot) + "\xD0\xC2</exchange>");
        expect_old_content("a character that cannot stand here");
    }
    expect_recovery();
}

TEST(SyncAttacks, AnItemWithAFaultIsRefused) {
    std::string good = content::write_exchange(home, std::vector{make_notice("a", "新")});
    expect_document_refused(good.replace(good.find("<title>"), 14, "<title> "), "area 12/0101: content ");
}

TEST(SyncAttacks, AnotherNumberOfItemsIsRefused) {
    tree.publish_document(home, content::write_exchange(home, std::vector{make_notice("a", "新")}), 2);
    expect_old_content("there are 1 items, not 2");
    expect_recovery();
}

TEST(SyncAttacks, ItemsOfALaterVersionAreCountedAndPassedOver) {
    std::string document = content::write_exchange(home, std::vector{make_notice("a", "新")});
    document.insert(document.find("<notice"), "<hologram id=\"h\"><beam/></hologram>");
    tree.publish_document(home, document, 2);
    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.titles(home) == kNew);
}

TEST(SyncAttacks, ARemovalInAWholeContentIsRefused) {
    expect_document_refused(std::string(kRoot) + "<removed kind=\"notice\" id=\"a\"/></exchange>", "removed");
}

TEST(SyncAttacks, ABombOfZstdIsRefused) {
    Head head = publish_new();
    auto bomb = base::compress(std::string(kRoot) + std::string(100u << 20, ' '));
    head.content = {base::Sha256::of(*bomb), bomb->size(), 1'000'000, 1};
    put_bytes(tree.content_file(head), *bomb);
    head.deltas.clear();
    ++head.sequence;
    tree.put_head(head);
    expect_old_content("it unpacks to more than 1000000 bytes");
    expect_recovery();
}

TEST(SyncAttacks, ContentThatUnpacksToLessThanTheHeadSaysIsRefused) {
    Head head = publish_new();
    head.content.unpacked_length += 1;
    head.deltas.clear();
    ++head.sequence;
    tree.put_head(head);
    expect_old_content("it unpacks to");
    expect_recovery();
}

// Servers and networks.

TEST(SyncAttacks, ContentThatIsMissingIsTold) {
    Head head = publish_new();
    platform.set_fault(".zst", [](auto&) { return with_status(404); });
    expect_old_content("status 404");
    expect_recovery();
}

TEST(SyncAttacks, ContentThatWasAlteredIsRefused) {
    Head head = publish_new();
    auto altered = *base::read_file(tree.content_file(head));
    altered[altered.size() / 2] ^= 1;
    platform.set_fault(".zst", [altered](auto&) { return with_body(altered); });
    expect_old_content("hash");
    expect_recovery();
}

TEST(SyncAttacks, TruncatedContentIsRefused) {
    Head head = publish_new();
    auto packed = *base::read_file(tree.content_file(head));
    platform.set_fault(".zst", [packed](auto&) { return with_body(packed.substr(0, packed.size() - 1)); });
    expect_old_content("it has");
    expect_recovery();
}

TEST(SyncAttacks, PaddedContentIsRefused) {
    Head head = publish_new();
    auto packed = *base::read_file(tree.content_file(head));
    platform.set_fault(head.content.sha256, [packed](auto&) { return with_body(packed + "more"); });
    platform.set_fault(head.deltas[0].sha256, [](auto&) { return with_status(404); });
    expect_old_content("longer than");
    expect_recovery();
}

TEST(SyncAttacks, EndlessDataIsRefused) {
    publish_new();
    // Announced: ten gigabytes. Not announced: as many as are taken.
    for (bool is_announced : {true, false}) {
        platform.set_fault("signed", [is_announced](auto&) {
            HttpResponse endless = streamed(10'000'000'000, [](auto& write) { while (write(std::string(4096, 'x'))) {} });
            if (!is_announced) endless.stream_length.reset();
            return endless;
        });
        expect_old_content("longer than 65536 bytes", Outcome::Unreachable);
        platform.clear_faults();
        platform.set_fault(".zst", [is_announced](auto&) {
            HttpResponse endless = streamed(10'000'000'000, [](auto& write) { while (write(std::string(4096, 'x'))) {} });
            if (!is_announced) endless.stream_length.reset();
            return endless;
        });
        expect_old_content("longer than");
        CHECK_TRUE(std::filesystem::is_empty(box.object_folder()));
        platform.clear_faults();
    }
    expect_recovery();
}

TEST(SyncAttacks, ASlowLorisIsGivenUp) {
    publish_new();
    auto trickle = [](auto&) {
        return streamed(10'000, [](auto& write) {
            for (int i = 0; i < 10'000 && write("x"); ++i) std::this_thread::sleep_for(50ms);
        });
    };
    platform.set_fault(".zst", trickle);
    expect_old_content("longer than");
    platform.clear_faults();
    platform.set_fault(kHead, trickle);
    expect_old_content("too slow", Outcome::Unreachable);
    expect_recovery();
}

TEST(SyncAttacks, ARedirectLoopIsEnded) {
    publish_new();
    platform.set_fault(kHead, [](const HttpRequest& request) {
        HttpResponse response = with_status(302);
        response.headers = {{"Location", request.path}};
        return response;
    });
    expect_old_content("redirects", Outcome::Unreachable);
    expect_recovery();
}

TEST(SyncAttacks, AServerThatFailsIsTold) {
    publish_new();
    platform.set_fault(kHead, [](auto&) {
        HttpResponse response = with_status(503);
        response.headers = {{"Retry-After", "120"}};
        return response;
    });
    auto report = box.update(home);
    STRCMP_CONTAINS("status 503", report.error.c_str());
    CHECK_TRUE(report.retry_after == 120s);
    expect_recovery();
}

TEST(SyncAttacks, APlatformThatIsDownIsUnreachable) {
    publish_new();
    platform.stop();
    expect_old_content("Failed to connect", Outcome::Unreachable);
}

TEST(SyncAttacks, APortalOfAHotelIsNoHead) {
    platform.set_fault("signed", [](auto&) { return with_body("<html>Please log in to the hotel network</html>"); });
    expect_old_content("it is no signed file");
}

// The box itself.

TEST(SyncAttacks, AFullDiskKeepsTheOldContent) {
    std::vector<content::Item> many;
    for (int i = 0; i < 3000; ++i) many.push_back(make_notice("n" + std::to_string(i), "新"));
    platform.publish(home, many);
    {
        tests::FullDisk full(std::filesystem::file_size(box.store_file()) + 200'000);
        expect_old_content("database");
    }
    expect_recovery();
}

TEST(SyncAttacks, AFolderThatCannotBeWrittenKeepsTheOldContent) {
    publish_new();
    std::filesystem::remove_all(box.object_folder());
    std::ofstream(box.object_folder()) << "a file where the folder should be";
    expect_old_content("cannot write");
    std::filesystem::remove(box.object_folder());
    expect_recovery();
}

TEST(SyncAttacks, AStoreOfANewerVersionIsPutAside) {
    box.store.reset();
    {
        auto database = storage::Database::open(box.store_file(), storage::OpenMode::ReadWrite);
        CHECK_GOOD(database->run("PRAGMA user_version = 999"));
    }
    box.restart();
    CHECK_FALSE(box.store->notice().empty());
    CHECK_TRUE(box.titles(home).empty());
    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.titles(home) == kOld);
}
