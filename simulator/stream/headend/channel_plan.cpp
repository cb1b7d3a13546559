#include "simulator/stream/headend/channel_plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/xml/element.h"

namespace linli::simulator {

using base::Result;
using namespace std::chrono;

namespace {

constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::string_view kSpace = "urn:linli:channels:1";

struct Genre {
    std::string_view name;
    std::uint8_t content;
};
/// @spec ETSI EN 300 468 table 28
constexpr Genre kGenres[] = {{"film", 0x10},   {"news", 0x20}, {"show", 0x30},    {"sports", 0x40},    {"children", 0x50}, {"music", 0x60},
                             {"arts", 0x70},   {"society", 0x80}, {"education", 0x90}, {"leisure", 0xA0}};

constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
    Number value{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::unexpected<base::Error> fault(const xml::Element& element, std::string_view expected) {
    return base::fail(base::format("line {}, column {}: <{}>: expected {}", element.place.line, element.place.column, element.name, expected));
}

std::optional<minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return {};
    auto hour = number_of<int>(text.substr(0, 2)), minute = number_of<int>(text.substr(3));
    if (!hour || !minute || *hour > 23 || *minute > 59) return {};
    return hours(*hour) + minutes(*minute);
}

/// How the texts are written, and what they claim: real head-ends send no mark, or a wrong one.
Result<BroadcastEncoding> read_encoding(const xml::Element& element) {
    std::string_view name = element.attribute("encoding"), mark = element.attribute("mark");
    auto encoding = find_broadcast_encoding(name.empty() ? "utf8" : name);
    if (!encoding) return fault(element, "encoding: gb18030, gb2312, big5, utf8, ucs2, ksx1001, iso6937 or iso8859-1 to -15");
    if (mark.empty()) return *encoding;
    auto claimed = mark == "none" ? BroadcastEncoding() : find_broadcast_encoding(mark);
    if (!claimed) return fault(element, "mark: none, or the encoding whose mark is sent");
    encoding->selector = claimed->selector;
    return *encoding;
}

Result<unsigned> days_of(const xml::Element& element) {
    std::string_view text = element.attribute("days");
    if (text.empty()) return 0x7Fu;
    unsigned days = 0;
    while (!text.empty()) {
        auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        auto found = std::ranges::find(kDays, word);
        if (found == std::end(kDays)) return fault(element, "days such as \"mon tue\"");
        days |= 1u << (found - std::begin(kDays));
    }
    return days;
}

Result<PlannedProgramme> read_programme(const xml::Element& element) {
    auto at = time_of_day(element.attribute("at"));
    if (!at) return fault(element, "at=\"19:30\"");
    LINLI_TRY(days, days_of(element));
    PlannedProgramme programme{.at = *at,
                               .days = days,
                               .title = std::string(element.attribute("title")),
                               .summary = std::string(element.attribute("summary")),
                               .description = element.text,
                               .parts = number_of<int>(element.attribute("parts")).value_or(1),
                               .minimum_age = number_of<int>(element.attribute("age")).value_or(0)};
    if (programme.title.empty()) return fault(element, "a title");
    if (programme.parts < 1) return fault(element, "parts from 1 on");
    if (auto genre = element.attribute("genre"); !genre.empty()) {
        auto found = std::ranges::find(kGenres, genre, &Genre::name);
        if (found == std::end(kGenres)) return fault(element, "a genre: film news show sports children music arts society education leisure");
        programme.content = found->content;
    }
    return programme;
}

Result<PlannedChannel> read_channel(const xml::Element& element) {
    auto service = number_of<std::uint16_t>(element.attribute("service"));
    if (!service || *service == 0) return fault(element, "service, a number from 1 to 65535");
    PlannedChannel channel{.service = *service,
                           .number = number_of<std::uint16_t>(element.attribute("number")).value_or(0),
                           .name = std::string(element.attribute("name")),
                           .provider = std::string(element.attribute("provider")),
                           .is_radio = element.attribute("kind") == "radio",
                           .is_scrambled = element.attribute("scrambled") == "yes",
                           .look = std::string(element.attribute("look"))};
    for (const xml::Element& child : element.children) {
        LINLI_TRY(programme, read_programme(child));
        channel.programmes.push_back(std::move(programme));
    }
    std::ranges::stable_sort(channel.programmes, {}, &PlannedProgramme::at);
    return channel;
}

std::string with_number(std::string text, long number) {
    if (auto at = text.find("{n}"); at != text.npos) text.replace(at, 3, std::to_string(number));
    return text;
}

}  // namespace

Result<ChannelPlan> ChannelPlan::read(const std::filesystem::path& file) {
    LINLI_TRY(text, base::read_file(file, kMostBytes));
    auto root = xml::read_element(text, kMostBytes);
    auto in_file = [&](const base::Error& error) { return base::fail(file.string() + ": " + error.message); };
    if (!root) return in_file(root.error());
    if (root->name != "channels" || root->space != kSpace) return in_file(fault(*root, base::format("<channels xmlns=\"{}\">", kSpace)).error());
    auto encoding = read_encoding(*root);
    if (!encoding) return in_file(encoding.error());
    auto id = [&](std::string_view name) { return number_of<std::uint16_t>(root->attribute(name)).value_or(1); };
    ChannelPlan plan{.network = id("network"),
                     .stream = id("stream"),
                     .bouquet = id("bouquet"),
                     .name = std::string(root->attribute("name")),
                     .bouquet_name = std::string(root->attribute("bouquet-name")),
                     .encoding = *encoding};
    if (auto language = root->attribute("language"); !language.empty()) plan.language = language;
    if (auto country = root->attribute("country"); !country.empty()) plan.country = country;
    if (auto offset = number_of<int>(root->attribute("offset-minutes"))) plan.offset = minutes(*offset);
    for (const xml::Element& child : root->children) {
        auto channel = read_channel(child);
        if (!channel) return in_file(channel.error());
        plan.channels.push_back(std::move(*channel));
    }
    if (plan.channels.empty()) return in_file(fault(*root, "at least one <channel>").error());
    return plan;
}

sys_days ChannelPlan::local_day(sys_seconds time) const { return floor<days>(time + offset); }

std::vector<SiEvent> ChannelPlan::events(const PlannedChannel& channel, sys_days first, int count) const {
    constexpr long kDaysOfIds = 654;
    std::vector<SiEvent> events;
    for (int i = 0; i < count; ++i) {
        sys_days day = first + days(i);
        long number = day.time_since_epoch().count();
        unsigned weekday = 1u << (std::chrono::weekday(day).iso_encoding() - 1);
        std::map<minutes, std::vector<const PlannedProgramme*>> slots;
        for (const PlannedProgramme& programme : channel.programmes)
            if ((programme.days & weekday) != 0) slots[programme.at].push_back(&programme);
        long of_day = 0;
        for (const auto& [at, choices] : slots) {
            const PlannedProgramme& chosen = *choices[static_cast<std::size_t>(number) % choices.size()];
            long part = number / static_cast<long>(choices.size()) % chosen.parts + 1;
            SiEvent event{.id = static_cast<std::uint16_t>(number % kDaysOfIds * kEventsOfDay + of_day++),
                          .start = day + at - offset,
                          .title = with_number(chosen.title, part),
                          .summary = with_number(chosen.summary, part),
                          .description = with_number(chosen.description, part),
                          .language = language,
                          .content = chosen.content,
                          .minimum_age = chosen.minimum_age,
                          .is_scrambled = channel.is_scrambled};
            if (!events.empty()) events.back().duration = *event.start - *events.back().start;
            events.push_back(std::move(event));
        }
    }
    // The last one goes on until the day ends, as far as is told.
    if (!events.empty() && !events.back().duration) events.back().duration = first + days(count) - offset - *events.back().start;
    return events;
}

SiMultiplex ChannelPlan::multiplex() const {
    SiMultiplex multiplex{.network = network, .stream = stream};
    std::uint16_t pid = 0x100;
    for (const PlannedChannel& channel : channels) {
        SiService service{.id = channel.service,
                          .type = channel.is_radio ? ServiceType::Radio : ServiceType::Television,
                          .name = channel.name,
                          .provider = channel.provider,
                          .number = channel.number,
                          .is_scrambled = channel.is_scrambled,
                          .pmt_pid = pid};
        std::uint16_t next = pid + 1;
        if (!channel.is_radio) service.streams.push_back({.type = StreamType::H264, .pid = next++});
        service.streams.push_back({.type = StreamType::Mpeg1Audio, .pid = next, .language = language});
        service.pcr_pid = service.streams.front().pid;
        multiplex.services.push_back(std::move(service));
        pid += 0x10;
    }
    return multiplex;
}

}  // namespace linli::simulator
