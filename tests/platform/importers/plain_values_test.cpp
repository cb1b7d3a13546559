// Dates, hours, telephone numbers and texts as people write them.

#include "content/exchange_writer.h"
#include "middleware/base/local_time.h"
#include "platform/importers/date_text.h"
#include "platform/importers/hours_text.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/telephone_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;

// clang-format off
TEST_GROUP(PlainText) {};
TEST_GROUP(DateText) {
    void setup() override { base::set_time_zone("Asia/Shanghai"); }
};
TEST_GROUP(HoursText) {
    static std::string written(const content::Hours& hours) {
        content::Listing listing;
        listing.hours = hours;
        std::string xml = content::write_item({"i", "c", {}, listing, {}});
        auto begin = xml.find("<hours>"), end = xml.find("</hours>");
        return begin == xml.npos ? "" : xml.substr(begin + 7, end - begin - 7);
    }
};
TEST_GROUP(TelephoneText) {};
// clang-format on

TEST(PlainText, IsTidied) {
    const struct {
        const char* raw;
        const char* clean;
    } kCases[] = {
        {"  a \n\t b  ", "a b"},
        {"居民\n委员会", "居民委员会"},
        {"居民 委员会", "居民 委员会"},
        {"\xE3\x80\x80\xE3\x80\x80第一条\xE3\x80\x80总则\xC2\xA0", "第一条\xE3\x80\x80总则"},
        {"soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth", "softhyphen zerowidth"},
        {"smile \xF0\x9F\x98\x80 now", "smile now"},
        {"see https://a.example/x?utm_source=feed&id=7&spm=a.b#top now",
         "see https://a.example/x?id=7#top now"},
        {"https://a.example/?utm_medium=rss", "https://a.example/"},
        {"http", "http"},
        {"", ""},
        {" \n ", ""},
    };
    for (const auto& [raw, clean] : kCases)
        CHECK_TEXT_EQUAL(clean, clean_text(raw));
}

TEST(PlainText, TellsWhichCharactersItLeftOut) {
    std::u32string left_out;
    clean_text("\xF0\x9F\x98\x80 \xEE\x80\x80 \xF0\x9F\x98\x80", left_out);
    CHECK_TRUE(left_out == U"\U0001F600\uE000");
}

TEST(DateText, ReadsWhatFeedsAndPeopleWrite) {
    const struct {
        const char* text;
        const char* instant;
    } kCases[] = {
        {"Sat, 07 Nov 2026 09:00:00 +0800", "2026-11-07T01:00:00Z"},
        {"7 Nov 2026 09:00 GMT", "2026-11-07T09:00:00Z"},
        {"Saturday, 07-Nov-26 09:00:00 EST", "2026-11-07T14:00:00Z"},
        {"Sat, 7 November 2026 09:00:00 PDT", "2026-11-07T16:00:00Z"},
        {"2026-11-07T09:00:00+08:00", "2026-11-07T01:00:00Z"},
        {"2026-11-07t09:00:00.25z", "2026-11-07T09:00:00Z"},
        {" 2026-11-07 09:00 ", "2026-11-07T01:00:00Z"},
        {"2026/11/7", "2026-11-06T16:00:00Z"},
        {"2026年11月7日 9:30", "2026-11-07T01:30:00Z"},
        {"2026-11-07T23:59:60Z", "2026-11-07T23:59:59Z"},
    };
    for (const auto& [text, instant] : kCases) {
        auto date = read_date_text(text);
        CHECK_TRUE_TEXT(date.has_value(), text);
        CHECK_TEXT_EQUAL(instant, base::format_instant(*date));
    }
}

TEST(DateText, RefusesWhatIsNone) {
    for (const char* text :
         {"", "tomorrow", "2026", "2026-11", "2026-02-30", "2026-13-01", "2026-11-07T25:00:00Z",
          "2026-11-07T09:61:00Z", "Sat, 32 Nov 2026 09:00:00 GMT", "7 Foo 2026",
          "2026-11-07 09:00 XYZ", "2026-11-07T09:00:00+99:00", "20261107T090000Z"})
        CHECK_FALSE_TEXT(read_date_text(text).has_value(), text);
}

