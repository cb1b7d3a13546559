#include "simulator/script/platform_step.h"

#include <algorithm>

#include "middleware/base/local_time.h"
#include "platform/appointments/messages.h"
#include "simulator/script/step_words.h"

namespace linli::simulator {

using base::Result;

namespace {

struct NamedFault {
    std::string_view name;
    PlatformFault fault;
};
constexpr NamedFault kFaults[] = {{"off", PlatformFault::Off},
                                  {"on", PlatformFault::On},
                                  {"lose-next-answer", PlatformFault::LoseNextAnswer},
                                  {"off-after-next-change", PlatformFault::OffAfterNextChange},
                                  {"garble-next-answer", PlatformFault::GarbleNextAnswer}};

struct NamedVerdict {
    std::string_view name;
    platform::BookingStore::Verdict verdict;
};
constexpr NamedVerdict kVerdicts[] = {{"agrees", platform::BookingStore::Verdict::Agreed},
                                      {"attends", platform::BookingStore::Verdict::Attended},
                                      {"misses", platform::BookingStore::Verdict::Missed}};

Result<content::ItemKey> take_service(std::string_view& rest) {
    std::string_view word = take_word(rest);
    auto text = quoted(word);
    auto service = text ? platform::parse_service(*text) : std::nullopt;
    if (!service) return expected("a service such as \"12/0101#health-check\"", word);
    return *service;
}

Result<std::chrono::year_month_day> take_day(std::string_view& rest) {
    std::string_view word = take_word(rest);
    auto day = base::parse_date(word);
    if (!day) return expected("a day such as 2026-11-27", word);
    return *day;
}

Result<PlatformStep> parse_platform(std::string_view argument) {
    for (const NamedFault& one : kFaults)
        if (argument == one.name) return SetPlatform{one.fault};
    std::string_view rest = argument;
    if (take_word(rest) == "slow") {
        LINLI_TRY(by, seconds_of(rest));
        return SlowPlatform{by};
    }
    return expected("off, on, slow 3s, lose-next-answer, off-after-next-change or garble-next-answer", argument);
}

Result<PlatformStep> parse_rival(std::string_view argument) {
    std::string_view rest = argument;
    std::string_view verb = take_word(rest);
    if (verb != "takes" && verb != "gives-up") return expected("takes or gives-up", argument);
    LINLI_TRY(service, take_service(rest));
    if (verb == "gives-up") {
        if (!rest.empty()) return expected("nothing more", rest);
        return RivalGivesUp{service};
    }
    if (rest == "first") return RivalTakes{service, RivalTakes::What::First};
    if (rest == "all") return RivalTakes{service, RivalTakes::What::All};
    auto day = base::parse_date(rest);
    if (!day) return expected("first, all or a day such as 2026-11-27", rest);
    return RivalTakes{service, RivalTakes::What::Day, *day};
}

Result<PlatformStep> parse_office(std::string_view argument) {
    std::string_view rest = argument;
    std::string_view verb = take_word(rest);
    if (verb == "removes") {
        if (!platform::is_reference(rest)) return expected("a member such as m1", rest);
        return OfficeRemoves{std::string(rest)};
    }
    auto judges = std::ranges::find(kVerdicts, verb, &NamedVerdict::name);
    if (judges == std::end(kVerdicts) && verb != "closes" && verb != "calls-off")
        return expected("agrees, attends, misses, calls-off, closes or removes", argument);
    LINLI_TRY(service, take_service(rest));
    if (verb == "calls-off") {
        LINLI_TRY(day, take_day(rest));
        LINLI_TRY(note, quoted(rest));
        return OfficeCallsOff{service, day, note};
    }
    if (!rest.empty()) return expected("nothing more", rest);
    if (verb == "closes") return OfficeCloses{service};
    return OfficeJudges{service, judges->verdict};
}

}  // namespace

Result<PlatformStep> parse_platform_step(std::string_view word, std::string_view argument) {
    if (word == "platform") return parse_platform(argument);
    if (word == "rival") return parse_rival(argument);
    return parse_office(argument);
}

}  // namespace linli::simulator
