#include "platform/publication/key_ring.h"

#include <sys/stat.h>

#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/platform/publication_forgery.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::key_set;
using linli::tests::SecretKey;
using platform::create_key;
using platform::KeyRing;

// clang-format off
TEST_GROUP(KeyRing) {
    tests::TemporaryFolder folder;
    std::filesystem::path keys = folder.path() / "keys";

    unsigned mode_of(const std::filesystem::path& file) {
        struct stat info {};
        CHECK_TRUE(::stat(file.c_str(), &info) == 0);
        return info.st_mode & 07777;
    }
    base::PublicKey create(const std::string& name, std::string_view passphrase = "") {
        auto key = create_key(keys, name, passphrase);
        CHECK_GOOD(key);
        return *key;
    }
};
// clang-format on

TEST(KeyRing, CreatesAKeyThatItsOwnerAloneMayRead) {
    mode_t before = ::umask(0);
    base::PublicKey key = create("12");
    ::umask(before);
    LONGS_EQUAL(0600, mode_of(keys / "12.key"));
    CHECK_TEXT_EQUAL(key.hex() + "\n", *base::read_file(keys / "12.pub"));
    CHECK_TRUE(*platform::read_public_key(keys / "12.pub") == key);
    CHECK_TRUE(*platform::read_public_key(key.hex()) == key);
    CHECK_FALSE(platform::read_public_key(keys / "12.key").has_value());
}

TEST(KeyRing, NeverOverwritesAKey) {
    create("12");
    std::string kept = *base::read_file(keys / "12.key");
    STRCMP_CONTAINS("is there already", create_key(keys, "12", "").error().message.c_str());
    std::filesystem::remove(keys / "12.pub");
    STRCMP_CONTAINS("is there already", create_key(keys, "12", "").error().message.c_str());
    CHECK_TEXT_EQUAL(kept, *base::read_file(keys / "12.key"));
}

TEST(KeyRing, ReadsFilesAndFolders) {
    base::PublicKey a = create("a");
    base::PublicKey b = create("b");
    folder.write("keys/readme.txt", "not a key");
    auto ring = KeyRing::open({keys, keys / "a.key"}, nullptr);
    CHECK_GOOD(ring);
    CHECK_TRUE(ring->find(a.id()) != nullptr && ring->find(b.id()) != nullptr);
    POINTERS_EQUAL(nullptr, ring->find(SecretKey::generate().public_key().id()));
}

TEST(KeyRing, RefusesAKeyThatOthersMayReadOrChange) {
    create("a");
    for (mode_t mode : {0644, 0640, 0604, 0660, 0602, 0700, 04600}) {
        ::chmod((keys / "a.key").c_str(), mode);
        auto ring = KeyRing::open({keys}, nullptr);
        CHECK_FALSE_TEXT(ring.has_value(), base::format("{:o}", mode).c_str());
        STRCMP_CONTAINS("others may read or change this key", ring.error().message.c_str());
    }
    for (mode_t mode : {0600, 0400}) {
        ::chmod((keys / "a.key").c_str(), mode);
        CHECK_GOOD(KeyRing::open({keys}, nullptr));
    }
}

TEST(KeyRing, AsksForThePassphraseOfSealedKeysOnly) {
    create("open");
    base::PublicKey sealed = create("sealed", "correct horse");
    LONGS_EQUAL(0600, mode_of(keys / "sealed.key"));
    int asked = 0;
    auto ring = KeyRing::open({keys}, [&](const std::filesystem::path& file) {
        ++asked;
        CHECK_TEXT_EQUAL((keys / "sealed.key").string(), file.string());
        return std::string("correct horse");
    });
    CHECK_GOOD(ring);
    LONGS_EQUAL(1, asked);
    CHECK_TRUE(ring->find(sealed.id()) != nullptr);
}

TEST(KeyRing, RefusesAWrongPassphraseAndNone) {
    create("sealed", "correct horse");
    auto wrong = KeyRing::open({keys}, [](auto&) { return std::string("battery staple"); });
    STRCMP_CONTAINS("the passphrase is wrong", wrong.error().message.c_str());
    STRCMP_CONTAINS("sealed.key", wrong.error().message.c_str());
    STRCMP_CONTAINS("its passphrase is missing",
                    KeyRing::open({keys}, nullptr).error().message.c_str());
}

TEST(KeyRing, RefusesFilesThatAreNoKeys) {
    STRCMP_CONTAINS(
        "cannot read",
        KeyRing::open({folder.path() / "missing.key"}, nullptr).error().message.c_str());
    auto file = folder.write("wrong.key", "ssh-ed25519 AAAA");
    ::chmod(file.c_str(), 0600);
    STRCMP_CONTAINS("it is no key file", KeyRing::open({file}, nullptr).error().message.c_str());
    auto large = folder.write("large.key", std::string(5000, 'x'));
    ::chmod(large.c_str(), 0600);
    STRCMP_CONTAINS("4096 at most", KeyRing::open({large}, nullptr).error().message.c_str());
}

TEST(KeyRing, SignsWithAsManyKeysAsTheThresholdAsksFor) {
    SecretKey a = SecretKey::generate();
    SecretKey b = SecretKey::generate();
    SecretKey c = SecretKey::generate();
    platform::KeySet two_of_three = key_set(2, {&a, &b, &c});
    std::string missing = b.public_key().id();
    KeyRing ring;
    ring.add(std::move(c));
    CHECK_FALSE(ring.can_sign(two_of_three));
    auto too_few = ring.sign("x", two_of_three);
    STRCMP_CONTAINS("1 of 2 keys that are needed are at hand", too_few.error().message.c_str());
    STRCMP_CONTAINS(missing.c_str(), too_few.error().message.c_str());

    ring.add(std::move(a));
    ring.add(std::move(b));
    CHECK_TRUE(ring.can_sign(two_of_three));
    auto file = platform::read_signed(*ring.sign("x", two_of_three));
    CHECK_GOOD(file);
    LONGS_EQUAL(2, file->signatures.size());
    CHECK_GOOD(platform::check_signatures(*file, two_of_three));
}

TEST(KeyRing, SignsNothingThatReceiversWouldRefuseForItsLength) {
    SecretKey a = SecretKey::generate();
    platform::KeySet one = key_set(1, {&a});
    KeyRing ring;
    ring.add(std::move(a));
    STRCMP_CONTAINS("65536 at most",
                    ring.sign(std::string(65536, 'x'), one).error().message.c_str());
}
