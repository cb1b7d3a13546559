#include "platform/publication/trust_chain.h"

#include "middleware/base/format.h"
#include "tests/content/sample_items.h"
#include "tests/platform/publication_forgery.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace std::chrono_literals;
using linli::tests::area;
using linli::tests::key_set;
using linli::tests::kMonday;
using linli::tests::make_head;
using linli::tests::make_root;
using linli::tests::replaced;
using linli::tests::SecretKey;
using linli::tests::signed_head;
using linli::tests::signed_root;
using platform::Head;
using platform::Part;
using platform::Root;
using platform::TrustChain;

// clang-format off
TEST_GROUP(TrustChain) {
    SecretKey r1 = SecretKey::generate();
    SecretKey r2 = SecretKey::generate();
    SecretKey r3 = SecretKey::generate();
    SecretKey city = SecretKey::generate();
    SecretKey district = SecretKey::generate();
    SecretKey north = SecretKey::generate();
    SecretKey south = SecretKey::generate();
    SecretKey stranger = SecretKey::generate();

    /// Version N of a root of two of three keys, that names the city's key.
    Root root_of(std::uint64_t version) {
        Root root = make_root(version, key_set(2, {&r1, &r2, &r3}));
        root.cities.emplace(area("12"), key_set(1, {&city}));
        return root;
    }
    TrustChain start() {
        auto chain = TrustChain::start(signed_root(root_of(1), {&r1, &r2}));
        CHECK_GOOD(chain);
        return std::move(*chain);
    }
    Head city_head() {
        Head head = make_head("12");
        head.areas.emplace(area("12/0101"), key_set(1, {&district}));
        return head;
    }
    Head district_head() {
        Head head = make_head("12/0101");
        head.areas.emplace(area("12/0101/001"), key_set(1, {&north}));
        head.areas.emplace(area("12/0101/002"), key_set(1, {&south}));
        return head;
    }
    /// Knows all keys down to the two streets.
    TrustChain whole() {
        TrustChain chain = start();
        take(chain, city_head(), city);
        take(chain, district_head(), district);
        return chain;
    }
    void take(TrustChain& chain, const Head& head, const SecretKey& key) {
        auto verified = chain.verify(signed_head(head, {&key}), head.area, head.part);
        CHECK_GOOD(verified);
        chain.take_delegations(*verified);
    }
    void expect_refused(const base::Result<Head>& head, const char* reason) {
        CHECK_FALSE_TEXT(head.has_value(), reason);
        STRCMP_CONTAINS(reason, head.error().message.c_str());
    }
    void expect_refused(const base::Result<void>& followed, const char* reason) {
        CHECK_FALSE_TEXT(followed.has_value(), reason);
        STRCMP_CONTAINS(reason, followed.error().message.c_str());
    }
};
// clang-format on

TEST(TrustChain, LeadsFromTheRootToACommunity) {
    TrustChain chain = whole();
    Head street = make_head("12/0101/001");
    street.areas.emplace(area("12/0101/001/007"), key_set(1, {&stranger}));
    take(chain, street, north);
    CHECK_GOOD(chain.verify(signed_head(make_head("12/0101/001/007"), {&stranger}),
                            area("12/0101/001/007"), Part::Content));
}

TEST(TrustChain, ARootBelowItsThresholdIsNoRoot) {
    auto chain = TrustChain::start(signed_root(root_of(1), {&r1, &stranger}));
    STRCMP_CONTAINS("root 1 by its own keys: 1 good signatures of the 3",
                    chain.error().message.c_str());
}

TEST(TrustChain, AKeyThatNobodyNamedPublishesForNobody) {
    TrustChain chain = whole();
    expect_refused(
        chain.verify(signed_head(make_head("12"), {&stranger}), area("12"), Part::Content),
        "0 good");
    expect_refused(chain.verify(signed_head(make_head("31"), {&city}), area("31"), Part::Content),
                   "nobody is named");
    expect_refused(chain.verify(signed_head(make_head("12/0101/003"), {&district}),
                                area("12/0101/003"), Part::Content),
                   "nobody is named");
}

