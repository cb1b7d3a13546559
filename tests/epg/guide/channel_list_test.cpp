#include "epg/guide/channel_list.h"

#include <algorithm>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;

namespace {

ServiceDescriptions::Service service(std::uint16_t id, const std::string& name, std::uint8_t type = 1) {
    return {.id = {1, 16, id}, .type = type, .name = name};
}

ServiceDescriptions sdt(std::vector<ServiceDescriptions::Service> services, std::uint8_t version = 0, std::uint8_t section = 0) {
    return {.source = {.table_id = TableId::ServicesActual, .version = version, .section = section},
            .stream = 16, .network = 1, .services = std::move(services)};
}

CompleteTable complete_sdt(std::uint8_t version = 0) {
    return {.source = {.table_id = TableId::ServicesActual, .version = version}, .extension = 16, .stream = 16, .network = 1};
}

NetworkInformation nit(std::vector<LogicalChannel> channels, TableId table = TableId::NetworkActual, std::uint8_t version = 0,
                       std::uint8_t section = 0, std::uint16_t id = 1) {
    NetworkInformation::Stream stream{.stream = 16, .network = 1};
    stream.channels = std::move(channels);
    return {.source = {.table_id = table, .version = version, .section = section}, .id = id, .streams = {std::move(stream)}};
}

CompleteTable complete_nit(TableId table = TableId::NetworkActual, std::uint8_t version = 0, std::uint16_t id = 1) {
    return {.source = {.table_id = table, .version = version}, .extension = id};
}

ServiceDescriptions other(ServiceDescriptions table) {
    table.source.table_id = TableId::ServicesOther;
    return table;
}

std::string text_of(std::vector<Channel> channels) {
    std::ranges::sort(channels, {}, &Channel::id);
    std::string text;
    for (const Channel& one : channels) text += std::to_string(one.number) + " " + one.name + ", ";
    return text;
}

}  // namespace

// clang-format off
TEST_GROUP(ChannelList) {
    ChannelList list{{}, {}};

    bool hear(std::vector<GuideBatch::ServiceStep> steps) { return list.apply(steps); }
    std::string channels() { return text_of(list.channels()); }
    static ChannelFile file(const std::string& inside) {
        auto read = ChannelFile::read("<channels xmlns='urn:linli:channels:1'>" + inside + "</channels>");
        CHECK_GOOD(read);
        return *read;
    }
};
// clang-format on

TEST(ChannelList, NamesComeFromTheSdtAndNumbersFromTheNit) {
    auto radio = service(102, "交通广播", 2);
    radio.is_scrambled = true;
    CHECK_TRUE(hear({sdt({service(101, "新闻频道", 0x19), radio, service(103, "Data", 0x0C)}), nit({{101, 1}, {102, 801}})}));
    CHECK_TEXT_EQUAL("1 新闻频道, 801 交通广播, 0 Data, ", channels());
    auto all = list.channels();
    CHECK_TRUE(all[0].kind == ChannelKind::Television && all[1].kind == ChannelKind::Radio && all[2].kind == ChannelKind::Other);
    CHECK_TRUE(all[1].is_scrambled && !all[0].is_scrambled);
    CHECK_TEXT_EQUAL("xwpd", all[0].initials);
    CHECK_FALSE(hear({sdt({service(101, "新闻频道", 0x19)}), nit({{101, 1}, {102, 801}})}));
}

TEST(ChannelList, HiddenServicesAreNotListed) {
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 1}, {102, 2, false}})});
    CHECK_TEXT_EQUAL("1 A, ", channels());
}

TEST(ChannelList, TheNitBeatsABouquet) {
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 5}, {102, 6}}, TableId::Bouquet), nit({{101, 1}})});
    CHECK_TEXT_EQUAL("1 A, 6 B, ", channels());
}

TEST(ChannelList, ANumberGoesWithTheVersionThatSaidIt) {
    for (TableId table : {TableId::NetworkActual, TableId::NetworkOther, TableId::Bouquet}) {
        list = ChannelList({}, {});
        hear({sdt({service(101, "A"), service(102, "B"), service(103, "C")}), nit({{101, 1}}, table, 1), nit({{103, 3}}, table, 1, 1), complete_nit(table, 1)});
        CHECK_TEXT_EQUAL("1 A, 0 B, 3 C, ", channels());
        CHECK_TRUE(hear({nit({{102, 1}}, table, 2)}));
        // What stood in its other section may be coming yet.
        CHECK_TEXT_EQUAL("0 A, 1 B, 3 C, ", channels());
        CHECK_TRUE(hear({complete_nit(table, 2)}));
        CHECK_TEXT_EQUAL("0 A, 1 B, 0 C, ", channels());
        hear({nit({}, table, 3), complete_nit(table, 3)});
        CHECK_TEXT_EQUAL("0 A, 0 B, 0 C, ", channels());
    }
}

