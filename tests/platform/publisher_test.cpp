#include "platform/publication/publisher.h"

#include <filesystem>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_box.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::area;
using linli::tests::kMonday;

namespace {

const std::filesystem::path kSamples = std::filesystem::path(LINLI_SOURCE_DIR) / "simulator/samples";

}  // namespace

TEST_GROUP(Publisher){};

TEST(Publisher, PublishesNothingOfAFolderWithFaults) {
    tests::TemporaryFolder folder;
    folder.write("editor/area.xml", "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\"><oops/></exchange>");
    auto report = platform::publish_folder(folder.path() / "editor", folder.path() / "tree", {.now = kMonday});
    CHECK_GOOD(report);
    CHECK_FALSE(report->check.is_good());
    CHECK_TRUE(report->areas.empty());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "tree"));
}

TEST(Publisher, PublishesTheSamplesForBoxesToFetch) {
    for (const auto& [sample, code] : {std::pair("city", "12/0101/001/002"), std::pair("english", "31/0001/001/001")}) {
        tests::TestPlatform platform;
        auto report = platform::publish_folder(kSamples / sample, platform.tree(), {.now = kMonday});
        CHECK_GOOD(report);
        CHECK_TRUE(report->check.is_good());

        tests::TestBox box(platform.url(), platform.signed_tree.root_file());
        auto loaded = content::load_folder(kSamples / sample);
        for (const auto& part : area(code).chain()) {
            CHECK_TEXT_EQUAL("", box.update(part).error);
            for (const auto& one : loaded.areas.at(part)) {
                bool is_row = one.item.kind() >= content::Kind::Notice;
                if (is_row) CHECK_TRUE(box.store->item({part, one.item.id})->has_value());
            }
        }
    }
}

TEST(Publisher, NamesPicturesByTheirHash) {
    tests::TestPlatform platform;
    CHECK_GOOD(platform::publish_folder(kSamples / "city", platform.tree(), {.now = kMonday}));
    tests::TestBox box(platform.url(), platform.signed_tree.root_file());
    auto code = area("12/0101/001/002");
    CHECK_TEXT_EQUAL("", box.update(code).error);

    int pictures = 0;
    auto rows = box.store->items(content::Board::Notices, "", {code}, std::nullopt);
    CHECK_GOOD(rows);
    for (const auto& row : *rows) {
        auto item = *box.store->item(row.key);
        for (const content::Object* object : content::objects_of(*item)) {
            const std::string& reference = object->src;
            auto file = platform::object_file(box.object_folder(), reference);
            CHECK_TRUE(file && std::filesystem::exists(*file));
            CHECK_TEXT_EQUAL(reference, "sha256:" + base::Sha256::of(*base::read_file(*file)));
            ++pictures;
        }
    }
    CHECK_TRUE(pictures > 0);
}

TEST(Publisher, ChangesNoByteWhenNothingChanged) {
    tests::TemporaryFolder folder;
    CHECK_GOOD(platform::publish_folder(kSamples / "english", folder.path(), {.now = kMonday}));
    auto again =
        platform::publish_folder(kSamples / "english", folder.path(), {.now = kMonday + std::chrono::hours(1)});
    CHECK_GOOD(again);
    for (const auto& one : again->areas) CHECK_TRUE(one.outcome == platform::PublishOutcome::Unchanged);
}
