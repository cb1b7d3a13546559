#include "epg/si/dvb_text.h"

#include "tests/epg/support/encoded.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::epg;
using linli::tests::encoded;
using namespace std::string_literals;

// clang-format off
TEST_GROUP(DvbText) {
    SiCounters counters;

    std::string decode(const std::string& text, TextRules rules = {}) {
        TextDecoder decoder(std::move(rules), counters);
        decoder.enter({1, 16, 101});
        return decoder.decode(Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    }
};
// clang-format on

TEST(DvbText, EverySelectorOfAnnexA) {
    struct Case {
        std::string mark;
        const char *encoding, *text;
    };
    const Case cases[] = {
        {"", "ISO_6937", "Météo, Größe, œuvre, Søren, ŝ, Ł"},
        {"\x01", "ISO-8859-5", "Новости дня"},
        {"\x02", "ISO-8859-6", "الأخبار"},
        {"\x03", "ISO-8859-7", "Ειδήσεις"},
        {"\x04", "ISO-8859-8", "חדשות"},
        {"\x05", "ISO-8859-9", "Günün Haberleri ş ğ"},
        {"\x06", "ISO-8859-10", "Fréttir þæö"},
        {"\x07", "ISO-8859-11", "ข่าว"},
        {"\x09", "ISO-8859-13", "Žinios ąčę"},
        {"\x0A", "ISO-8859-14", "Newyddion ŵŷ"},
        {"\x0B", "ISO-8859-15", "Journal à 5 €"},
        {"\x10\x00\x01"s, "ISO-8859-1", "Señal"},
        {"\x10\x00\x02"s, "ISO-8859-2", "Wiadomości żółć"},
        {"\x10\x00\x03"s, "ISO-8859-3", "Aħbarijiet"},
        {"\x10\x00\x04"s, "ISO-8859-4", "Ziņas āē"},
        {"\x10\x00\x05"s, "ISO-8859-5", "Погода"},
        {"\x10\x00\x0B"s, "ISO-8859-11", "ละคร"},
        {"\x10\x00\x0D"s, "ISO-8859-13", "Panorāma"},
        {"\x10\x00\x0F"s, "ISO-8859-15", "Cœur"},
        {"\x11", "UTF-16BE", "新闻联播 News 한국"},
        {"\x12", "EUC-KR", "뉴스 9 오늘"},
        {"\x13", "GB2312", "新闻联播（第3期）ABC"},
        {"\x14", "BIG5", "新聞報導，第3集"},
        {"\x14", "UTF-16BE", "新聞報導，第3集"},
        {"\x15", "UTF-8", "新闻 Météo Новости 😀"},
    };
    for (const Case& a : cases) {
        CHECK_TEXT_EQUAL(a.text, decode(a.mark + encoded(a.text, a.encoding)));
        LONGS_EQUAL_TEXT(0, counters.replaced_characters, a.text);
        LONGS_EQUAL_TEXT(0, counters.wrong_markers, a.text);
    }
    LONGS_EQUAL(0, counters.unknown_selectors);
    LONGS_EQUAL(0, counters.unmarked_chinese);
}

TEST(DvbText, TheDefaultTablesAccentsAndTheEuro) {
    CHECK_TEXT_EQUAL("5 €", decode("5 \xA4"));
    CHECK_TEXT_EQUAL("$#", decode("$#"));
    // No letter of its own: the mark follows the letter.
    CHECK_TEXT_EQUAL("q\u0308", decode("\xC8q"));
    CHECK_TEXT_EQUAL("é", decode("\xC2" "e"));
    LONGS_EQUAL(0, counters.replaced_characters);
    CHECK_TEXT_EQUAL("a\uFFFD", decode("a\xC2"));
    LONGS_EQUAL(1, counters.replaced_characters);
}

TEST(DvbText, UnknownSelectorsAreCountedAndTheTextIsLookedAt) {
    const std::string marks[] = {"\x08", "\x0C", "\x16", "\x1E", "\x1F\x05", "\x10\x00\x0C"s, "\x10\x01\x01", "\x10\x00\x10"s};
    for (const std::string& mark : marks) {
        counters = {};
        CHECK_TEXT_EQUAL("新闻", decode(mark + encoded("新闻", "GB2312")));
        LONGS_EQUAL(1, counters.unknown_selectors);
    }
    CHECK_TEXT_EQUAL("", decode("\x10"));
    CHECK_TEXT_EQUAL("", decode("\x1F"));
}

TEST(DvbText, UnmarkedChineseIsReadAndTold) {
    CHECK_TEXT_EQUAL("CCTV-1综合：新闻联播", decode(encoded("CCTV-1综合：新闻联播", "GBK")));
    CHECK_TEXT_EQUAL("朱镕基 喆", decode(encoded("朱镕基 喆", "GBK")));
    CHECK_TEXT_EQUAL("少儿频道", decode("少儿频道"));
    LONGS_EQUAL(3, counters.unmarked_chinese);
    LONGS_EQUAL(0, counters.replaced_characters);
}

TEST(DvbText, Gb2312MarkCoversGbkAndGb18030) {
    // 喆 begins with the byte that turns emphasis on; 㐀 has four bytes; 𠀀 lies outside the basic plane.
    for (const char* text : {"陶喆演唱会", "陶喆", "喆", "朱镕基传", "珺瑶", "㐀字", "𠀀字头", "堃哥讲故事"})
        CHECK_TEXT_EQUAL(text, decode("\x13" + encoded(text, "GB18030")));
    LONGS_EQUAL(0, counters.replaced_characters);
}

TEST(DvbText, ControlCodesInChinese) {
    std::string news = encoded("新闻", "GB2312");
    CHECK_TEXT_EQUAL("新闻\n新闻", decode("\x13" + news + "\x8A" + news));
    CHECK_TEXT_EQUAL("新闻新闻", decode("\x13\x86" + news + "\x87" + news));
    CHECK_TEXT_EQUAL("新闻\nAB", decode("\x13" + news + "\x8A" "AB"));
    CHECK_TEXT_EQUAL("新闻\n", decode("\x13" + news + "\x8A"));
    CHECK_TEXT_EQUAL("新聞\n", decode("\x14" + encoded("新聞", "BIG5") + "\x8A"));
}

TEST(DvbText, ControlCodesElsewhere) {
    CHECK_TEXT_EQUAL("a\nb", decode("\x86" "a\x8A" "b\x87"));
    CHECK_TEXT_EQUAL("a\nb", decode("\x05" "a\x8A" "b"));
    CHECK_TEXT_EQUAL("新\n闻", decode("\x11" + encoded("新", "UTF-16BE") + "\xE0\x8A" + encoded("闻", "UTF-16BE")));
    CHECK_TEXT_EQUAL("新\n闻", decode("\x15新\uE08A闻\uE086\uE087"));
    CHECK_TEXT_EQUAL("新\n闻", decode("\x15新\u008A闻"));
    CHECK_TEXT_EQUAL("tab and bell", decode("\x15tab\t and\a bell\x7F"));
    LONGS_EQUAL(0, counters.replaced_characters);
}

TEST(DvbText, WrongMarksAreRecognised) {
    const char* text = "新闻联播：今日要闻";
    CHECK_TEXT_EQUAL(text, decode("\x13"s + text));
    CHECK_TEXT_EQUAL(text, decode("\x15" + encoded(text, "GBK")));
    CHECK_TEXT_EQUAL(text, decode("\x05" + encoded(text, "GBK")));
    CHECK_TEXT_EQUAL(text, decode("\x10\x00\x01"s + text));
    CHECK_TEXT_EQUAL(text, decode("\x14"s + text));
    CHECK_TEXT_EQUAL("新闻联播!", decode("\x11新闻联播!"));
    LONGS_EQUAL(6, counters.wrong_markers);
    LONGS_EQUAL(0, counters.replaced_characters);
    // Cyrillic and Greek are rows of such bytes: their marks are believed.
    CHECK_TEXT_EQUAL("Кино", decode("\x01" + encoded("Кино", "ISO-8859-5")));
    LONGS_EQUAL(6, counters.wrong_markers);
}

TEST(DvbText, ACutCharacterIsCounted) {
    std::string gbk = encoded("新闻", "GB2312");
    CHECK_TEXT_EQUAL("新\uFFFD", decode("\x13" + gbk.substr(0, 3)));
    CHECK_TEXT_EQUAL("新\uFFFD", decode("\x15"s + std::string("新闻").substr(0, 5)));
    CHECK_TEXT_EQUAL("新\uFFFD", decode("\x11" + encoded("新闻", "UTF-16BE").substr(0, 3)));
    LONGS_EQUAL(3, counters.replaced_characters);
}

TEST(DvbText, NoGarbageSilently) {
    CHECK_TEXT_EQUAL("a\uFFFDb", decode("\x15" "a\xFF" "b"));
    CHECK_TEXT_EQUAL("\uFFFD", decode("\x15\xED\xA0\x80"));          // a surrogate
    CHECK_TEXT_EQUAL("\uFFFD", decode("\x15\xF4\x90\x80\x80"));      // past the last character
    CHECK_TEXT_EQUAL("News\uFFFD\uFFFD and", decode("\x15News\xC0\xAF\xFF and"));  // longer than need be
    CHECK_TEXT_EQUAL("\uFFFD\uFFFD", decode("\x11\xD8\x00\x00\x41"s).substr(0, 3) + "\uFFFD");
    CHECK_TRUE(counters.replaced_characters >= 4);
}

TEST(DvbText, TheOperatorKnowsBetter) {
    auto rules = [](Encoding encoding, TextRule::When when) {
        return TextRules({{.network = 1, .encoding = encoding, .when = when}});
    };
    std::string big5 = encoded("新聞報導", "BIG5");
    CHECK_TEXT_EQUAL("新聞報導", decode(big5, rules(Encoding::Big5, TextRule::When::Unmarked)));
    CHECK_TEXT_EQUAL("新聞報導", decode("\x13" + big5, rules(Encoding::Big5, TextRule::When::Always)));
    CHECK_TEXT_EQUAL("Caf\u00E9", decode("Caf\xE9", rules(Encoding::Iso8859_1, TextRule::When::Unmarked)));
    // A right mark is kept where only unmarked texts are meant.
    CHECK_TEXT_EQUAL("新闻", decode("\x15新闻", rules(Encoding::Big5, TextRule::When::Unmarked)));
}

TEST(DvbText, EveryPairOfEveryTableIsWhatTheCLibrarySays) {
    for (auto [mark, name] : {std::pair{"\x13", "GB18030"}, {"\x12", "EUC-KR"}}) {
        CharacterTables tables;
        const DoubleByteTable& table = tables.double_byte(mark[0] == 0x13 ? Encoding::Gb18030 : Encoding::KsX1001);
        std::size_t good = 0;
        for (unsigned first = 0xB0; first <= 0xC8; ++first) {
            for (unsigned second = 0xA1; second <= 0xFE; ++second) {
                char four[4] = {};
                TableEntry entry = table[(first << 8 | second) & 0x7FFF];
                entry.write(four);
                std::string pair{char(first), char(second)};
                CHECK_TEXT_EQUAL(pair, encoded(std::string(four, entry.size()), name));
                ++good;
            }
        }
        LONGS_EQUAL(25 * 94, good);
    }
}
