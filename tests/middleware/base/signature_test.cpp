#include "middleware/base/signature.h"

#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using base::PublicKey;
using base::SecretKey;

namespace {

/// RFC 8032, 7.1, TEST 2.
constexpr std::string_view kSeed =
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr std::string_view kPublic =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

std::string key_file(std::string_view public_key, std::string_view seed) {
    return "linli-key 1\npublic " + std::string(public_key) + "\nsecret " + std::string(seed) +
           "\n";
}

std::string hex_of(std::string_view bytes) {
    std::string hex;
    for (unsigned char byte : bytes)
        hex += base::format("{:02x}", byte);
    return hex;
}

}  // namespace

TEST_GROUP(Signature){};

TEST(Signature, IsThatOfTheStandard) {
    auto key = SecretKey::parse(key_file(kPublic, kSeed), "");
    CHECK_GOOD(key);
    CHECK_TEXT_EQUAL(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        hex_of(key->sign("r")));
    CHECK_TRUE(key->public_key().verifies("r", key->sign("r")));
}

TEST(Signature, VerifiesForItsKeyAndBytesOnly) {
    SecretKey key = SecretKey::generate();
    SecretKey other = SecretKey::generate();
    std::string signature = key.sign("content");
    LONGS_EQUAL(64, signature.size());
    CHECK_TRUE(key.sign("content") == signature);
    CHECK_TRUE(key.public_key().verifies("content", signature));
    CHECK_FALSE(key.public_key().verifies("Content", signature));
    CHECK_FALSE(other.public_key().verifies("content", signature));
    for (const auto& wrong :
         {std::string(), signature.substr(1), signature + "x", std::string(64, '\0')})
        CHECK_FALSE(key.public_key().verifies("content", wrong));
}

TEST(Signature, ByAKeyOfSmallOrderIsWorthNothing) {
    // With the neutral element as its key, R = the neutral element and S = 0 would fit any message.
    auto neutral = PublicKey::parse("01" + std::string(62, '0'));
    CHECK_GOOD(neutral);
    CHECK_FALSE(neutral->verifies("anything", "\x01" + std::string(63, '\0')));
}

TEST(Signature, KeysAreNamedByTheHashOfTheirBytes) {
    auto key = PublicKey::parse(kPublic);
    CHECK_GOOD(key);
    CHECK_TEXT_EQUAL(kPublic, key->hex());
    CHECK_TEXT_EQUAL(base::Sha256::of("=@\x17\xc3\xe8\x43\x89Z\x92\xb7\n\xa7M\x1b~\xbc\x9c\x98,"
                                      "\xcf.\xc4\x96\x8c\xc0\xcdU\xf1*\xf4"
                                      "f\x0c")
                         .substr(0, 16),
                     key->id());
    for (const char* wrong :
         {"", "3d40", "3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C",
          "zz4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"})
        CHECK_FALSE(PublicKey::parse(wrong).has_value());
}

TEST(Signature, KeyFileGivesTheKeyBack) {
    SecretKey key = SecretKey::generate();
    auto file = key.to_file("");
    CHECK_GOOD(file);
    CHECK_FALSE(SecretKey::is_sealed(*file));
    auto read = SecretKey::parse(*file, "");
    CHECK_GOOD(read);
    CHECK_TRUE(read->public_key() == key.public_key());
    CHECK_TRUE(read->sign("x") == key.sign("x"));
}

TEST(Signature, SealedKeyOpensWithItsPassphraseOnly) {
    SecretKey key = SecretKey::generate();
    auto file = key.to_file("马到成功 2026");
    CHECK_GOOD(file);
    CHECK_TRUE(SecretKey::is_sealed(*file));
    CHECK_FALSE(file->contains("secret"));

    auto read = SecretKey::parse(*file, "马到成功 2026");
    CHECK_GOOD(read);
    CHECK_TRUE(read->sign("x") == key.sign("x"));
    STRCMP_CONTAINS("the passphrase is wrong",
                    SecretKey::parse(*file, "马到成功 2027").error().message.c_str());
    STRCMP_CONTAINS("its passphrase is missing",
                    SecretKey::parse(*file, "").error().message.c_str());
    CHECK_FALSE(*key.to_file("马到成功 2026") == *file);  // another salt each time
}

TEST(Signature, KeyFileThatIsDamagedIsRefused) {
    std::string good = key_file(kPublic, kSeed);
    std::string other(64, 'a');
    for (const std::string& wrong :
         {std::string(), std::string("linli-key 1"), key_file(other, kSeed),
          key_file(kPublic, other), key_file(kPublic, kSeed.substr(2)), good + "more",
          good.substr(0, good.size() - 2), "linli-key 2" + good.substr(11)})
        CHECK_FALSE(SecretKey::parse(wrong, "").has_value());
}

TEST(Signature, SecretKeyMovesAndLeavesNothingBehind) {
    SecretKey key = SecretKey::generate();
    std::string signature = key.sign("x");
    SecretKey moved = std::move(key);
    CHECK_TRUE(moved.sign("x") == signature);
    CHECK_FALSE(key.sign("x") == signature);  // NOLINT: that is what is asked
}
