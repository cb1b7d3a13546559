#include "middleware/media/stream_encoder.h"

#include <algorithm>
#include <thread>

#include "simulator/stream/multiplex/elementary_loop.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::media;
using namespace linli::tests;

namespace {

constexpr graphics::Size kSize{160, 96};
constexpr std::size_t kSamples = 2 * 48'000 / 25;

StreamEncoder::Options options(const std::filesystem::path& file) { return {.file = file, .size = kSize, .kilobits_per_second = 200}; }

/// A grey that goes with the number, with a line that moves.
graphics::Image picture(int number) {
    graphics::Image picture{.size = kSize, .pixels = std::vector<std::uint32_t>(160 * 96, 0xFF000000u | 0x010101u * static_cast<unsigned>(number % 200))};
    std::fill_n(picture.pixels.begin() + number % 96 * 160, 160, 0xFFFFFFFFu);
    return picture;
}

base::Result<void> encode(const std::filesystem::path& file, int pictures) {
    LINLI_TRY(encoder, StreamEncoder::create(options(file)));
    for (int i = 0; i < pictures; ++i) LINLI_CHECK(encoder->add(picture(i), std::vector<std::int16_t>(kSamples)));
    return encoder->finish();
}

std::size_t pictures_in(const std::filesystem::path& file) {
    auto loop = simulator::ProgramLoop::read(file);
    CHECK_GOOD(loop);
    std::size_t pictures = 0;
    for (const auto& stream : loop->streams)
        if (stream.is_video()) pictures = stream.units.size();
    return pictures;
}

}  // namespace

// clang-format off
TEST_GROUP(StreamEncoder) {
    TemporaryFolder folder;
    std::filesystem::path file(int number = 0) { return folder.path() / std::to_string(number); }
};
// clang-format on

TEST(StreamEncoder, WritesEveryPictureAsOftenAsItIsAskedTo) {
    for (int round = 0; round < 40; ++round) {
        CHECK_GOOD(encode(file(), 10));
        CHECK_EQUAL(10u, pictures_in(file()));
    }
}

TEST(StreamEncoder, ManyAtOnceByTurns) {
    constexpr int kEncoders = 8, kPictures = 30;
    for (int round = 0; round < 5; ++round) {
        std::vector<std::unique_ptr<StreamEncoder>> encoders;
        for (int i = 0; i < kEncoders; ++i) {
            auto encoder = StreamEncoder::create(options(file(i)));
            CHECK_GOOD(encoder);
            encoders.push_back(std::move(*encoder));
        }
        for (int i = 0; i < kPictures; ++i)
            for (auto& encoder : encoders) CHECK_GOOD(encoder->add(picture(i), std::vector<std::int16_t>(kSamples)));
        for (auto& encoder : encoders) CHECK_GOOD(encoder->finish());
        encoders.clear();
        for (int i = 0; i < kEncoders; ++i) CHECK_EQUAL(static_cast<std::size_t>(kPictures), pictures_in(file(i)));
    }
}

TEST(StreamEncoder, ManyAtOnceOnThreadsOfTheirOwn) {
    std::vector<std::string> errors(4);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 10 && errors[i].empty(); ++round)
                if (auto encoded = encode(file(static_cast<int>(i)), 10); !encoded) errors[i] = encoded.error().message;
        });
    }
    threads.clear();
    for (const std::string& error : errors) CHECK_TEXT_EQUAL("", error);
}

TEST(StreamEncoder, CanBeGivenUpAtAnyTime) {
    for (int pictures = 0; pictures < 30; ++pictures) {
        auto encoder = StreamEncoder::create(options(file()));
        CHECK_GOOD(encoder);
        for (int i = 0; i < pictures; ++i) CHECK_GOOD((*encoder)->add(picture(i), std::vector<std::int16_t>(kSamples)));
    }
}

TEST(StreamEncoder, TheSameInputGivesTheSamePictures) {
    CHECK_GOOD(encode(file(1), 25));
    CHECK_GOOD(encode(file(2), 25));
    auto read = [&](int number) {
        auto loop = simulator::ProgramLoop::read(file(number));
        CHECK_GOOD(loop);
        std::vector<simulator::Bytes> units;
        for (const auto& stream : loop->streams)
            for (const auto& unit : stream.units) units.push_back(unit.bytes);
        return units;
    };
    CHECK_TRUE(read(1) == read(2));
}

TEST(StreamEncoder, SaysWhatCannotBe) {
    auto nowhere = StreamEncoder::create(options("/no/such/folder/file"));
    CHECK_FALSE(nowhere.has_value());
    CHECK_TRUE_TEXT(nowhere.error().message.contains("/no/such/folder/file"), nowhere.error().message.c_str());
    auto encoder = StreamEncoder::create(options(file()));
    CHECK_GOOD(encoder);
    CHECK_FALSE((*encoder)->add({.size = {10, 10}, .pixels = std::vector<std::uint32_t>(100)}, {}).has_value());
}