TEST(ChannelList, ANumberThatMovesToAnotherSectionIsTheNewVersions) {
    hear({sdt({service(101, "A")}), nit({}, TableId::NetworkActual, 1, 0), nit({{101, 1}}, TableId::NetworkActual, 1, 1), complete_nit(TableId::NetworkActual, 1)});
    hear({nit({{101, 5}}, TableId::NetworkActual, 2, 0)});
    CHECK_TEXT_EQUAL("5 A, ", channels());
}

TEST(ChannelList, AnotherNetworksTableTakesNoNumbersAway) {
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 1}}, TableId::Bouquet, 1, 0, 1), nit({{102, 2}}, TableId::Bouquet, 7, 0, 2)});
    hear({complete_nit(TableId::Bouquet, 1, 1), complete_nit(TableId::Bouquet, 7, 2)});
    CHECK_TEXT_EQUAL("1 A, 2 B, ", channels());
}

TEST(ChannelList, OfTwoTablesAboutOneStreamActualIsBelieved) {
    GuideBatch::ServiceStep actual = sdt({service(101, "New"), service(102, "B")}, 1);
    GuideBatch::ServiceStep old = other(sdt({service(101, "Old"), service(103, "C")}, 7));
    CompleteTable complete_old = complete_sdt(7);
    complete_old.source.table_id = TableId::ServicesOther;
    hear({actual, complete_sdt(1), old, complete_old});
    CHECK_TEXT_EQUAL("0 New, 0 B, ", channels());
    list = ChannelList({}, {});
    hear({old, complete_old, actual, complete_sdt(1)});
    CHECK_TEXT_EQUAL("0 New, 0 B, ", channels());
    // Another stream is tuned to, which has the word about this one now.
    ServiceDescriptions elsewhere = sdt({});
    elsewhere.stream = 17;
    hear({elsewhere, old, complete_old});
    CHECK_TEXT_EQUAL("0 Old, 0 C, ", channels());
}

TEST(ChannelList, OfTwoTablesAboutOneNetworkActualIsBelieved) {
    auto actual = nit({{101, 1}}), old = nit({{101, 9}, {102, 2}}, TableId::NetworkOther, 7);
    auto complete_old = complete_nit(TableId::NetworkOther, 7);
    GuideBatch::ServiceStep services = sdt({service(101, "A"), service(102, "B")});
    hear({services, actual, complete_nit(), old, complete_old});
    CHECK_TEXT_EQUAL("1 A, 0 B, ", channels());
    list = ChannelList({}, {});
    hear({services, old, complete_old, actual, complete_nit()});
    CHECK_TEXT_EQUAL("1 A, 0 B, ", channels());
    // So it is where another network lists the same services.
    hear({nit({{101, 5}, {102, 6}}, TableId::NetworkOther, 0, 0, 2)});
    CHECK_TEXT_EQUAL("1 A, 6 B, ", channels());
    // That one is tuned to.
    hear({nit({{101, 5}, {102, 6}}, TableId::NetworkActual, 0, 0, 2), old, complete_old});
    CHECK_TEXT_EQUAL("5 A, 6 B, ", channels());
}

TEST(ChannelList, AServiceGoesWhenACompleteTableLacksIt) {
    hear({sdt({service(101, "A")}), sdt({service(102, "B")}, 0, 1), complete_sdt()});
    hear({sdt({service(101, "A2")}, 1)});
    CHECK_TEXT_EQUAL("0 A2, 0 B, ", channels());
    CHECK_TRUE(hear({complete_sdt(1)}));
    CHECK_TEXT_EQUAL("0 A2, ", channels());
}

TEST(ChannelList, OfTwoServicesWithOneNumberOneHasIt) {
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 1}, {102, 1}})});
    CHECK_TEXT_EQUAL("1 A, 0 B, ", channels());
    list = ChannelList(file("<channel service='1.16.102' number='1'/>"), {});
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 1}, {102, 2}})});
    CHECK_TEXT_EQUAL("0 A, 1 B, ", channels());
}

TEST(ChannelList, AServiceWithoutNameIsCalledByItsNumber) {
    hear({sdt({service(101, ""), service(102, "")}), nit({{101, 8}})});
    CHECK_TEXT_EQUAL("8 8, 0 102, ", channels());
}

TEST(ChannelList, WithoutAnSdtThePatTellsWhatIsThere) {
    ProgramAssociation pat{.stream = 16, .programs = {{101, 0x100}, {102, 0x101}}};
    CHECK_TRUE(hear({pat}));
    CHECK_TEXT_EQUAL("0 101, 0 102, ", channels());
    hear({sdt({service(101, "A")})});
    CHECK_TEXT_EQUAL("0 A, ", channels());
    CHECK_FALSE(hear({pat}));
}

TEST(ChannelList, ChannelsOfTheLastRunStayUntilTheTablesSayOtherwise) {
    Channel a{.id = {1, 16, 101}, .number = 1, .name = "A"}, gone{.id = {1, 99, 7}, .number = 9, .name = "Gone"};
    list = ChannelList({}, std::vector{a, gone});
    CHECK_TEXT_EQUAL("1 A, 9 Gone, ", channels());
    hear({sdt({service(101, "A")}), complete_sdt()});
    CHECK_TEXT_EQUAL("1 A, 9 Gone, ", channels());
    hear({nit({{101, 2}}), CompleteTable{.source = {.table_id = TableId::NetworkActual}, .extension = 1}});
    CHECK_TEXT_EQUAL("2 A, ", channels());
}

