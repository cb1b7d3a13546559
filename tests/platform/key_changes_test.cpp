#include "platform/publication/key_changes.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "platform/publication/trial_keys.h"
#include "platform/publication/trust_chain.h"
#include "tests/content/sample_items.h"
#include "tests/platform/publication_forgery.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::key_set;
using linli::tests::kMonday;
using linli::tests::make_head;
using linli::tests::SecretKey;
using platform::Delegations;
using platform::Head;
using platform::KeyChange;
using platform::KeyChanges;
using platform::KeyRing;
using platform::KeySet;
using platform::Part;
using platform::TrustChain;

// clang-format off
/// A tree with a root, a city, a district and a street; the keys of all of them are at hand.
TEST_GROUP(KeyChanges) {
    tests::TemporaryFolder folder;
    std::filesystem::path keys = folder.path() / "keys";
    std::filesystem::path tree = folder.path() / "tree";
    content::AreaCode city = area("12");
    content::AreaCode district = area("12/0101");
    content::AreaCode street = area("12/0101/001");
    KeyRing ring;

    void setup() override {
        CHECK_GOOD(platform::make_trial_keys(keys, tree, {street}, kMonday));
        ring = open_ring();
    }
    KeyRing open_ring() {
        auto opened = KeyRing::open({keys}, nullptr);
        CHECK_GOOD(opened);
        return std::move(*opened);
    }
    /// As the publisher does.
    void publish(const content::AreaCode& code, Part part = Part::Content) {
        auto delegations = Delegations::open(tree);
        CHECK_GOOD(delegations);
        Head head = make_head(code.str());
        head.part = part;
        if (part == Part::Content) head.areas = delegations->below(code);
        auto file = ring.sign(platform::write_head(head), *delegations->keys_of(code));
        CHECK_GOOD(file);
        CHECK_GOOD(base::write_file_atomically(tree / platform::head_path(code, part), *file));
    }
    void publish_all() {
        for (const auto& code : {city, district, street}) publish(code);
        publish(district, Part::Alerts);
    }
    KeySet keys_of(const content::AreaCode& code) {
        auto delegations = Delegations::open(tree);
        CHECK_GOOD(delegations);
        const KeySet* found = delegations->keys_of(code);
        CHECK_TRUE_TEXT(found, code.str().c_str());
        return *found;
    }
    KeyChanges begin() {
        auto changes = KeyChanges::begin(tree, ring, kMonday + 1h);
        CHECK_GOOD(changes);
        return std::move(*changes);
    }
    KeyChange good(base::Result<KeyChange> change) {
        CHECK_GOOD(change);
        return std::move(*change);
    }
    base::PublicKey new_key(const std::string& name) {
        auto key = platform::create_key(keys, name, "");
        CHECK_GOOD(key);
        ring = open_ring();
        return *key;
    }
    /// What a receiver makes of a head of the tree that has followed the tree from the city down.
    base::Result<Head> receive(const content::AreaCode& code, Part part = Part::Content) {
        auto chain = TrustChain::start(*base::read_file(tree / "root/1.signed"));
        CHECK_GOOD(chain);
        for (std::uint64_t version = 2; version <= *platform::newest_root(tree); ++version)
            CHECK_GOOD(chain->follow(*base::read_file(tree / platform::root_path(version))));
        for (const auto& above : code.chain()) {
            auto file = base::read_file(tree / platform::head_path(above, Part::Content));
            if (above == code) break;
            CHECK_GOOD(file);
            LINLI_TRY(head, chain->verify(*file, above, Part::Content));
            chain->take_delegations(head);
        }
        return chain->verify(*base::read_file(tree / platform::head_path(code, part)), code, part);
    }
    std::string bytes_of(const content::AreaCode& code) {
        auto bytes = base::read_file(tree / platform::head_path(code, Part::Content));
        return bytes ? *bytes : "";
    }
};
// clang-format on

TEST(KeyChanges, ADelegationWaitsForTheFirstHeadOfTheAreaAbove) {
    base::PublicKey fresh = new_key("fresh");
    KeyChange change = good(begin().delegate(area("12/0102"), {1, {fresh}}));
    CHECK_TRUE(change.is_waiting);
    publish(city);
    CHECK_TRUE(receive(city)->areas.at(area("12/0102")).keys.front() == fresh);
    CHECK_TRUE(receive(city)->areas.contains(district));
}

