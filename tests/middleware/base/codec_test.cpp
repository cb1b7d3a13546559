#include "middleware/base/compress.h"
#include "middleware/base/hash.h"
#include "middleware/base/secret.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

TEST_GROUP(Sha256){};

TEST(Sha256, HashesAsTheStandardSays) {
    STRCMP_EQUAL("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", base::Sha256::of("abc").c_str());
    base::Sha256 pieces;
    pieces.add("a");
    pieces.add("");
    pieces.add("bc");
    STRCMP_EQUAL(base::Sha256::of("abc").c_str(), pieces.finish().c_str());
}

TEST(Sha256, KnowsAHashFromAPath) {
    CHECK_TRUE(base::Sha256::is_hash(base::Sha256::of("")));
    CHECK_FALSE(base::Sha256::is_hash(""));
    CHECK_FALSE(base::Sha256::is_hash(std::string(64, 'A')));
    CHECK_FALSE(base::Sha256::is_hash("../" + std::string(61, 'a')));
}

TEST_GROUP(Secret){};

TEST(Secret, VerifiesWhatItHashed) {
    auto hash = base::hash_password("2468");
    CHECK_TRUE(base::is_password("2468", *hash));
    CHECK_FALSE(base::is_password("2469", *hash));
    CHECK_FALSE(base::is_password("2468", "no hash"));
}

TEST(Secret, RandomHexIsNeverTheSame) {
    std::string one = base::random_hex(33);
    UNSIGNED_LONGS_EQUAL(33, one.size());
    UNSIGNED_LONGS_EQUAL(std::string::npos, one.find_first_not_of("0123456789abcdef"));
    CHECK_TRUE(one != base::random_hex(33));
}

TEST(Secret, IsGoneAfterWiping) {
    std::string secret = "2468";
    const char* place = secret.data();
    base::wipe(secret);
    CHECK_TRUE(secret.empty());
    LONGS_EQUAL(0, place[1]);
}

TEST_GROUP(Decompressor) {
    static base::Result<void> drop(std::string_view) { return {}; }
};

TEST(Decompressor, GivesBackWhatWasPackedInPiecesOfAnySize) {
    std::string bytes;
    for (int i = 0; i < 200'000; ++i) bytes += std::to_string(i * 7919 % 1000);
    auto packed = base::compress(bytes);
    for (std::size_t piece : {std::size_t(1), std::size_t(7), std::size_t(4096), packed->size()}) {
        base::Decompressor decompressor(bytes.size());
        std::string out;
        for (std::size_t at = 0; at < packed->size(); at += piece) {
            CHECK_TRUE(decompressor
                           .push(std::string_view(*packed).substr(at, piece),
                                 [&](auto more) -> base::Result<void> {
                                     out += more;
                                     return {};
                                 })
                           .has_value());
        }
        CHECK_TRUE(decompressor.finish().has_value());
        CHECK_TRUE(out == bytes);
    }
}

TEST(Decompressor, PacksTheSameBytesTheSameWay) {
    CHECK_TRUE(*base::compress("邻里电视") == *base::compress("邻里电视"));
}

TEST(Decompressor, StopsABombAtItsBound) {
    auto bomb = base::compress(std::string(100u << 20, '\0'));
    CHECK_TRUE(bomb->size() < 20'000);
    base::Decompressor decompressor(1u << 20);
    auto result = decompressor.push(*bomb, drop);
    STRCMP_EQUAL("it unpacks to more than 1048576 bytes", result.error().message.c_str());
    CHECK_TRUE(decompressor.unpacked_bytes() < 2u << 20);
}

TEST(Decompressor, ReportsTruncation) {
    auto packed = base::compress("a text that is long enough");
    base::Decompressor decompressor(100);
    CHECK_TRUE(decompressor.push(std::string_view(*packed).substr(0, packed->size() - 1), drop).has_value());
    STRCMP_EQUAL("zstd: the frame is cut short", decompressor.finish().error().message.c_str());
}

TEST(Decompressor, RefusesBytesAfterTheFrame) {
    CHECK_FALSE(base::decompress(*base::compress("one") + "more", 100).has_value());
}

TEST(Decompressor, TakesSeveralFramesForOneTextWhereItIsAsked) {
    std::string packed = *base::compress("one, ") + *base::compress("two, ", {.level = 3}) + *base::compress("");
    const base::DecompressOptions several{.frames = base::Frames::Several};
    STRCMP_EQUAL("one, two, ", base::decompress(packed, 10, several)->c_str());
    std::string cut = packed.substr(0, packed.size() - 1);
    STRCMP_EQUAL("zstd: the frame is cut short", base::decompress(cut, 10, several).error().message.c_str());
    CHECK_FALSE(base::decompress(packed + "more", 10, several).has_value());
    STRCMP_EQUAL("it unpacks to more than 9 bytes", base::decompress(packed, 9, several).error().message.c_str());
}

TEST(Decompressor, NeedsThePrefixThatWasPackedWith) {
    std::string prefix = "<notice id=\"water-stop\" category=\"livelihood\">", text = prefix + "water";
    std::string packed = *base::compress(text, {.prefix = prefix});
    CHECK_TRUE(packed.size() < base::compress(text)->size());
    STRCMP_EQUAL(text.c_str(), base::decompress(packed, 100, {.prefix = prefix})->c_str());
    auto without = base::decompress(packed, 100);
    CHECK_TRUE(!without || *without != text);
}

TEST(Decompressor, RefusesALargeWindow) {
    // Magic number, descriptor without content size, window descriptor of 2^31 bytes. @spec RFC 8878 §3.1.1.1.2
    std::string frame("\x28\xB5\x2F\xFD\x00\xA8\x01\x00\x00", 9);
    CHECK_FALSE(base::decompress(frame, 1u << 30).has_value());
}

TEST(Decompressor, RefusesOtherBytes) { CHECK_FALSE(base::decompress("<exchange/>", 100).has_value()); }
