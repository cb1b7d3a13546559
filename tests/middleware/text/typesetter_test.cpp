#include "middleware/text/typesetter.h"

#include <filesystem>
#include <random>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/text/utf8.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::text;

namespace {

constexpr FontSpec kFont{Face::Regular, 40};

FontMetrics& metrics() {
    static const std::unique_ptr<FontMetrics> opened = [] {
        auto result = FontMetrics::open(FontFiles());
        CHECK_GOOD(result);
        return std::move(*result);
    }();
    return *opened;
}

/// What is drawn on a line.
std::string drawn(const Line& line) {
    std::string text;
    for (const Run& run : line.runs)
        text += run.text;
    return text;
}

std::u32string characters(std::string_view text) {
    std::u32string out;
    while (!text.empty())
        out += take_character(text);
    return out;
}

bool is_one_of(char32_t c, std::u32string_view set) {
    return set.contains(c);
}

constexpr std::u32string_view kNotFirst = U"，。、；：！？）》」』】〉〕";
constexpr std::u32string_view kNotLast = U"（《「『【〈〔";

/// The paragraphs of every XML file of the sample city, as texts without their tags.
std::vector<std::string> sample_texts() {
    std::vector<std::string> texts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             LINLI_SOURCE_DIR "/simulator/samples/city")) {
        if (entry.path().filename() != "notices.xml") continue;
        auto bytes = base::read_file(entry.path());
        CHECK_GOOD(bytes);
        for (std::size_t at = 0; (at = bytes->find('>', at)) != std::string::npos;) {
            std::size_t end = bytes->find('<', ++at);
            if (end == std::string::npos) break;
            std::string text = bytes->substr(at, end - at);
            if (text.find_first_not_of(" \n") != std::string::npos)
                texts.push_back(std::move(text));
            at = end;
        }
    }
    CHECK_TRUE(texts.size() > 500);
    return texts;
}

}  // namespace

// clang-format off
TEST_GROUP(Typesetter) {
    Typesetter typesetter{metrics()};

    std::vector<std::string> lines(std::string_view text, float width) {
        std::vector<std::string> out;
        for (const Line& line : typesetter.set(text, kFont, width)) out.push_back(drawn(line));
        return out;
    }
};
// clang-format on

TEST(Typesetter, AdjacentPunctuationSharesItsBlank) {
    // Closing and opening, closing and closing, opening and opening: half an em each time.
    for (const char* pair : {"》（", "）。", "（《"})
        DOUBLES_EQUAL(typesetter.measure("字字", kFont) * 2 - 20,
                      typesetter.measure(base::format("字{}字", pair), kFont), 0.5);
    DOUBLES_EQUAL(160, typesetter.measure("字，字字", kFont), 0.5);
}

TEST(Typesetter, PunctuationAtTheEndOfALineGivesUpItsBlank) {
    DOUBLES_EQUAL(100, typesetter.measure("今天。", kFont), 0.5);
    // Five and a half em have room for five characters and a full stop.
    auto set = lines("今天开会吧。明天", 221);
    CHECK_TEXT_EQUAL("今天开会吧。", set[0]);
}

TEST(Typesetter, SpaceStandsBetweenHanAndLatin) {
    float apart = typesetter.measure("至", kFont) + typesetter.measure("14", kFont);
    DOUBLES_EQUAL(apart + 0.22 * 40, typesetter.measure("至14", kFont), 0.5);
    DOUBLES_EQUAL(apart + 0.22 * 40, typesetter.measure("14至", kFont), 0.5);
    // At the start of a line there is nothing to stand apart from.
    auto set = typesetter.set("号楼14", kFont, 85);
    CHECK_EQUAL(2u, set.size());
    DOUBLES_EQUAL(0, set[1].runs[0].x, 0.01);
}

TEST(Typesetter, LastLineHasCompany) {
    auto set = lines("今天全楼停水检修", 282);  // seven characters a line
    CHECK_EQUAL(2u, set.size());
    CHECK_TEXT_EQUAL("今天全楼停水", set[0]);
    CHECK_TEXT_EQUAL("检修", set[1]);
    set = lines("今天全楼停水检修。", 282);
    CHECK_TEXT_EQUAL("检修。", set[1]);
}

