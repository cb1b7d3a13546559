// What the simulator's head-end writes, our reader reads: two pieces of code that share no line, and every way of writing
// texts that networks use.

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "epg/si/si_collector.h"
#include "simulator/stream/si/descriptors.h"
#include "simulator/stream/si/si_writer.h"
#include "tests/epg/support/si_recorder.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace sim = linli::simulator;

namespace {

constexpr sys_seconds kNow = sys_days(2026y / November / 28) + 9h + 30min;

/// A way of writing texts, and a text that it can write.
struct Written {
    std::string name;
    sim::BroadcastEncoding encoding;
    std::string text;
    /// As it is to be told: a mark that lies, Chinese without one.
    enum class Told { Nothing, WrongMarker, Unmarked } told = Told::Nothing;
};

std::vector<Written> all_ways() {
    const std::string chinese = "新闻联播（第3期）：海津港今天恢复通航";
    std::vector<Written> ways{
        {"GB 2312", sim::gb2312(), chinese},
        {"GB 18030 behind the mark of GB 2312", {"GB18030", "\x13"}, "生僻字：䶮、㙍、龘"},
        {"GBK without a mark", {"GBK", ""}, "朱镕基谈喆理：" + chinese, Written::Told::Unmarked},
        {"GB 18030 without a mark", sim::gb18030_unmarked(), chinese, Written::Told::Unmarked},
        {"UTF-8 without a mark", {"UTF-8", ""}, chinese, Written::Told::Unmarked},
        {"Big5", sim::big5(), "新聞報導，第3集：海津港今天恢復通航"},
        {"UTF-8", sim::utf8(), chinese + " Météo Новости"},
        {"UCS-2", sim::ucs2(), chinese + " News"},
        {"UTF-8 behind the mark of GB 2312", {"UTF-8", "\x13"}, chinese, Written::Told::WrongMarker},
        {"GB 18030 behind the mark of UTF-8", {"GB18030", "\x15"}, chinese, Written::Told::WrongMarker},
    };
    ways.push_back({"KS X 1001", sim::ksx1001(), "뉴스 데스크"});
    ways.push_back({"ISO 6937", sim::iso6937(), "Météo à Besançon"});
    const std::pair<int, const char*> parts[] = {{1, "Señal de mañana"},     {2, "Wiadomości żółć"},  {3, "Aħbarijiet ġodda"},
                                                 {4, "Ziņas āē"},            {5, "Новости дня"},      {6, "الأخبار"},
                                                 {7, "Ειδήσεις"},            {8, "חדשות"},            {9, "Günün haberleri ş ğ"},
                                                 {10, "Fréttir þæö"},        {11, "ข่าว"},            {13, "Žinios ąčę"},
                                                 {14, "Newyddion ŵŷ"},       {15, "Journal à 5 €"}};
    for (auto [part, text] : parts) {
        ways.push_back({"ISO 8859-" + std::to_string(part), sim::iso8859(part), text});
        ways.push_back({"ISO 8859-" + std::to_string(part) + ", three bytes", sim::iso8859_three_bytes(part), text});
    }
    return ways;
}

}  // namespace

// clang-format off
TEST_GROUP(RoundTrip) {
    SiRecorder heard;
    std::unique_ptr<epg::SiCollector> collector;
    std::map<std::uint16_t, sim::SectionPacketizer> packetizers;

    void setup() override { begin({}); }
    void begin(epg::TextRules rules) {
        heard = {};
        collector = std::make_unique<epg::SiCollector>(epg::SiOptions{.text_rules = std::move(rules)}, heard);
    }
    void send(std::uint16_t pid, const std::vector<sim::Section>& sections) {
        auto packets = packetizers.try_emplace(pid, pid).first->second.packets(sections);
        collector->push({reinterpret_cast<const std::uint8_t*>(packets.data()), packets.size()});
        collector->finish();
    }
    const epg::SiCounters& counters() { return collector->counters(); }

    sim::SiMultiplex multiplex(const std::string& name) {
        sim::SiMultiplex multiplex{.network = 1, .stream = 16};
        multiplex.services.push_back({.id = 101, .name = name, .provider = name, .number = 7, .pmt_pid = 0x100});
        return multiplex;
    }
};
// clang-format on

