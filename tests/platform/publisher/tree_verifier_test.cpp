#include "platform/publication/tree_verifier.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "tests/content/sample_items.h"
#include "tests/platform/publisher/editors_desk.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::kNow;
using platform::Head;
using platform::Part;

// clang-format off
/// A tree that is whole, then with one thing wrong in it.
TEST_GROUP(TreeVerifier) {
    tests::EditorsDesk desk;
    std::string root = *base::read_file(desk.tree() / "root/1.signed");

    void setup() override {
        desk.write("12/area.xml", "12", tests::area_xml("城") + tests::category_xml("news"));
        publish("旧", kNow);
        publish("新", kNow + 1h);
        expect_whole();
    }
    void publish(const std::string& title, std::chrono::sys_seconds now) {
        desk.write_bytes("12/0101/map.png", "\x89PNG\r\n\x1A\n" + title);
        std::string items = tests::area_xml("区");
        for (int i = 0; i < 40; ++i)
            items += tests::notice_xml("n" + std::to_string(i), i == 0 ? title : "不变", "",
                                       i == 0 ? "<p>看图</p><picture src=\"map.png\" alt=\"地图\"/>" : "<p>正文</p>");
        desk.write("12/0101/all.xml", "12/0101", items);
        desk.publish(now);
    }
    platform::TreeReport verify(std::chrono::sys_seconds now = kNow + 2h) {
        auto report = platform::verify_tree(desk.tree(), root, now);
        CHECK_GOOD(report);
        return *report;
    }
    void expect_whole() {
        auto report = verify();
        CHECK_TEXT_EQUAL("", report.faults.empty() ? "" : report.faults.front());
        LONGS_EQUAL(2, report.heads);
    }
    void expect_one_fault(const char* file, const char* what, std::chrono::sys_seconds now = kNow + 2h) {
        auto report = verify(now);
        LONGS_EQUAL(1, report.faults.size());
        STRCMP_CONTAINS(file, report.faults.front().c_str());
        STRCMP_CONTAINS(what, report.faults.front().c_str());
    }
    void put(const std::string& path, const std::string& bytes) {
        CHECK_GOOD(base::write_file_atomically(desk.tree() / path, bytes));
    }
    std::string get(const std::string& path) { return base::read_file(desk.tree() / path).value_or(""); }
    /// The same length, but another last byte.
    void spoil(const std::string& path) {
        std::string bytes = get(path);
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        put(path, bytes);
    }
    Head district() { return desk.head("12/0101"); }
    std::string picture() {
        std::string document = desk.read(district()).document;
        return document.substr(document.find("sha256:") + 7, 64);
    }
};
// clang-format on

TEST(TreeVerifier, SaysWhichHeadNobodyHasSigned) {
    spoil("areas/12/0101/head.signed");
    expect_one_fault("areas/12/0101/head.signed", "0 good signatures of the 1 keys");
}

TEST(TreeVerifier, MissesContentThatIsNotThere) {
    std::filesystem::remove(desk.tree() / platform::packed_path(district().content.sha256));
    expect_one_fault("areas/12/0101/head.signed", "cannot read");
}

TEST(TreeVerifier, SeesThatContentWasAltered) {
    spoil(platform::packed_path(district().content.sha256));
    expect_one_fault("areas/12/0101/head.signed", "has another hash");
}

TEST(TreeVerifier, MissesAPictureThatAnItemNames) {
    std::filesystem::remove(desk.tree() / platform::object_path(picture()));
    expect_one_fault("areas/12/0101/head.signed", "cannot read");
}

TEST(TreeVerifier, SeesThatAPictureWasAltered) {
    spoil(platform::object_path(picture()));
    expect_one_fault("areas/12/0101/head.signed", "has another hash");
}

TEST(TreeVerifier, MissesADelta) {
    CHECK_TRUE(district().deltas.size() == 1);
    std::filesystem::remove(desk.tree() / platform::packed_path(district().deltas.front().sha256));
    expect_one_fault("areas/12/0101/head.signed", "delta ");
}

TEST(TreeVerifier, SeesAHeadForWhichNobodyIsNamed) {
    put("areas/12/0999/head.signed", get("areas/12/0101/head.signed"));
    expect_one_fault("areas/12/0999/head.signed", "names keys for it");
}

TEST(TreeVerifier, SeesThatHeadsHaveExpired) {
    LONGS_EQUAL(2, verify(kNow + 24h * 40).faults.size());
}

TEST(TreeVerifier, SeesARootThatDoesNotFollowThePresentOne) {
    put("root/2.signed", root);
    expect_one_fault("root/2.signed", "does not follow root 1");
}

TEST(TreeVerifier, TakesNoRootThatIsNone) {
    auto report = platform::verify_tree(desk.tree(), "linli-signed 1\n\n<root/>", kNow);
    CHECK_FALSE(report.has_value());
}