TEST(ChannelList, ANumberOfTheLastRunIsTheWeakest) {
    Channel a{.id = {1, 16, 101}, .number = 1, .name = "A"}, b{.id = {1, 16, 102}, .number = 2, .name = "B"}, c{.id = {1, 16, 103}, .number = 3, .name = "C"};
    list = ChannelList({}, std::vector{a, b, c});
    GuideBatch::ServiceStep services = sdt({service(101, "A"), service(102, "B"), service(103, "C")});
    hear({services});
    CHECK_TEXT_EQUAL("1 A, 2 B, 3 C, ", channels());
    // It has moved to another service, and a third has none any more.
    hear({nit({{102, 1}}, TableId::Bouquet)});
    CHECK_TEXT_EQUAL("0 A, 1 B, 3 C, ", channels());
    hear({complete_nit(TableId::Bouquet)});
    CHECK_TEXT_EQUAL("0 A, 1 B, 0 C, ", channels());
    hear({nit({}, TableId::Bouquet, 1), complete_nit(TableId::Bouquet, 1)});
    CHECK_TEXT_EQUAL("0 A, 0 B, 0 C, ", channels());
}

TEST(ChannelList, ANumberOfTheLastRunDoesNotComeBackWhenTheTablesGoes) {
    Channel a{.id = {1, 16, 101}, .number = 1, .name = "A"};
    list = ChannelList({}, std::vector{a});
    hear({nit({{101, 2}})});
    CHECK_TEXT_EQUAL("2 A, ", channels());
    hear({nit({}, TableId::NetworkActual, 1)});
    CHECK_TEXT_EQUAL("0 A, ", channels());
}

TEST(ChannelList, ARuleThatIsRemovedLeavesNoNumberBehind) {
    list = ChannelList(file("<channel service='1.16.101' number='50'/>"), {});
    std::vector<GuideBatch::ServiceStep> tables{sdt({service(101, "A")}), nit({{101, 1}}, TableId::Bouquet)};
    hear(tables);
    CHECK_TEXT_EQUAL("50 A, ", channels());
    list = ChannelList({}, list.channels());
    CHECK_TEXT_EQUAL("50 A, ", channels());
    hear(tables);
    CHECK_TEXT_EQUAL("1 A, ", channels());
}

TEST(ChannelList, TheOperatorsFileBeatsTheTables) {
    list = ChannelList(file("<channel service='1.16.101' number='5' name='社区' community='yes'/><channel service='1.16.102' hidden='yes'/>"
                            "<channel service='1.16.103' number='3'/><channel service='9.9.9' number='20' name='Web' source='http://127.0.0.1/a.m3u8'/>"), {});
    hear({sdt({service(101, "A"), service(102, "B")}), nit({{101, 1}, {102, 2}})});
    CHECK_TEXT_EQUAL("5 社区, 20 Web, ", channels());
    auto all = list.channels();
    CHECK_TRUE(all[0].is_community);
    CHECK_TEXT_EQUAL("sq", all[0].initials);
    CHECK_TEXT_EQUAL("http://127.0.0.1/a.m3u8", all[1].source);
}

TEST(ChannelList, AThousandServicesAreWellAndTenThousandAreBounded) {
    for (std::uint16_t stream = 0; stream < 100; ++stream) {
        ServiceDescriptions table = sdt({});
        table.stream = stream;
        for (std::uint16_t i = 0; i < 100; ++i) table.services.push_back({.id = {1, stream, i}, .type = 1, .name = "S"});
        list.apply(std::vector<GuideBatch::ServiceStep>{table});
    }
    LONGS_EQUAL(ChannelList::kMostServices, list.channels().size());
    LONGS_EQUAL(10000 - ChannelList::kMostServices, list.past_limits());
}

TEST(ChannelList, StreamsAndNetworksWithoutEndAreBoundedAndCounted) {
    for (std::uint16_t i = 0; i < 3000; ++i) {
        ServiceDescriptions table = sdt({{.id = {1, i, 1}, .type = 1, .name = "S"}});
        table.stream = i;
        hear({table, nit({{101, 1}}, TableId::NetworkOther, 0, 0, i)});
    }
    LONGS_EQUAL(ChannelList::kMostStreams, list.channels().size());
    LONGS_EQUAL(3000 - ChannelList::kMostStreams + 3000 - ChannelList::kMostNumberSections, list.past_limits());
    // What is known goes on.
    ServiceDescriptions known = sdt({{.id = {1, 16, 1}, .type = 1, .name = "Renamed"}}, 1);
    CHECK_TRUE(hear({known}));
    hear({ProgramAssociation{.stream = 60000, .programs = std::vector<ProgramAssociation::Program>(2, {1, 0x100})}});
    LONGS_EQUAL(ChannelList::kMostStreams + 1, list.channels().size());
}
