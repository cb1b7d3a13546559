// From an editor's folder to a box: the publisher and sync, which share nothing but the format.

#include <filesystem>

#include "content/checker.h"
#include "content/file_check.h"
#include "platform/publication/canonical_item.h"
#include "platform/publication/publisher.h"
#include "platform/publication/trial_keys.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_box.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;

namespace {

const std::filesystem::path kSamples = std::filesystem::path(LINLI_SOURCE_DIR) / "simulator/samples";

}  // namespace

// clang-format off
TEST_GROUP(PublishAndSync) {
    tests::TestPlatform server;
    tests::TemporaryFolder folder;
    std::filesystem::path editor = folder.path() / "editor";
    std::filesystem::path root;

    /// The tree that the server has is another one from now on.
    void begin(const std::filesystem::path& sample) {
        std::filesystem::remove_all(server.tree());
        std::filesystem::remove_all(folder.path() / "keys");
        std::filesystem::remove_all(editor);
        std::filesystem::copy(kSamples / sample, editor, std::filesystem::copy_options::recursive);
        auto made = platform::make_trial_keys(folder.path() / "keys", server.tree(), content::find_areas(editor), kMonday);
        CHECK_GOOD(made);
        root = *made;
        publish(kMonday);
    }
    void publish(std::chrono::sys_seconds now) {
        auto ring = platform::KeyRing::open({folder.path() / "keys"}, nullptr);
        CHECK_GOOD(ring);
        auto report = platform::publish_folder(editor, server.tree(), *ring, {.now = now});
        CHECK_GOOD(report);
        CHECK_TRUE(report->check.is_good());
    }
};
// clang-format on

TEST(PublishAndSync, ABoxGetsEverythingOfTheSamples) {
    for (const auto& [sample, code] : {std::pair("city", "12/0101/001/002"), std::pair("english", "31/0001/001/001")}) {
        begin(sample);
        tests::TestBox box(server.url(), root);
        auto loaded = content::load_folder(editor);
        for (const auto& part : area(code).chain()) {
            CHECK_TEXT_EQUAL("", box.update(part).error);
            for (const auto& one : loaded.areas.at(part)) {
                bool is_row = one.item.kind() >= content::Kind::Notice && platform::part_of(one.item) == platform::Part::Content;
                if (is_row) CHECK_TRUE(box.store->item({part, one.item.id})->has_value());
            }
        }
    }
}

TEST(PublishAndSync, AnEditComesAsADelta) {
    begin("city");
    auto code = area("12/0101/001/002");
    tests::TestBox box(server.url(), root);
    CHECK_TEXT_EQUAL("", box.update(code).error);
    std::filesystem::remove(editor / "12/0101/001/002/notices.xml");
    folder.write("editor/12/0101/001/002/new.xml",
                 "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/0101/001/002\"><notice id=\"new\" category=\"livelihood\" "
                 "published=\"2026-11-23T10:00:00+08:00\"><title>新通知</title><issuer>居委会</issuer><body><p>好</p></body>"
                 "</notice></exchange>");
    publish(kMonday + 1h);
    int before = server.requests(".zst");
    box.clock.set(kMonday + 1h);
    CHECK_TEXT_EQUAL("", box.update(code).error);
    LONGS_EQUAL(before + 1, server.requests(".zst"));
    CHECK_TEXT_EQUAL("新通知", box.titles(code).front());
}