TEST(TrustChain, AKeyOfOneAreaDoesNotPublishForItsNeighbour) {
    TrustChain chain = whole();
    expect_refused(chain.verify(signed_head(make_head("12/0101/002"), {&north}),
                                area("12/0101/002"), Part::Content),
                   "0 good");
}

TEST(TrustChain, AKeyOfOneAreaDoesNotPublishForTheAreaAbove) {
    TrustChain chain = whole();
    expect_refused(
        chain.verify(signed_head(district_head(), {&north}), area("12/0101"), Part::Content),
        "0 good");
    expect_refused(chain.verify(signed_head(city_head(), {&district}), area("12"), Part::Content),
                   "0 good");
}

TEST(TrustChain, AKeyOfOneAreaDoesNotPublishForTheAreasBelow) {
    TrustChain chain = whole();
    for (const SecretKey* key : {&city, &district, &r1})
        expect_refused(chain.verify(signed_head(make_head("12/0101/001"), {key}),
                                    area("12/0101/001"), Part::Content),
                       "0 good");
}

TEST(TrustChain, RootKeysDoNotPublish) {
    TrustChain chain = start();
    expect_refused(
        chain.verify(signed_head(city_head(), {&r1, &r2, &r3}), area("12"), Part::Content),
        "0 good");
}

TEST(TrustChain, AHeadOfAnotherAreaIsRefusedEvenByTheSameKey) {
    TrustChain chain = start();
    Head head = city_head();
    head.areas = {{area("12/0101"), key_set(1, {&district})},
                  {area("12/0102"), key_set(1, {&district})}};
    take(chain, head, city);
    auto file = signed_head(make_head("12/0102"), {&district});
    expect_refused(chain.verify(file, area("12/0101"), Part::Content),
                   "the head is that of area 12/0102");
}

TEST(TrustChain, AHeadOfContentIsNoHeadOfAlertsAndTheOtherWayRound) {
    TrustChain chain = start();
    Head alerts = make_head("12");
    alerts.part = Part::Alerts;
    CHECK_GOOD(chain.verify(signed_head(alerts, {&city}), area("12"), Part::Alerts));
    expect_refused(chain.verify(signed_head(alerts, {&city}), area("12"), Part::Content),
                   "that of the part alerts");
    expect_refused(chain.verify(signed_head(city_head(), {&city}), area("12"), Part::Alerts),
                   "that of the part content");
}

TEST(TrustChain, ARootIsNoHead) {
    TrustChain chain = start();
    Root root = root_of(1);
    root.cities.at(area("12")) = key_set(1, {&r1});
    auto served = TrustChain::start(signed_root(root, {&r1, &r2}));
    CHECK_GOOD(served);
    expect_refused(served->verify(signed_root(root, {&r1, &r2}), area("12"), Part::Content),
                   "the root is not <head");
}

TEST(TrustChain, AHeadOfTwoKeysNeedsBoth) {
    TrustChain chain = start();
    Head head = city_head();
    head.areas.at(area("12/0101")) = key_set(2, {&district, &north, &south});
    take(chain, head, city);
    auto file = [&](std::vector<const SecretKey*> keys) {
        return signed_head(make_head("12/0101"), keys);
    };
    expect_refused(chain.verify(file({&district}), area("12/0101"), Part::Content),
                   "1 good signatures of the 3");
    expect_refused(chain.verify(file({&district, &city}), area("12/0101"), Part::Content),
                   "1 good signatures of the 3");
    CHECK_GOOD(chain.verify(file({&south, &district}), area("12/0101"), Part::Content));
}

