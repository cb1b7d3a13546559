#include "platform/sync/trust_store.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "tests/content/sample_items.h"
#include "tests/platform/signed_tree.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::kMonday;
using platform::Part;
using platform::TrustStore;

// clang-format off
TEST_GROUP(TrustStore) {
    tests::TemporaryFolder temporary;
    std::filesystem::path folder = temporary.path() / "trust";
    tests::SignedTree tree{temporary.path() / "tree"};
    TrustStore store{folder};

    std::string provisioned() { return *base::read_file(tree.root_file()); }
    std::string root(int version) { return *base::read_file(tree.folder() / platform::root_path(version)); }
    std::uint64_t version() {
        auto chain = TrustStore(folder).chain(provisioned());
        CHECK_GOOD(chain);
        return chain->root().version;
    }
};
// clang-format on

TEST(TrustStore, FollowsTheRootsItKeptOneByOne) {
    UNSIGNED_LONGS_EQUAL(1, version());
    for (int next = 2; next <= 4; ++next) {
        std::vector<base::SecretKey> keys;
        keys.push_back(base::SecretKey::generate());
        tree.next_root(std::move(keys));
        CHECK_GOOD(store.keep_root(next, root(next)));
        UNSIGNED_LONGS_EQUAL(next, version());
    }
    // Without the one between there is no way on.
    std::filesystem::remove(folder / "3.root");
    UNSIGNED_LONGS_EQUAL(2, version());
}

TEST(TrustStore, BelievesNoRootForBeingThere) {
    tree.next_root();
    tests::SignedTree forger(temporary.path() / "forger");
    forger.next_root();
    CHECK_GOOD(store.keep_root(2, *base::read_file(forger.folder() / platform::root_path(2))));
    UNSIGNED_LONGS_EQUAL(1, version());
    CHECK_GOOD(store.keep_root(2, root(1)));
    UNSIGNED_LONGS_EQUAL(1, version());
    CHECK_GOOD(store.keep_root(2, root(2).substr(0, 100)));
    UNSIGNED_LONGS_EQUAL(1, version());
}

TEST(TrustStore, IsNothingWithoutAGoodProvisionedRoot) {
    CHECK_FALSE(store.chain("").has_value());
    std::string damaged = provisioned();
    damaged.back() ^= 1;
    CHECK_FALSE(store.chain(damaged).has_value());
}

TEST(TrustStore, KeepsHeadsWithTheirValidators) {
    CHECK_FALSE(store.head(area("12"), Part::Content).has_value());
    CHECK_GOOD(store.keep_head(area("12"), Part::Content, {"head\nof content", "\"tag\""}));
    CHECK_GOOD(store.keep_head(area("12"), Part::Alerts, {"head of alerts", ""}));
    CHECK_TEXT_EQUAL("head\nof content", store.head(area("12"), Part::Content)->file);
    CHECK_TEXT_EQUAL("\"tag\"", store.head(area("12"), Part::Content)->etag);
    CHECK_TEXT_EQUAL("head of alerts", store.head(area("12"), Part::Alerts)->file);
    store.forget_head(area("12"), Part::Content);
    CHECK_FALSE(store.head(area("12"), Part::Content).has_value());
}

TEST(TrustStore, DropsAValidatorThatIsNone) {
    CHECK_GOOD(store.keep_head(area("12"), Part::Content, {"head", "two\nlines"}));
    CHECK_TEXT_EQUAL("head", store.head(area("12"), Part::Content)->file);
    CHECK_GOOD(store.keep_head(area("12"), Part::Content, {"head", std::string(100'000, 'x')}));
    CHECK_TEXT_EQUAL("", store.head(area("12"), Part::Content)->etag);
}

TEST(TrustStore, WritesTheLastContactOnceAnHourAtMost) {
    CHECK_FALSE(store.last_contact().has_value());
    store.note_contact(kMonday);
    CHECK_TRUE(store.last_contact() == kMonday);
    store.note_contact(kMonday + 59min);
    CHECK_TRUE(store.last_contact() == kMonday);
    store.note_contact(kMonday + 60min);
    CHECK_TRUE(store.last_contact() == kMonday + 60min);
    // A clock that was wrong and is set back.
    store.note_contact(kMonday);
    CHECK_TRUE(store.last_contact() == kMonday);
}

TEST(TrustStore, RemovesWhatAnInterruptedWriteLeft) {
    temporary.write("trust/12.head.77.new", "half");
    TrustStore again(folder);
    CHECK_FALSE(std::filesystem::exists(folder / "12.head.77.new"));
}