TEST(KeyChanges, ADelegationIsSignedIntoTheHeadOfTheAreaAbove) {
    publish_all();
    Head before = *receive(city);
    base::PublicKey fresh = new_key("fresh");
    KeyChange change = good(begin().delegate(area("12/0102"), {1, {fresh}}));
    CHECK_FALSE(change.is_waiting);
    Head after = *receive(city);
    CHECK_TRUE(after.areas.at(area("12/0102")).keys.front() == fresh);
    CHECK_TRUE(after.areas.at(district) == before.areas.at(district));
    CHECK_TRUE(after.content == before.content);
    CHECK_TRUE(after.sequence > before.sequence);
    CHECK_TRUE(after.published == kMonday + 1h);
    CHECK_TRUE(after.expires - after.published == before.expires - before.published);
    CHECK_GOOD(receive(street));
}

TEST(KeyChanges, RotatingAKeyLeavesNoHeadBehind) {
    publish_all();
    base::PublicKey old_key = keys_of(district).keys.front();
    base::PublicKey fresh = new_key("fresh");
    KeyChange change = good(begin().rotate(district, old_key, fresh));
    CHECK_TRUE(change.must_publish.empty());
    CHECK_TRUE(receive(city)->areas.at(district).keys == std::vector{fresh});
    CHECK_GOOD(receive(district));
    CHECK_GOOD(receive(district, Part::Alerts));
    CHECK_GOOD(receive(street));

    // From now on the old key publishes nothing.
    Head forged = make_head("12/0101");
    forged.sequence = 1'800'000'000;
    auto old_ring = KeyRing::open({keys / "12-0101.key"}, nullptr);
    auto file = old_ring->sign(platform::write_head(forged), {1, {old_key}});
    CHECK_GOOD(base::write_file_atomically(tree / "areas/12/0101/head.signed", *file));
    STRCMP_CONTAINS("0 good signatures", receive(district).error().message.c_str());
}

TEST(KeyChanges, WhileRotatingTheHeadIsGoodForTheOldKeysToo) {
    publish_all();
    KeySet old_keys = keys_of(district);
    good(begin().rotate(district, old_keys.keys.front(), new_key("fresh")));
    CHECK_GOOD(platform::verify_head(bytes_of(district), old_keys, district, Part::Content));
}

TEST(KeyChanges, SaysWhichAreaMustBePublishedWhenItsNewKeyIsElsewhere) {
    publish_all();
    SecretKey elsewhere = SecretKey::generate();
    KeyChange change =
        good(begin().rotate(district, keys_of(district).keys.front(), elsewhere.public_key()));
    CHECK_TRUE(change.must_publish == std::vector{district});
    STRCMP_CONTAINS("0 good signatures", receive(district).error().message.c_str());
    // What the district names is not lost meanwhile.
    ring.add(std::move(elsewhere));
    publish(district);
    CHECK_GOOD(receive(street));
}

TEST(KeyChanges, ARevokedKeyPublishesNoLongerAndItsAreaIsNamedNoLonger) {
    publish_all();
    good(begin().revoke(street, keys_of(street).keys.front()));
    CHECK_FALSE(receive(district)->areas.contains(street));
    STRCMP_CONTAINS("nobody is named", receive(street).error().message.c_str());
}

TEST(KeyChanges, RevokingOneOfTwoKeysLeavesTheOtherOne) {
    publish_all();
    base::PublicKey stolen = keys_of(street).keys.front();
    base::PublicKey fresh = new_key("fresh");
    good(begin().delegate(street, {1, {stolen, fresh}}));
    good(begin().revoke(street, stolen));
    CHECK_TRUE(keys_of(street).keys == std::vector{fresh});
    CHECK_GOOD(receive(street));
}