TEST(RoundTrip, EveryEncodingOfEveryText) {
    for (const Written& way : all_ways()) {
        begin({});
        // Longer than one descriptor holds, so that it is cut into pieces.
        std::string long_text = way.text;
        while (long_text.size() < 900) long_text += way.text;
        sim::SiEvent event{.id = 1, .start = kNow, .duration = 30min, .title = way.text, .summary = way.text, .description = long_text};
        send(sim::si_pid::kSdt, sim::write_sdt(multiplex(way.text), sim::Of::Actual, way.encoding));
        send(sim::si_pid::kNit, sim::write_nit(way.text, std::vector{multiplex(way.text)}, way.encoding));
        send(sim::si_pid::kSdt, sim::write_bat(9, way.text, std::vector{multiplex(way.text)}, way.encoding));
        send(sim::si_pid::kEit,
             sim::write_eit_present_following({.stream = 16, .service = 101, .encoding = way.encoding}, &event, nullptr));
        const char* name = way.name.c_str();
        UNSIGNED_LONGS_EQUAL_TEXT(1, heard.services.size(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.services[0].services.at(0).name.c_str(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.services[0].services.at(0).provider.c_str(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.networks.at(0).name.c_str(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.bouquets.at(0).name.c_str(), name);
        UNSIGNED_LONGS_EQUAL_TEXT(1, heard.events.size(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.events[0].title.c_str(), name);
        STRCMP_EQUAL_TEXT(way.text.c_str(), heard.events[0].summary.c_str(), name);
        STRCMP_EQUAL_TEXT(long_text.c_str(), heard.events[0].description.c_str(), name);
        UNSIGNED_LONGS_EQUAL_TEXT(0, counters().replaced_characters, name);
        CHECK_EQUAL_TEXT(way.told == Written::Told::WrongMarker, counters().wrong_markers > 0, name);
        CHECK_EQUAL_TEXT(way.told == Written::Told::Unmarked, counters().unmarked_chinese > 0, name);
    }
}

TEST(RoundTrip, TheOperatorKnowsBetterThanTheMark) {
    // Big5 without a mark looks like GBK.
    const std::string text = "氣象預報與新聞";
    sim::BroadcastEncoding unmarked{"BIG5", ""};
    for (bool is_known : {false, true}) {
        epg::TextRule rule{.network = 1, .encoding = epg::Encoding::Big5, .when = epg::TextRule::When::Always};
        begin(is_known ? epg::TextRules({rule}) : epg::TextRules());
        send(sim::si_pid::kSdt, sim::write_sdt(multiplex(text), sim::Of::Actual, unmarked));
        CHECK_EQUAL(is_known, heard.services.at(0).services.at(0).name == text);
    }
}

TEST(RoundTrip, AWholeWeekOfEvents) {
    std::vector<sim::SiEvent> events;
    for (std::uint16_t i = 0; i < 7 * 24; ++i)
        events.push_back({.id = i,
                          .start = floor<days>(kNow) + hours(i),
                          .duration = 45min + seconds(i),
                          .title = "节目" + std::to_string(i),
                          .content = static_cast<std::uint8_t>(0x10 + i % 0xA0),
                          .minimum_age = i % 3 == 0 ? 12 : 0,
                          .is_scrambled = i % 5 == 0});
    send(sim::si_pid::kEit, sim::write_eit_schedule({.stream = 16, .service = 101}, events, kNow));
    UNSIGNED_LONGS_EQUAL(events.size(), heard.events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& [sent, got] = std::tie(events[i], heard.events[i]);
        CHECK_TEXT_EQUAL(sent.title, got.title);
        CHECK_TEXT_EQUAL("chi", got.language);
        CHECK_TRUE(sent.start == got.event.start && sent.duration == got.event.duration);
        LONGS_EQUAL(sent.id, got.event.id);
        LONGS_EQUAL(sent.content, got.event.content);
        LONGS_EQUAL(sent.minimum_age, got.event.minimum_age);
        CHECK_EQUAL(sent.is_scrambled, got.event.is_scrambled);
        CHECK_TRUE((got.service == epg::ServiceId{1, 16, 101}));
    }
    CHECK_TRUE(heard.complete.back().is_whole_schedule);
}

TEST(RoundTrip, StreamsOfAServiceWithLanguagesAndSubtitles) {
    sim::SiService service{.id = 101, .pmt_pid = 0x100, .pcr_pid = 0x111};
    service.streams = {{.type = sim::StreamType::H264, .pid = 0x111},
                       {.type = sim::StreamType::Mpeg1Audio, .pid = 0x112, .language = "chi"},
                       {.type = sim::StreamType::AacAdts, .pid = 0x113, .language = "yue"},
                       {.type = sim::StreamType::PrivatePes, .pid = 0x114, .more = {sim::subtitling_descriptor("chi")}}};
    sim::SiMultiplex network = multiplex("News");
    send(sim::si_pid::kPat, sim::write_pat(network));
    send(0x100, {sim::write_pmt(service)});
    const auto& map = heard.maps.at(0);
    using Kind = epg::ProgramMap::Kind;
    UNSIGNED_LONGS_EQUAL(4, map.streams.size());
    const std::pair<Kind, const char*> expected[] = {{Kind::Video, ""}, {Kind::Audio, "chi"}, {Kind::Audio, "yue"}, {Kind::Subtitles, "chi"}};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK_TRUE(map.streams[i].kind == expected[i].first);
        CHECK_TEXT_EQUAL(expected[i].second, map.streams[i].language);
        LONGS_EQUAL(0x111 + i, map.streams[i].pid);
    }
    LONGS_EQUAL(0x111, map.clock_pid);
}

TEST(RoundTrip, ScrambledServicesNumbersAndTheTime) {
    sim::SiMultiplex network = multiplex("News");
    network.services.push_back({.id = 102, .type = sim::ServiceType::Radio, .name = "Radio", .number = 201, .is_scrambled = true, .pmt_pid = 0x110});
    send(sim::si_pid::kSdt, sim::write_sdt(network, sim::Of::Actual, sim::utf8()));
    send(sim::si_pid::kNit, sim::write_nit("Net", std::vector{network}, sim::utf8()));
    send(sim::si_pid::kTime, {sim::write_tdt(kNow), sim::write_tot(kNow, "CHN", 8h)});
    CHECK_FALSE(heard.services.at(0).services.at(0).is_scrambled);
    CHECK_TRUE(heard.services.at(0).services.at(1).is_scrambled);
    LONGS_EQUAL(2, heard.services.at(0).services.at(1).type);
    const auto& stream = heard.networks.at(0).streams.at(0);
    LONGS_EQUAL(7, stream.channels.at(0).number);
    LONGS_EQUAL(201, stream.channels.at(1).number);
    CHECK_TRUE(heard.times.at(0).time == kNow && heard.times.at(1).time == kNow);
    CHECK_TEXT_EQUAL("CHN", heard.times.at(1).offsets.at(0).country);
    CHECK_TRUE(heard.times.at(1).offsets.at(0).offset == 8h);
}
