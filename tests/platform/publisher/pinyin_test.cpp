#include "platform/publication/pinyin.h"

#include <set>

#include "content/initials.h"
#include "middleware/text/initials.h"
#include "middleware/text/pinyin_words.h"
#include "middleware/text/utf8.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

struct Row {
    const char* title;
    const char* initials;
};

void check(std::span<const Row> rows) {
    platform::Pinyin pinyin;
    for (const Row& row : rows) CHECK_TEXT_EQUAL(std::string(row.title) + " " + row.initials, std::string(row.title) + " " + pinyin.initials(row.title));
}

}  // namespace

TEST_GROUP(Pinyin){};

TEST(Pinyin, LettersDigitsAndOrdinaryCharacters) {
    const Row kRows[] = {
        {"", ""},
        {"社区食堂", "sqst"},
        {"11月28日（星期六）停水", "11y28rxqlts"},
        {"ＫＴＶ café Ａ座", "ktvcafeaz"},
        {"“邻里”之家——开放啦！", "llzjkfl"},
        {"二〇二六年", "eleln"},
        {"葛優髮廊", "gyfl"},
        {"𠮷野家", "jyj"},
        {"Ωの話", "0h"},
    };
    platform::Pinyin pinyin;
    for (const Row& row : kRows) {
        std::string initials = pinyin.initials(row.title);
        LONGS_EQUAL_TEXT(content::count_initials(row.title), initials.size(), row.title);
    }
    check(std::span(kRows).first(6));
}

TEST(Pinyin, PlacesAreReadAsTheyAreCalled) {
    const Row kRows[] = {
        {"重庆火锅", "cqhg"},   {"厦门海鲜", "xmhx"},     {"六安瓜片", "lagp"},   {"蚌埠路", "bbl"},
        {"番禺区", "pyq"},      {"台州人家", "tzrj"},     {"长沙米粉", "csmf"},   {"乐清湾", "yqw"},
        {"长春路小学", "cclxx"}, {"东阿阿胶", "deej"},     {"黄埔大道", "hpdd"},   {"铅山县", "ysx"},
        {"洪洞县", "htx"},      {"朝阳区大厦", "cyqds"}, {"西藏南路", "xznl"},   {"浚县", "xx"},
        {"莘庄站", "xzz"},      {"井陉", "jx"},           {"渑池", "mc"},         {"丽水", "ls"},
    };
    check(kRows);
}

TEST(Pinyin, SurnamesAreReadAsNamesWhereANameStands) {
    const Row kRows[] = {
        {"单医生诊所", "syszs"},       {"单位食堂", "dwst"},           {"单小明老师", "sxmls"},
        {"解女士热线", "xnsrx"},          {"解放军同志", "jfjtz"},            {"仇师傅修车", "qsfxc"},
        {"区大夫诊所", "odfzs"},          {"区政府", "qzf"},              {"查教授讲座", "zjsjz"},
        {"查询电话", "cxdh"},             {"曾奶奶豆花", "znndh"},        {"曾经的岁月", "cjdsy"},
        {"尉迟老师", "ycls"},             {"翟律师", "zls"},              {"覃先生粉店", "qxsfd"},
        {"欢迎：单主任接待日", "hyszrjdr"}, {"澹台路", "ttl"},              {"万俟", "mq"},
    };
    check(kRows);
}

TEST(Pinyin, CommonWordsAreReadAsTheyAreSaid) {
    const Row kRows[] = {
        {"中国银行", "zgyh"},         {"行走的力量", "xzdll"},     {"长者食堂", "zzst"},
        {"健康成长", "jkcz"},         {"长期护理保险", "cqhlbx"}, {"校长期待", "xzqd"},
        {"音乐会", "yyh"},            {"快乐老家", "kllj"},       {"快乐器乐班", "klqyb"},
        {"重阳节", "cyj"},            {"重要通知", "zytz"},       {"重新开放", "cxkf"},
        {"会计服务", "kjfw"},         {"会议室", "hys"},          {"老人参加体检", "lrcjtj"},
        {"人参鸡", "rsj"},            {"参差不齐", "ccbq"},       {"人民调解", "rmtj"},
        {"空调清洗", "ktqx"},         {"人口调查", "rkdc"},       {"学校对面", "xxdm"},
        {"收藏文物", "scww"},         {"藏医馆", "zyg"},          {"弹钢琴", "tgq"},
        {"颈椎按摩", "jzam"},         {"荨麻疹", "xmz"},          {"便宜理发", "pylf"},
        {"方便面", "fbm"},            {"5幢2单元", "5z2dy"},      {"瑜伽", "yj"},
    };
    check(kRows);
}

TEST(Pinyin, ItsWordsHaveAnInitialForEachCharacterAndStandOnce) {
    std::set<std::string_view> seen;
    for (const auto& word : text::pinyin_words()) {
        LONGS_EQUAL_TEXT(word.initials.size(), content::count_initials(word.word), std::string(word.word).c_str());
        CHECK_TRUE_TEXT(seen.insert(word.word).second, std::string(word.word).c_str());
    }
    for (const auto& name : text::pinyin_surnames())
        LONGS_EQUAL(name.initials.size(), content::count_initials(name.surname));
}

TEST(Pinyin, EveryCharacterOfUnicodesFirstPlaneOfIdeographsHasOneInitial) {
    platform::Pinyin pinyin;
    int unread = 0;
    for (char32_t c = 0x4E00; c < 0x9FA6; ++c) {
        std::string text;
        text::append_utf8(text, c);
        std::string initials = pinyin.initials(text);
        LONGS_EQUAL(1, initials.size());
        unread += initials == "0" ? 1 : 0;
    }
    // Characters that were made in Japan, and have no reading in China.
    CHECK_TRUE(unread < 20);
}

TEST(Pinyin, ABoxReadsEveryCommonCharacterAsThePublisherDoes) {
    platform::Pinyin pinyin;
    std::string line;
    for (char32_t character = 0x20; character < 0xA000; ++character) {
        if (character == 0x250) character = 0x4E00;
        // A break between them, so that no words form.
        text::append_utf8(line, character);
        line += '-';
    }
    CHECK_TEXT_EQUAL(pinyin.initials(line), text::initials(line));
    for (const char* title : {"重庆音乐会 2026", "单医生说健康", "银行长廊", "ＣＣＴＶ新闻联播", "café 〇〇七", ""})
        CHECK_TEXT_EQUAL(pinyin.initials(title), text::initials(title));
}
