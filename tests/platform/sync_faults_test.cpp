#include <filesystem>
#include <fstream>
#include <thread>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "middleware/storage/database.h"
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
using net::HttpRequest;
using net::HttpResponse;
using platform::AreaReport;
using platform::Head;

namespace {

constexpr std::string_view kRoot = "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/0101\">";

HttpResponse with_status(int status) {
    HttpResponse response;
    response.status = status;
    return response;
}

HttpResponse with_body(std::string body) {
    HttpResponse response;
    response.body = std::move(body);
    return response;
}

/// A body whose bytes come as `stream` sends them, though `length` of them are announced.
HttpResponse streamed(std::uint64_t length, std::function<void(const HttpResponse::Write&)> stream) {
    HttpResponse response;
    response.stream_length = length;
    response.stream = std::move(stream);
    return response;
}

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
TEST_GROUP(SyncFaults) {
    tests::TestPlatform platform;
    tests::TestBox box{platform.url()};
    content::AreaCode home = area("12/0101");
    const std::vector<std::string> kOld = {"旧"};
    const std::vector<std::string> kNew = {"新"};

    void setup() override {
        platform.publish(home, std::vector{make_notice("a", "旧")}, {}, kMonday - 1h);
        CHECK_TEXT_EQUAL("", box.update(home).error);
        CHECK_TRUE(box.titles(home) == kOld);
    }
    Head publish_new(std::vector<platform::ObjectBytes> objects = {}) {
        return platform.publish(home, std::vector{make_notice("a", "新")}, std::move(objects));
    }
    /// The attempt fails for this reason, the old content stays; without the fault the next attempt succeeds.
    void expect_old_content(const char* reason, AreaReport::Outcome outcome = AreaReport::Outcome::Failed) {
        auto report = box.update(home);
        STRCMP_CONTAINS(reason, report.error.c_str());
        CHECK_TRUE(report.outcome == outcome);
        CHECK_FALSE(report.has_new_content);
        CHECK_TRUE(box.titles(home) == kOld);
    }
    void expect_recovery() {
        platform.clear_faults();
        platform.publish(home, std::vector{make_notice("a", "新")}, {}, kMonday + 1h);
        CHECK_TEXT_EQUAL("", box.update(home).error);
        CHECK_TRUE(box.titles(home) == kNew);
    }
    void expect_document_refused(std::string_view document, const char* reason) {
        platform.publish_document(home, document);
        expect_old_content(reason);
        expect_recovery();
    }
};
// clang-format on

TEST(SyncFaults, KeepsTheOldContentWhenTheXmlIsNotWellFormed) {
    expect_document_refused(
        std::string(kRoot) + "<category id=\"a\" board=\"notices\" icon=\"bus\" order=\"1\"></exchange>",
        "this end tag does not belong");
}

TEST(SyncFaults, KeepsTheOldContentWhenTheXmlIsCutShort) {
    std::string document = content::write_exchange(home, std::vector{make_notice("a", "新"), make_notice("b", "新")});
    expect_document_refused(document.substr(0, document.size() / 2), "area 12/0101: content ");
}

TEST(SyncFaults, KeepsTheOldContentWhenAnEntityBombComes) {
    expect_document_refused(entity_bomb(), "document type declaration");
}

TEST(SyncFaults, KeepsTheOldContentWhenAnExternalEntityComes) {
    expect_document_refused("<!DOCTYPE exchange [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + std::string(kRoot) +
                                "<notice>&x;</notice></exchange>",
                            "document type declaration");
}

TEST(SyncFaults, KeepsTheOldContentWhenTheEncodingIsWrong) {
    expect_document_refused("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + std::string(kRoot) + "\xD0\xC2</exchange>",
                            "a character that cannot stand here");
}

TEST(SyncFaults, KeepsTheOldContentWhenTheEncodingIsDeclaredAndWrong) {
    expect_document_refused("<?xml version=\"1.0\" encoding=\"GB2312\"?>" + std::string(kRoot) + "\xD0\xC2</exchange>",
                            "a character that cannot stand here");
}

TEST(SyncFaults, KeepsTheOldContentWhenAnItemHasAFault) {
    std::string good = content::write_exchange(home, std::vector{make_notice("a", "新")});
    expect_document_refused(good.replace(good.find("<title>"), 14, "<title> "), "area 12/0101: content ");
}

TEST(SyncFaults, KeepsTheOldContentWhenItIsThatOfAnotherArea) {
    expect_document_refused(content::write_exchange(area("12/0102"), std::vector{make_notice("a", "新")}),
                            "it is the content of another area");
}

TEST(SyncFaults, KeepsTheOldContentWhenABombOfZstdComes) {
    Head head = publish_new();
    auto bomb = base::compress(std::string(kRoot) + std::string(100u << 20, ' '));
    head.content = {base::Sha256::of(*bomb), bomb->size(), 1'000'000};
    CHECK_GOOD(base::write_file_atomically(platform.tree() / platform::packed_path(head.content.sha256), *bomb));
    platform.put_head(head);
    expect_old_content("it unpacks to more than 1000000 bytes");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenItUnpacksToLessThanTheHeadSays) {
    Head head = publish_new();
    head.content.unpacked_length += 1;
    platform.put_head(head);
    expect_old_content("it unpacks to");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenItIsMissing) {
    Head head = publish_new();
    std::filesystem::remove(platform.tree() / platform::packed_path(head.content.sha256));
    expect_old_content("status 404");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenItWasAltered) {
    Head head = publish_new();
    auto other = base::compress(content::write_exchange(home, std::vector{make_notice("a", "假")}));
    platform.set_fault(".zst", [other = *other](auto&) { return with_body(other); });
    head.content.length = other->size();
    platform.put_head(head);
    expect_old_content("it has another hash");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenItIsLongerThanTheHeadSays) {
    Head head = publish_new();
    auto packed = *base::read_file(platform.tree() / platform::packed_path(head.content.sha256));
    platform.set_fault(".zst", [packed](auto&) { return with_body(packed + "more"); });
    expect_old_content("the answer is longer than");
    platform.set_fault(".zst", [packed](auto&) {
        HttpResponse endless;
        endless.stream = [packed](auto& write) {
            write(packed);
            while (write(std::string(4096, 'x'))) {
            }
        };
        return endless;
    });
    expect_old_content("area 12/0101: content ");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenThePlatformIsDown) {
    publish_new();
    platform.stop();
    expect_old_content("Failed to connect", AreaReport::Outcome::Unreachable);
}

TEST(SyncFaults, KeepsTheOldContentWhenTheNetworkIsOff) {
    publish_new();
    box.client.set_network(false);
    expect_old_content("no network", AreaReport::Outcome::Unreachable);
    box.client.set_network(true);
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenItOnlyTrickles) {
    Head head = publish_new();
    auto packed = *base::read_file(platform.tree() / platform::packed_path(head.content.sha256));
    platform.set_fault(".zst", [packed](auto&) {
        return streamed(packed.size(), [packed](auto& write) {
            for (std::size_t at = 0; at < packed.size() && write(packed.substr(at, 1)); ++at)
                std::this_thread::sleep_for(50ms);
        });
    });
    expect_old_content("Operation too slow");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenTheConnectionEndsMidAnswer) {
    Head head = publish_new();
    auto packed = *base::read_file(platform.tree() / platform::packed_path(head.content.sha256));
    platform.set_fault(".zst", [packed](auto&) {
        return streamed(packed.size(), [packed](auto& write) { write(packed.substr(0, packed.size() / 2)); });
    });
    expect_old_content("transfer closed");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenThePlatformAnswers500) {
    publish_new();
    platform.set_fault("head.signed", [](auto&) { return with_status(500); });
    expect_old_content("status 500");
    platform.clear_faults();
    platform.set_fault(".zst", [](auto&) { return with_status(500); });
    expect_old_content("status 500");
    expect_recovery();
}

TEST(SyncFaults, KeepsTheOldContentWhenRedirectsGoInACircle) {
    publish_new();
    platform.set_fault("head.signed", [](const HttpRequest& request) {
        HttpResponse response = with_status(302);
        response.headers = {{"Location", request.path}};
        return response;
    });
    expect_old_content("redirects", AreaReport::Outcome::Unreachable);
    expect_recovery();
}

TEST(SyncFaults, RefusesAnOlderHead) {
    Head old = platform.head(home);
    publish_new();
    CHECK_TEXT_EQUAL("", box.update(home).error);
    platform.put_head(old);

    STRCMP_CONTAINS("is older than", box.update(home).error.c_str());
    CHECK_TRUE(box.titles(home) == kNew);
}

TEST(SyncFaults, RefusesAnotherHeadOfTheSameSequence) {
    Head old = platform.head(home);
    Head head = publish_new();
    head.sequence = old.sequence;
    platform.put_head(head);
    expect_old_content("other content with the same sequence");
}

TEST(SyncFaults, RefusesTheHeadOfAnotherArea) {
    publish_new();
    platform.publish(area("12/0102"), std::vector{make_notice("a", "新")});
    auto other = *base::read_file(platform.tree() / "areas/12/0102/head.signed");
    platform.set_fault("head.signed", [other](auto&) { return with_body(other); });
    expect_old_content("the head is that of 12/0102");
}

TEST(SyncFaults, RefusesAHeadThatIsNoHead) {
    platform.set_fault("head.signed", [](auto&) { return with_body("<html>Please log in to the hotel network</html>"); });
    expect_old_content("it is no signed file");
    platform.set_fault("head.signed", [](auto&) { return with_body(std::string(70'000, ' ')); });
    expect_old_content("longer than 65536 bytes", AreaReport::Outcome::Unreachable);
}

TEST(SyncFaults, TellsOfAHeadThatHasExpired) {
    Head head = platform.head(home);
    box.clock.set(head.expires + 1s);
    expect_old_content("has expired");
    box.clock.set_state(base::ClockState::Unknown);
    CHECK_TEXT_EQUAL("", box.update(home).error);
}

TEST(SyncFaults, ShowsNewContentWhenAnObjectIsMissing) {
    Head head = publish_new({{"picture", "image/png"}, {"other", "image/png"}});
    std::filesystem::remove(platform.tree() / platform::object_path(head.objects[0].sha256));

    auto report = box.update(home);
    STRCMP_CONTAINS("status 404", report.error.c_str());
    CHECK_TRUE(report.has_new_content && report.outcome == AreaReport::Outcome::Failed);
    CHECK_TRUE(box.titles(home) == kNew);
    CHECK_TRUE(box.objects.has(head.objects[1]));

    CHECK_GOOD(base::write_file_atomically(platform.tree() / platform::object_path(head.objects[0].sha256), "picture"));
    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.objects.has(head.objects[0]));
}

TEST(SyncFaults, KeepsNoObjectThatWasAltered) {
    Head head = publish_new({{"picture", "image/png"}});
    platform.set_fault(platform::object_path(head.objects[0].sha256), [](auto&) { return with_body("forgery"); });

    STRCMP_CONTAINS("has another hash", box.update(home).error.c_str());
    CHECK_FALSE(box.objects.has(head.objects[0]));
    CHECK_FALSE(std::filesystem::exists(box.object_folder() / (head.objects[0].sha256 + ".part")));
}

TEST(SyncFaults, ShowsNewContentWhenTheObjectFolderCannotBeWritten) {
    publish_new({{"picture", "image/png"}});
    std::filesystem::remove_all(box.object_folder());
    std::ofstream(box.object_folder()) << "a file where the folder should be";

    STRCMP_CONTAINS("cannot write", box.update(home).error.c_str());
    CHECK_TRUE(box.titles(home) == kNew);
}

TEST(SyncFaults, KeepsTheOldContentWhenTheDiskIsFull) {
    std::vector<content::Item> many;
    for (int i = 0; i < 3000; ++i) many.push_back(make_notice("n" + std::to_string(i), "新"));
    platform.publish(home, many);
    {
        tests::FullDisk full(std::filesystem::file_size(box.store_file()) + 200'000);
        expect_old_content("database");
    }
    expect_recovery();
}

TEST(SyncFaults, PutsAStoreOfANewerVersionAside) {
    box.store.reset();
    {
        auto database = storage::Database::open(box.store_file(), storage::OpenMode::ReadWrite);
        CHECK_GOOD(database->run("PRAGMA user_version = 999"));
    }
    auto opened = content::ContentStore::open(box.store_file());
    CHECK_GOOD(opened);
    CHECK_FALSE(opened->notice().empty());
    box.store = std::make_unique<content::ContentStore>(std::move(*opened));

    CHECK_TRUE(box.titles(home).empty());
    CHECK_TEXT_EQUAL("", box.update(home).error);
    CHECK_TRUE(box.titles(home) == kOld);
}
