#include "platform/publication/signed_file.h"

#include "tests/platform/publication_forgery.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::key_set;
using linli::tests::replaced;
using linli::tests::SecretKey;
using platform::KeySet;
using platform::read_signed;
using platform::write_signed;

// clang-format off
TEST_GROUP(SignedFile) {
    SecretKey a = SecretKey::generate();
    SecretKey b = SecretKey::generate();
    SecretKey c = SecretKey::generate();

    void expect_good(const std::string& file, const KeySet& keys) {
        auto read = read_signed(file);
        CHECK_GOOD(read);
        CHECK_GOOD(platform::check_signatures(*read, keys));
    }
    void expect_too_few(const std::string& file, const KeySet& keys, const char* reason) {
        auto read = read_signed(file);
        CHECK_GOOD(read);
        auto checked = platform::check_signatures(*read, keys);
        CHECK_FALSE(checked.has_value());
        STRCMP_CONTAINS(reason, checked.error().message.c_str());
    }
    void expect_refused(const std::string& file, const char* reason) {
        auto read = read_signed(file);
        CHECK_FALSE_TEXT(read.has_value(), reason);
        STRCMP_CONTAINS(reason, read.error().message.c_str());
    }
};
// clang-format on

TEST(SignedFile, HoldsItsPayloadByteForByte) {
    for (const std::string& payload :
         {std::string(), std::string("\n\n"), std::string("\0\xff\r\n", 4),
          std::string("linli-signed 1\n\n")}) {
        auto read = read_signed(write_signed(payload, {&a, &b}));
        CHECK_GOOD(read);
        CHECK_TRUE(read->payload == payload);
        LONGS_EQUAL(2, read->signatures.size());
    }
}

TEST(SignedFile, GivesTheSameBytesForTheSameKeysAndPayload) {
    CHECK_TEXT_EQUAL(write_signed("x", {&a, &b}), write_signed("x", {&a, &b}));
}

TEST(SignedFile, IsGoodWhenTheThresholdIsMet) {
    expect_good(write_signed("x", {&a}), key_set(1, {&a}));
    expect_good(write_signed("x", {&c, &a}), key_set(2, {&a, &b, &c}));
    expect_good(write_signed("x", {&a, &b, &c}), key_set(1, {&b}));
}

TEST(SignedFile, IsRefusedWhenTheThresholdIsNotMet) {
    expect_too_few(write_signed("x", {&b}), key_set(2, {&a, &b, &c}),
                   "1 good signatures of the 3 keys that count, 2 are");
    expect_too_few(write_signed("x", {&b, &c}), key_set(1, {&a}), "0 good signatures");
}

TEST(SignedFile, ThresholdOfZeroIsNoThreshold) {
    expect_too_few(write_signed("x", {&b}), key_set(0, {&a}), "0 good");
}

TEST(SignedFile, TheSameKeyTwiceDoesNotCountTwice) {
    std::string once = write_signed("x", {&a});
    std::string line = once.substr(15, once.find("\n\n") - 14);
    expect_refused(replaced(once, line, line + line), "two signatures by the key");
    // Nor where somebody managed to name it twice.
    expect_too_few(once, key_set(2, {&a, &a}), "1 good signatures");
}

TEST(SignedFile, ASignatureUnderTheNameOfAnotherKeyDoesNotCount) {
    std::string file = write_signed("x", {&b});
    expect_too_few(replaced(file, b.public_key().id(), a.public_key().id()), key_set(1, {&a, &b}),
                   "0 good");
}

TEST(SignedFile, ASignatureOfAnotherPayloadDoesNotCount) {
    std::string file = write_signed("x", {&a});
    file.back() = 'y';
    expect_too_few(file, key_set(1, {&a}), "0 good");
}

TEST(SignedFile, PassesOverSignaturesOfAnotherKind) {
    std::string file = write_signed("x", {&a});
    expect_good(replaced(file, "ed25519 ", "ml-dsa-44 0011 aabb cc\ned25519 "), key_set(1, {&a}));
}

TEST(SignedFile, TakesAnotherHoldersSignatureIn) {
    auto both = platform::add_signature(write_signed("x", {&a}), b);
    CHECK_GOOD(both);
    CHECK_TEXT_EQUAL(write_signed("x", {&a, &b}), *both);
    CHECK_TEXT_EQUAL(*both, *platform::add_signature(*both, a));
}

TEST(SignedFile, WithTooManySignaturesIsRefused) {
    std::vector<SecretKey> keys;
    for (int i = 0; i < 17; ++i)
        keys.push_back(SecretKey::generate());
    std::vector<const SecretKey*> signers;
    for (const SecretKey& key : keys)
        signers.push_back(&key);
    expect_refused(write_signed("x", signers), "more than 16 signatures");
    signers.pop_back();
    CHECK_GOOD(read_signed(write_signed("x", signers)));
    auto one_more = platform::add_signature(write_signed("x", signers), keys.back());
    STRCMP_CONTAINS("more than 16 signatures", one_more.error().message.c_str());
}

TEST(SignedFile, OfAnyOtherFormIsRefusedWithTheReason) {
    std::string good = write_signed("x", {&a});
    std::string id = a.public_key().id();
    const std::pair<std::string, const char*> kCases[] = {
        {"", "it is no signed file"},
        {"<html>Please log in</html>\n\n", "it is no signed file"},
        {replaced(good, "linli-signed 1", "linli-signed 2"), "it is no signed file"},
        {replaced(good, "linli-signed 1\n", "linli-signed 1\r\n"), "it is no signed file"},
        {"\xef\xbb\xbf" + good, "it is no signed file"},
        {good.substr(0, good.find("\n\n") + 1), "cut off"},
        {good.substr(0, 20), "cut off"},
        {"linli-signed 1\n\nx", "there is no signature"},
        {"linli-signed 1\nnone\n\nx", "there is no signature"},
        {replaced(good, "\n\n", "\r\n\n"), "a line is no signature"},
        {replaced(good, "\n\n", " \n\n"), "a line is no signature"},
        {replaced(good, "\n\n", "0\n\n"), "a line is no signature"},
        {replaced(good, id, id + "0"), "a line is no signature"},
        {replaced(good, id, "ZZZZZZZZZZZZZZZZ"), "a line is no signature"},
        {replaced(good, "ed25519 " + id, "ed25519"), "a line is no signature"},
        {replaced(good, "ed25519 ", "ed25519  "), "a line is no signature"},
        {good + std::string(platform::kMostSignedBytes, 'x'), "65536 at most"},
    };
    for (const auto& [file, reason] : kCases)
        expect_refused(file, reason);
}
