#include "middleware/base/gunzip.h"

#include <zlib.h>

#include <string>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

std::string gzip(std::string text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

/// What comes out, or the error.
std::string gunzip(std::string_view packed, std::size_t piece, std::uint64_t most = 1 << 20) {
    base::Gunzip gunzip(most);
    std::string text;
    for (; !packed.empty(); packed.remove_prefix(std::min(piece, packed.size()))) {
        auto pushed = gunzip.push(packed.substr(0, piece), [&](std::string_view out) -> base::Result<void> {
            text += out;
            return {};
        });
        if (!pushed) return pushed.error().message;
    }
    auto done = gunzip.finish();
    return done ? text : done.error().message;
}

}  // namespace

TEST_GROUP(Gunzip){};

TEST(Gunzip, UnpacksWhateverIsPushedInHoweverItIsCut) {
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + " ";
    // Two members are one text.
    std::string packed = gzip(text) + gzip("the end");
    for (std::size_t piece : {1ul, 7ul, 4096ul, 10'000'000ul}) CHECK_TRUE(gunzip(packed, piece) == text + "the end");
}

TEST(Gunzip, StopsABombAtItsBound) {
    CHECK_TEXT_EQUAL("it unpacks to more than 1000 bytes", gunzip(gzip(std::string(10'000'000, 'a')), 100, 1000));
}

TEST(Gunzip, ReportsTruncationAndDamage) {
    std::string packed = gzip("text that is packed");
    for (std::size_t size = 1; size < packed.size(); ++size)
        CHECK_TEXT_EQUAL("gzip: the packed bytes end in the middle", gunzip(packed.substr(0, size), 1000));
    packed[packed.size() - 5] ^= 1;
    STRCMP_CONTAINS("gzip: ", gunzip(packed, 1000).c_str());
}