TEST(TrustChain, FollowsRootsOneByOne) {
    TrustChain chain = start();
    Root second = root_of(2);
    second.keys = key_set(2, {&r2, &r3, &stranger});
    CHECK_GOOD(chain.follow(signed_root(second, {&r2, &r3})));
    Root third = root_of(3);
    third.keys = key_set(1, {&stranger});
    third.cities = {{area("12"), key_set(1, {&south})}};
    CHECK_GOOD(chain.follow(signed_root(third, {&r3, &stranger})));
    UNSIGNED_LONGS_EQUAL(3, chain.root().version);
    expect_refused(chain.verify(signed_head(city_head(), {&city}), area("12"), Part::Content),
                   "0 good");
    CHECK_GOOD(chain.verify(signed_head(city_head(), {&south}), area("12"), Part::Content));
}

TEST(TrustChain, ARootThatLeavesOneOutIsRefused) {
    TrustChain chain = start();
    for (std::uint64_t version : {3ull, 1ull, 9223372036854775807ull}) {
        auto file = signed_root(root_of(version), {&r1, &r2});
        expect_refused(chain.follow(file), "does not follow root 1");
    }
    UNSIGNED_LONGS_EQUAL(1, chain.root().version);
}

TEST(TrustChain, ARootThatOnlyTheOldKeysSignedIsRefused) {
    TrustChain chain = start();
    Root second = root_of(2);
    second.keys = key_set(2, {&r3, &stranger});
    expect_refused(chain.follow(signed_root(second, {&r1, &r2, &r3})),
                   "root 2 by its own keys: 1 good");
    UNSIGNED_LONGS_EQUAL(1, chain.root().version);
}

TEST(TrustChain, ARootThatOnlyTheNewKeysSignedIsRefused) {
    TrustChain chain = start();
    Root second = root_of(2);
    second.keys = key_set(2, {&r3, &stranger});
    expect_refused(chain.follow(signed_root(second, {&r3, &stranger})),
                   "root 2 by the keys of root 1: 1 good");
    UNSIGNED_LONGS_EQUAL(1, chain.root().version);
}

TEST(TrustChain, ANewRootEndsWhatHungOnKeysOfTheOldOne) {
    TrustChain chain = whole();
    CHECK_GOOD(chain.follow(signed_root(root_of(2), {&r1, &r2})));
    POINTERS_EQUAL(nullptr, chain.keys_of(area("12/0101")));
    POINTERS_EQUAL(nullptr, chain.keys_of(area("12/0101/001")));
}

TEST(TrustChain, AKeyThatIsNamedNoLongerCountsNoLonger) {
    TrustChain chain = whole();
    Head head = district_head();
    head.areas.erase(area("12/0101/001"));
    take(chain, head, district);
    expect_refused(chain.verify(signed_head(make_head("12/0101/001"), {&north}),
                                area("12/0101/001"), Part::Content),
                   "nobody is named");
    CHECK_GOOD(chain.verify(signed_head(make_head("12/0101/002"), {&south}), area("12/0101/002"),
                            Part::Content));
}

TEST(TrustChain, WhatHangsOnARevokedKeyGoesWithIt) {
    TrustChain chain = whole();
    Head head = city_head();
    head.areas.at(area("12/0101")) = key_set(1, {&stranger});
    take(chain, head, city);
    POINTERS_EQUAL(nullptr, chain.keys_of(area("12/0101/001")));
}

TEST(TrustChain, WhatHangsOnAKeyThatStaysStays) {
    TrustChain chain = whole();
    take(chain, city_head(), city);
    CHECK_TRUE(chain.keys_of(area("12/0101/001")) != nullptr);
}

TEST(TrustChain, AHeadNamesOnlyKeysOfAreasDirectlyBelow) {
    TrustChain chain = whole();
    for (const char* code : {"12/0101/001/001", "12/0102", "12/0101", "12", "31"}) {
        Head head = make_head("12/0101");
        head.areas.emplace(area(code), key_set(1, {&district}));
        expect_refused(chain.verify(signed_head(head, {&district}), area("12/0101"), Part::Content),
                       "not directly below");
    }
}