TEST(Typesetter, EmptyTextIsOneEmptyLine) {
    auto set = typesetter.set("", kFont, 100);
    CHECK_EQUAL(1u, set.size());
    CHECK_TRUE(set[0].runs.empty());
    DOUBLES_EQUAL(0, set[0].width, 0);
}

TEST(Typesetter, NewLineBeginsALine) {
    auto set = lines("一\n\n二", 400);
    CHECK_EQUAL(3u, set.size());
    CHECK_TEXT_EQUAL("一", set[0]);
    CHECK_TEXT_EQUAL("", set[1]);
    CHECK_TEXT_EQUAL("二", set[2]);
}

TEST(Typesetter, BreaksAWordThatIsWiderThanTheLine) {
    std::string word(100, 'w');
    std::string all;
    for (const Line& line : typesetter.set(word, kFont, 200)) {
        CHECK_TRUE(line.width <= 200.1f);
        all += drawn(line);
    }
    CHECK_TEXT_EQUAL(word, all);
}

TEST(Typesetter, PutsACharacterOnALineThatIsTooNarrowForIt) {
    auto set = lines("今天", 5);
    CHECK_EQUAL(2u, set.size());
    CHECK_TEXT_EQUAL("今", set[0]);
}

TEST(Typesetter, KeepsEnglishWordsWhole) {
    auto set = lines("Please call your community office", 260);
    for (const std::string& line : set)
        CHECK_FALSE(line.ends_with(' ') || line.starts_with(' '));
    std::string all;
    for (const std::string& line : set)
        all += line + " ";
    CHECK_TEXT_EQUAL("Please call your community office ", all);
}

TEST(Typesetter, TakesRareCharactersFromTheFallback) {
    // U+2A6A5 is in no font of the family.
    auto set = typesetter.set("王𪚥", kFont, 400);
    bool has_fallback = false;
    for (const Run& run : set[0].runs)
        has_fallback |= run.face == Face::Fallback;
    CHECK_TRUE(has_fallback == !metrics().has(0x2A6A5, Face::Regular));
}

TEST(Typesetter, SurelyFitsNeverPromisesTooMuch) {
    for (const std::string& text : sample_texts())
        for (float width : {200.f, 500.f, 1100.f})
            if (typesetter.surely_fits(text, kFont, width))
                CHECK_EQUAL(1u, typesetter.set(text, kFont, width).size());
}

TEST(Typesetter, DrawsEveryCharacterOnceAndNoneAtAWrongPlace) {
    for (const std::string& text : sample_texts()) {
        for (float width : {180.f, 333.f, 700.f, 1152.f}) {
            std::string all;
            std::size_t end = 0;
            for (const Line& line : typesetter.set(text, kFont, width)) {
                // The bytes of the lines follow each other and cover the text.
                CHECK_TRUE(line.begin == end || (line.begin == end + 1 && text[end] == '\n'));
                end = line.end;
                std::string shown = drawn(line);
                all += shown;
                CHECK_TRUE_TEXT(line.width <= width + 0.1f, shown.c_str());
                std::u32string on_line = characters(shown);
                if (on_line.empty()) continue;
                CHECK_FALSE_TEXT(line.begin > 0 && is_one_of(on_line.front(), kNotFirst),
                                 (text + "\n" + shown).c_str());
                CHECK_FALSE_TEXT(end < text.size() && is_one_of(on_line.back(), kNotLast),
                                 (text + "\n" + shown).c_str());
            }
            CHECK_EQUAL(text.size(), end);
            std::string expected = text;
            std::erase(expected, '\n');
            std::erase(expected, ' ');
            std::erase(all, ' ');
            CHECK_TEXT_EQUAL(expected, all);
        }
    }
}

TEST(Typesetter, BearsBytesThatAreNotText) {
    std::mt19937 random(1);
    for (int i = 0; i < 300; ++i) {
        std::string bytes(random() % 200, ' ');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        std::size_t end = 0;
        for (const Line& line : typesetter.set(bytes, kFont, 150)) {
            CHECK_TRUE(line.begin >= end && line.end >= line.begin);
            end = line.end;
        }
        CHECK_EQUAL(bytes.size(), end);
    }
}
