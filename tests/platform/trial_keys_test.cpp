#include "platform/publication/trial_keys.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "platform/publication/delegations.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/trust_chain.h"
#include "tests/content/sample_items.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::area;
using linli::tests::kMonday;

// clang-format off
TEST_GROUP(TrialKeys) {
    tests::TemporaryFolder folder;
    std::filesystem::path keys = folder.path() / "keys";
    std::filesystem::path tree = folder.path() / "tree";

    std::filesystem::path make(const std::vector<content::AreaCode>& areas) {
        auto root = platform::make_trial_keys(keys, tree, areas, kMonday);
        CHECK_GOOD(root);
        return *root;
    }
};
// clang-format on

TEST(TrialKeys, LetEachAreaAndThoseAboveItPublish) {
    auto root = make({area("12/0101/001/002"), area("12/0101/002")});
    CHECK_TRUE(root == tree / "root/1.signed");
    CHECK_GOOD(platform::TrustChain::start(*base::read_file(root)));

    auto ring = platform::KeyRing::open({keys}, nullptr);
    CHECK_GOOD(ring);
    auto delegations = platform::Delegations::open(tree);
    CHECK_GOOD(delegations);
    for (const char* code : {"12", "12/0101", "12/0101/001", "12/0101/001/002", "12/0101/002"}) {
        const platform::KeySet* named = delegations->keys_of(area(code));
        CHECK_TRUE_TEXT(named && ring->can_sign(*named), code);
    }
    POINTERS_EQUAL(nullptr, delegations->keys_of(area("12/0101/003")));
}

TEST(TrialKeys, AreMadeOnlyWhereTheyAreMissing) {
    make({area("12/0101")});
    auto first_root = *base::read_file(tree / "root/1.signed");
    auto first_key = *base::read_file(keys / "12-0101.pub");
    CHECK_TRUE(make({area("12/0101")}) == tree / "root/1.signed");
    CHECK_TEXT_EQUAL(first_root, *base::read_file(tree / "root/1.signed"));

    CHECK_TRUE(make({area("12/0101"), area("31")}) == tree / "root/2.signed");
    CHECK_TEXT_EQUAL(first_key, *base::read_file(keys / "12-0101.pub"));
    auto chain = platform::TrustChain::start(first_root);
    CHECK_GOOD(chain->follow(*base::read_file(tree / "root/2.signed")));
    CHECK_TRUE(chain->keys_of(area("31")) != nullptr);
}

TEST(TrialKeys, DoNotFitATreeOfOtherKeys) {
    make({area("12")});
    std::filesystem::remove_all(keys);
    auto root = platform::make_trial_keys(keys, tree, {area("12")}, kMonday);
    STRCMP_CONTAINS("names keys for area 12 that are not in", root.error().message.c_str());
    root = platform::make_trial_keys(keys, tree, {area("31")}, kMonday);
    STRCMP_CONTAINS("0 of 1 keys that are needed are at hand", root.error().message.c_str());
}
