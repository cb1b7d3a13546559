#include "epg/si/text_guess.h"

#include "tests/epg/support/encoded.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::encoded;

namespace {

Encoding guess(const std::string& text) {
    return guess_encoding({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

constexpr const char* kChinese[] = {"新闻联播", "联通",   "天气预报", "焦点访谈（第12集）", "CCTV-1综合", "世界",
                                    "百家讲坛：《论语》心得", "电视剧:家有儿女3", "动物世界", "中央电视台 少儿频道", "健康之路"};
constexpr const char* kEuropean[] = {"Météo à la carte", "Ça commence aujourd'hui", "Größe", "Tagesschau für Anfänger",
                                     "«C dans l'air»", "Mañana será otro día", "Søndag på øen", "Île-de-France", "naïve",
                                     "œuvre", "Ærø", "Příští stanice", "Tagesschau für Anfänger: große Öfen"};

}  // namespace

// clang-format off
TEST_GROUP(TextGuess){};
// clang-format on

TEST(TextGuess, UnmarkedGbkIsChinese) {
    for (const char* text : kChinese) CHECK_TRUE_TEXT(guess(encoded(text, "GB18030")) == Encoding::Gb18030, text);
}

TEST(TextGuess, UnmarkedUtf8IsRecognised) {
    for (const char* text : kChinese) CHECK_TRUE_TEXT(guess(text) == Encoding::Utf8, text);
    for (const char* text : kEuropean) CHECK_TRUE_TEXT(guess(text) == Encoding::Utf8, text);
}

TEST(TextGuess, EuropeanTextsStayEuropean) {
    for (const char* text : kEuropean) CHECK_TRUE_TEXT(guess(encoded(text, "ISO_6937")) == Encoding::Iso6937, text);
    CHECK_TRUE(guess("Plain ASCII") == Encoding::Iso6937);
}

TEST(TextGuess, ACutCharacterChangesNoGuess) {
    for (const char* text : kChinese) {
        std::string gbk = encoded(std::string(text) + "的", "GB18030"), utf8 = std::string(text) + "的";
        gbk.pop_back();
        CHECK_TRUE_TEXT(guess(gbk) == Encoding::Gb18030, text);
        utf8.pop_back();
        CHECK_TRUE_TEXT(guess(utf8) == Encoding::Utf8, text);
    }
}

TEST(TextGuess, TwoReadingsOfTheBig5Mark) {
    for (const char* text : {"新聞報導", "天氣預報", "公共電視 HD", "八點檔大戲，第12集", "音樂"}) {
        auto look = [](const std::string& bytes) {
            return guess_big5({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
        };
        CHECK_TRUE_TEXT(look(encoded(text, "BIG5")) == Encoding::Big5, text);
        CHECK_TRUE_TEXT(look(encoded(text, "UTF-16BE")) == Encoding::Ucs2, text);
    }
}