TEST(KeyChanges, AThiefWithTheHighestSequenceShutsNobodyOut) {
    publish_all();
    base::PublicKey stolen = keys_of(street).keys.front();
    Head forged = make_head("12/0101/001");
    forged.sequence = INT64_MAX;
    auto file = ring.sign(platform::write_head(forged), keys_of(street));
    CHECK_GOOD(
        base::write_file_atomically(tree / platform::head_path(street, Part::Content), *file));
    good(begin().rotate(street, stolen, new_key("fresh")));
    CHECK_GOOD(receive(street));
    CHECK_TRUE(receive(street)->sequence < 2'000'000'000);
}

TEST(KeyChanges, RevokingBelowTheThresholdIsRefused) {
    base::PublicKey first = keys_of(street).keys.front();
    good(begin().delegate(street, {2, {first, new_key("fresh")}}));
    STRCMP_CONTAINS("has 1 keys, 2 must sign",
                    begin().revoke(street, first).error().message.c_str());
}

TEST(KeyChanges, ARevokedKeyDoesNotComeBackWhenAHeadIsLost) {
    publish_all();
    good(begin().revoke(street, keys_of(street).keys.front()));
    std::filesystem::remove(tree / "areas/12/0101/head.signed");
    publish(district);
    CHECK_FALSE(receive(district)->areas.contains(street));
}

TEST(KeyChanges, AForgedHeadInTheTreeGivesNobodyAKey) {
    publish_all();
    SecretKey stranger = SecretKey::generate();
    Head forged = *receive(district);
    forged.areas.insert_or_assign(area("12/0101/009"), key_set(1, {&stranger}));
    CHECK_GOOD(base::write_file_atomically(tree / "areas/12/0101/head.signed",
                                           tests::signed_head(forged, {&stranger})));
    publish(district);
    CHECK_FALSE(receive(district)->areas.contains(area("12/0101/009")));
    CHECK_TRUE(receive(district)->areas.contains(street));
}

TEST(KeyChanges, NothingChangesWhenTheKeyOfTheAreaAboveIsNotAtHand) {
    publish_all();
    std::string before = bytes_of(district);
    ring = *KeyRing::open({keys / "12-0101-001.key"}, nullptr);
    auto change = begin().delegate(street, {1, {SecretKey::generate().public_key()}});
    STRCMP_CONTAINS("area 12/0101: 0 of 1 keys that are needed are at hand",
                    change.error().message.c_str());
    CHECK_TEXT_EQUAL(before, bytes_of(district));
    CHECK_GOOD(receive(street));
}

TEST(KeyChanges, RefusesWhatCannotBe) {
    base::PublicKey key = SecretKey::generate().public_key();
    auto expect = [](const base::Result<KeyChange>& change, const char* reason) {
        CHECK_FALSE_TEXT(change.has_value(), reason);
        STRCMP_CONTAINS(reason, change.error().message.c_str());
    };
    expect(begin().delegate(city, {1, {key}}), "the keys of city 12 are in the root");
    expect(begin().delegate(area("12/0199/001"), {1, {key}}),
           "nobody is named who may publish for area 12/0199");
    expect(begin().delegate(street, {2, {key}}), "threshold is more than 1");
    expect(begin().delegate(street, {1, {}}), "there are 0 keys");
    expect(begin().delegate(street, {1, {key, key}}), "a key is named twice");
    expect(begin().rotate(street, key, key), "is no key of area 12/0101/001");
    expect(begin().revoke(area("12/0102"), key), "nobody is named");
}

TEST(KeyChanges, ANewRootTakesTheCityOverWithoutAGap) {
    publish_all();
    base::PublicKey fresh = new_key("fresh");
    auto delegations = Delegations::open(tree);
    platform::Root root = delegations->root();
    root.version = 2;
    root.cities.at(city) = {1, {fresh}};
    auto file = ring.sign(platform::write_root(root), root.keys);
    CHECK_TRUE(good(begin().install_root(*file)).must_publish.empty());
    CHECK_GOOD(receive(city));
    CHECK_GOOD(receive(street));
}

TEST(KeyChanges, ARootThatDoesNotFollowIsNotInstalled) {
    auto delegations = Delegations::open(tree);
    platform::Root root = delegations->root();
    SecretKey stranger = SecretKey::generate();
    auto expect = [&](const std::string& file, const char* reason) {
        auto change = begin().install_root(file);
        CHECK_FALSE_TEXT(change.has_value(), reason);
        STRCMP_CONTAINS(reason, change.error().message.c_str());
        UNSIGNED_LONGS_EQUAL(1, *platform::newest_root(tree));
    };
    expect(*ring.sign(platform::write_root(root), root.keys), "root 1 does not follow root 1");
    root.version = 3;
    expect(*ring.sign(platform::write_root(root), root.keys), "root 3 does not follow root 1");
    root.version = 2;
    root.keys = key_set(1, {&stranger});
    expect(tests::signed_root(root, {&stranger}), "root 2 by the keys of root 1: 0 good");
}

TEST(KeyChanges, ATreeBeginsWithRootOne) {
    SecretKey key = SecretKey::generate();
    std::filesystem::path empty = folder.path() / "empty";
    auto changes = KeyChanges::begin(empty, ring, kMonday);
    auto second = tests::signed_root(tests::make_root(2, key_set(1, {&key})), {&key});
    STRCMP_CONTAINS("the first root of a tree has version 1",
                    changes->install_root(second).error().message.c_str());
    CHECK_GOOD(
        changes->install_root(tests::signed_root(tests::make_root(1, key_set(1, {&key})), {&key})));
}
