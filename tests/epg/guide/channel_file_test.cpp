#include "epg/guide/channel_file.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;

TEST_GROUP(ChannelFile){};

TEST(ChannelFile, IsRead) {
    auto file = ChannelFile::read(R"(<channels xmlns="urn:linli:channels:1">
        <channel service="1.16.102" number="7" name="邻里频道" kind="television" community="yes" hidden="no" guide="xmltv" xmltv="linli.example" source="udp://239.0.0.1:5000"/>
        <channel service="1.16.101"/>
        <text network="1" stream="16" encoding="GB18030"/>
        <text network="2" encoding="big5" marked="believed"/>
    </channels>)");
    CHECK_GOOD(file);
    const ChannelRule* rule = file->rule_of({1, 16, 102});
    CHECK_TRUE(rule != nullptr && rule->is_community && !rule->is_hidden && rule->number == 7);
    CHECK_TRUE(rule->preference == Preference::Xmltv && rule->kind == ChannelKind::Television);
    CHECK_TEXT_EQUAL("linli.example", rule->xmltv_id);
    CHECK_TRUE(file->rule_of({1, 16, 101}) != nullptr && !file->rule_of({1, 16, 101})->number);
    POINTERS_EQUAL(nullptr, file->rule_of({1, 16, 103}));
    LONGS_EQUAL(2, file->texts.size());
    CHECK_TRUE(file->texts[0].stream == 16 && !file->texts[0].service && file->texts[0].encoding == Encoding::Gb18030);
    CHECK_TRUE(file->texts[0].when == TextRule::When::Always);
    CHECK_TRUE(file->texts[1].encoding == Encoding::Big5 && file->texts[1].when == TextRule::When::Unmarked);
}

TEST(ChannelFile, AMistakeIsASentenceWithItsPlace) {
    struct Row {
        const char* inside;
        const char* error;
    };
    const Row kRows[] = {
        {"<channel service='1.16'/>", "service=\"1.16\" is not NETWORK.STREAM.SERVICE in decimal, such as 1.16.101"},
        {"<channel service='1.16.70000'/>", "service=\"1.16.70000\" is not NETWORK.STREAM.SERVICE in decimal, such as 1.16.101"},
        {"<channel service='1.1.1' number='x'/>", "number=\"x\" is not a number from 0 to 9999"},
        {"<channel service='1.1.1' number='-1'/>", "number=\"-1\" is not a number from 0 to 9999"},
        {"<channel service='1.1.1' hidden='true'/>", "hidden=\"true\" is none of: no, yes"},
        {"<channel service='1.1.1' colour='red'/>", "<channel> has no attribute \"colour\""},
        {"<text network='1'/>", "<text> says no encoding that is known, such as encoding=\"GB18030\", \"Big5\", \"UTF-8\" or \"ISO8859-5\""},
        {"<text encoding='klingon'/>", "<text> says no encoding that is known, such as encoding=\"GB18030\", \"Big5\", \"UTF-8\" or \"ISO8859-5\""},
        {"<text encoding='big5' marked='no'/>", "marked=\"no\" is none of: overruled, believed"},
        {"<service/>", "<service> is neither <channel> nor <text>"},
    };
    for (const Row& row : kRows) {
        auto file = ChannelFile::read(std::string("<channels xmlns='urn:linli:channels:1'>\n") + row.inside + "</channels>");
        CHECK_FALSE(file.has_value());
        CHECK_TEXT_EQUAL(std::string("line 2, column 1: ") + row.error, file.error().message);
    }
    CHECK_FALSE(ChannelFile::read("<channels/>").has_value());
    CHECK_FALSE(ChannelFile::read("").has_value());
    CHECK_FALSE(ChannelFile::read("<channels xmlns='urn:linli:channels:1'><channel service='1.1.1'/><channel service='1.1.1'/></channels>").has_value());
}