TEST(TrustChain, EveryBitOfASignedHeadCounts) {
    TrustChain chain = start();
    Head head = city_head();
    head.deltas = {{std::string(64, 'b'), std::string(64, 'c'), 9, 20}};
    head.alerts = 30s;
    const std::string good = signed_head(head, {&city});
    CHECK_GOOD(chain.verify(good, area("12"), Part::Content));
    std::string file = good;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        file[bit / 8] = static_cast<char>(file[bit / 8] ^ (1 << (bit % 8)));
        CHECK_FALSE_TEXT(chain.verify(file, area("12"), Part::Content).has_value(),
                         base::format("bit {}", bit).c_str());
        file[bit / 8] = good[bit / 8];
    }
}

TEST(TrustChain, EveryBitOfASignedRootCounts) {
    TrustChain chain = start();
    const std::string good = signed_root(root_of(2), {&r1, &r2});
    std::string file = good;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        file[bit / 8] = static_cast<char>(file[bit / 8] ^ (1 << (bit % 8)));
        CHECK_FALSE_TEXT(chain.follow(file).has_value(), base::format("bit {}", bit).c_str());
        file[bit / 8] = good[bit / 8];
    }
    CHECK_GOOD(chain.follow(good));
}

TEST(TrustChain, ATruncatedHeadIsRefusedAtEveryLength) {
    TrustChain chain = start();
    std::string good = signed_head(city_head(), {&city});
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK_FALSE(chain.verify(good.substr(0, length), area("12"), Part::Content).has_value());
}

TEST(TrustChain, APaddedHeadIsRefused) {
    TrustChain chain = start();
    std::string good = signed_head(city_head(), {&city});
    for (const std::string& padding :
         {std::string("\n"), std::string(" "), std::string(1, '\0'), good}) {
        CHECK_FALSE(chain.verify(good + padding, area("12"), Part::Content).has_value());
        CHECK_FALSE(chain.verify(padding + good, area("12"), Part::Content).has_value());
        CHECK_FALSE(
            chain.verify(replaced(good, "\n\n", "\n\n" + padding), area("12"), Part::Content)
                .has_value());
    }
}

TEST(TrustChain, HostileXmlIsRefusedEvenBehindAGoodSignature) {
    TrustChain chain = start();
    std::string deep;
    for (int i = 0; i < 10'000; ++i)
        deep += "<a>";
    std::string attributes = "<head ";
    for (int i = 0; i < 1'000; ++i)
        attributes += base::format("a{}=\"\" ", i);
    std::string good = platform::write_head(city_head());
    const std::pair<std::string, const char*> kCases[] = {
        {"", "no element found"},
        {std::string(1000, '\0'), "the head is wrong at 1:"},
        {"<!DOCTYPE head [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><head>&b;</head>",
         "document type declaration"},
        {"<!DOCTYPE head SYSTEM \"file:///etc/passwd\"><head/>", "document type declaration"},
        {deep, "the head is wrong at 1:"},
        {attributes + "/>", "the head is wrong at 1:"},
        {replaced(good, "</head>", ""), "the head is wrong at "},
        {good + "<head/>", "the head is wrong at "},
        {replaced(good, "poll=", "area=\"31\" poll="), "duplicate attribute"},
        {replaced(good, "<head ", "<h:head xmlns:h=\"urn:other\" "), "the head is wrong at "},
        {replaced(good, "urn:linli:publication:1", "urn:other"), "the root is not <head"},
    };
    for (const auto& [xml, reason] : kCases)
        expect_refused(
            chain.verify(platform::write_signed(xml, {&city}), area("12"), Part::Content), reason);
}

TEST(TrustChain, KnowsTheLatestSignedTimeAndNeverGoesBack) {
    TrustChain chain = start();
    CHECK_TRUE(chain.latest_time() == kMonday);
    chain.note_time(kMonday + 24h);
    chain.note_time(kMonday - 24h);
    CHECK_TRUE(chain.latest_time() == kMonday + 24h);
    Root second = root_of(2);
    second.published = kMonday + 48h;
    CHECK_GOOD(chain.follow(signed_root(second, {&r1, &r2})));
    CHECK_TRUE(chain.latest_time() == kMonday + 48h);
}
