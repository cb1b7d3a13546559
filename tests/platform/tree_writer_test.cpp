#include "platform/publication/tree_writer.h"

#include <filesystem>
#include <map>

#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::kMonday;
using platform::AreaPublication;
using platform::Head;
using platform::PublishOutcome;

// clang-format off
TEST_GROUP(TreeWriter) {
    tests::TemporaryFolder folder;
    std::filesystem::path tree = folder.path() / "tree";
    AreaPublication publication{tests::area("12/0101"), "<exchange/>", {{"picture", "image/png"}}};

    PublishOutcome publish(std::chrono::sys_seconds now) {
        auto outcome = platform::publish_area(tree, publication, {.now = now});
        CHECK_GOOD(outcome);
        return *outcome;
    }
    Head head() {
        auto head = platform::read_head(platform::read_signed(*base::read_file(tree / "areas/12/0101/head.signed"))->payload);
        CHECK_GOOD(head);
        return *head;
    }
    /// Every file with its bytes and its time.
    std::map<std::string, std::string> snapshot() {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(tree)) {
            if (!entry.is_regular_file()) continue;
            auto time = std::filesystem::last_write_time(entry).time_since_epoch().count();
            files[entry.path()] = std::to_string(time) + *base::read_file(entry.path());
        }
        return files;
    }
};
// clang-format on

TEST(TreeWriter, WritesHeadContentAndObjectsByTheirHash) {
    CHECK_TRUE(publish(kMonday) == PublishOutcome::Changed);
    Head written = head();
    CHECK_TRUE(written.published == kMonday && written.expires == kMonday + 24h * 30);
    auto packed = *base::read_file(tree / platform::packed_path(written.content.sha256));
    CHECK_TEXT_EQUAL(written.content.sha256, base::Sha256::of(packed));
    CHECK_TEXT_EQUAL("<exchange/>", *base::decompress(packed, 100));
    CHECK_TEXT_EQUAL("picture", *base::read_file(tree / platform::object_path(written.objects[0].sha256)));
    CHECK_TEXT_EQUAL("image/png", written.objects[0].media_type);
}

TEST(TreeWriter, TouchesNothingWhenNothingChanged) {
    publish(kMonday);
    auto before = snapshot();
    CHECK_TRUE(publish(kMonday + 24h) == PublishOutcome::Unchanged);
    CHECK_TRUE(snapshot() == before);
}

TEST(TreeWriter, RenewsAHeadThatHasLivedHalfItsLife) {
    publish(kMonday);
    Head old = head();
    CHECK_TRUE(publish(kMonday + 24h * 15) == PublishOutcome::Renewed);
    CHECK_TRUE(head().sequence > old.sequence);
    CHECK_TRUE(head().content == old.content);
    CHECK_TRUE(head().expires == kMonday + 24h * 45);
}

TEST(TreeWriter, RaisesTheSequenceAlsoWhenTheClockStandsOrTheTreeWasLost) {
    publish(kMonday);
    auto first = head().sequence;
    publication.document = "<exchange>2</exchange>";
    publish(kMonday - 1h);
    UNSIGNED_LONGS_EQUAL(first + 1, head().sequence);
    std::filesystem::remove_all(tree);
    publish(kMonday + 1h);
    CHECK_TRUE(head().sequence > first + 1);
}

TEST(TreeWriter, MendsATreeThatLostFiles) {
    publish(kMonday);
    Head written = head();
    std::filesystem::remove_all(tree / "objects");
    CHECK_TRUE(publish(kMonday) == PublishOutcome::Unchanged);
    CHECK_TRUE(std::filesystem::exists(tree / platform::packed_path(written.content.sha256)));
    CHECK_TRUE(std::filesystem::exists(tree / platform::object_path(written.objects[0].sha256)));
}

TEST(TreeWriter, ReplacesAHeadThatIsDamaged) {
    publish(kMonday);
    CHECK_GOOD(base::write_file_atomically(tree / "areas/12/0101/head.signed", "<head"));
    CHECK_TRUE(publish(kMonday + 1h) == PublishOutcome::Changed);
    CHECK_TRUE(head().published == kMonday + 1h);
}

TEST(TreeWriter, RefusesMoreObjectsThanAHeadHolds) {
    for (int i = 0; i < 1000; ++i) publication.objects.push_back({std::to_string(i), "image/png"});
    auto outcome = platform::publish_area(tree, publication, {.now = kMonday});
    STRCMP_CONTAINS("area 12/0101 has 1001 pictures and attachments, too many", outcome.error().message.c_str());
    CHECK_FALSE(std::filesystem::exists(tree));
}

TEST(TreeWriter, RemovesObjectsOnlyAfterTheirGrace) {
    publish(kMonday);
    Head old = head();
    for (const auto& file : {platform::packed_path(old.content.sha256), platform::object_path(old.objects[0].sha256)})
        std::filesystem::last_write_time(tree / file, std::filesystem::file_time_type::clock::now() - 1000h);
    publication.document = "<exchange>2</exchange>";
    publish(kMonday + 1h);

    LONGS_EQUAL(0, *platform::remove_unused_objects(tree, 1h));
    CHECK_TRUE(std::filesystem::exists(tree / platform::packed_path(old.content.sha256)));
    LONGS_EQUAL(1, *platform::remove_unused_objects(tree, 0h));
    CHECK_FALSE(std::filesystem::exists(tree / platform::packed_path(old.content.sha256)));
    CHECK_TRUE(std::filesystem::exists(tree / platform::object_path(head().objects[0].sha256)));
}