TEST(HoursText, ReadsWhatPeopleWrite) {
    const struct {
        const char* text;
        const char* xml;
    } kCases[] = {
        {"Mon-Fri 8:30-17:30", R"(<open days="mon tue wed thu fri" from="08:30" until="17:30"/>)"},
        {"周一至周五 8:30—12:00，14:00—17:30",
         R"(<open days="mon tue wed thu fri" from="08:30" until="12:00"/><open days="mon tue wed thu fri" from="14:00" until="17:30"/>)"},
        {"星期一至五 9点-17点半",
         R"(<open days="mon tue wed thu fri" from="09:00" until="17:30"/>)"},
        {"Monday to Wednesday: 9am - 5pm; Sat 10-12; Sunday closed",
         R"(<open days="mon tue wed" from="09:00" until="17:00"/><open days="sat" from="10:00" until="12:00"/>)"},
        {"每天 24小时", R"(<open days="mon tue wed thu fri sat sun" from="00:00" until="24:00"/>)"},
        {"8:00-20:00", R"(<open days="mon tue wed thu fri sat sun" from="08:00" until="20:00"/>)"},
        {"Fri, Sat 20:00-02:00",
         R"(<open days="fri sat" from="20:00" until="24:00"/><open days="sat sun" from="00:00" until="02:00"/>)"},
        {"Sat-Mon 9-12", R"(<open days="mon sat sun" from="09:00" until="12:00"/>)"},
    };
    for (const auto& [text, xml] : kCases) {
        auto hours = read_hours_text(text);
        CHECK_TRUE_TEXT(hours.has_value(), text);
        CHECK_TEXT_EQUAL(xml, written(*hours));
    }
}

TEST(HoursText, RefusesWhatItDoesNotUnderstandWhole) {
    for (const char* text :
         {"", "by appointment", "Mon-Fri 9-17 except holidays", "上午8:30-下午5:30", "Mon 9",
          "Mon 9-9", "Mon 25-26", "Mon-", "first Monday 9-12"})
        CHECK_FALSE_TEXT(read_hours_text(text).has_value(), text);
}

TEST(TelephoneText, ReadsWhatPeopleWrite) {
    const struct {
        const char* text;
        const char* number;
        const char* label;
    } kCases[] = {
        {"(0571) 8800-1234", "0571 8800-1234", ""},
        {"0571－88001234 转 8001", "0571-88001234", "转 8001"},
        {"\"+44 1234 234567\"", "+44 1234 234567", ""},
        {"Office: 020 7946.0000 ext. 12", "020 7946 0000", "Office, ext. 12"},
        {"电话：13800138000", "13800138000", ""},
        {"110", "110", ""},
        {"88001234（夜间）", "88001234", "夜间"},
        {"12", "", ""},
        {"10800138000", "", ""},  // eleven digits that begin as no mobile number does
        {"by e-mail", "", ""},
        {"", "", ""},
    };
    for (const auto& [text, number, label] : kCases) {
        content::Telephone telephone = read_telephone(text);
        CHECK_TEXT_EQUAL(number, telephone.number);
        CHECK_TEXT_EQUAL(label, telephone.label);
    }
}

TEST(TelephoneText, SeveralNumbersOfACellArePartedAndWhatIsNoneIsTold) {
    std::vector<std::string> unread;
    auto telephones = read_telephones("0571-88001234/88001235；无、110", unread);
    LONGS_EQUAL(3, telephones.size());
    CHECK_TEXT_EQUAL("88001235", telephones[1].number);
    LONGS_EQUAL(1, unread.size());
    CHECK_TEXT_EQUAL("无", unread[0]);
}
