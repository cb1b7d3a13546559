#include "stb-app/television/xmltv_words.h"

#include "middleware/base/local_time.h"

namespace linli::app::words {

namespace {

std::string state(const Context& context, const XmltvStatus& status) {
    using State = XmltvStatus::State;
    switch (status.state) {
        case State::Never: return context.tr("not read yet");
        case State::Running: return context.tr("being read");
        case State::Fresh: return context.tr("up to date");
        case State::Failed: return context.tr("could not be read; the programmes from before stay");
    }
    return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> xmltv_facts(const Context& context, const XmltvStatus& status) {
    std::vector<std::pair<std::string, std::string>> facts{{context.tr("Programmes from XMLTV"), state(context, status)}};
    const epg::XmltvCounts& counts = status.counts;
    if (status.last_success != std::chrono::sys_seconds())
        facts.emplace_back(context.tr("Last read"),
                           context.tr("{0}: {1} programmes; {2} of channels not received here, {3} out of time, {4} with impossible times",
                                      base::format_instant(status.last_success), counts.programmes, counts.of_others, counts.out_of_time,
                                      counts.bad_times));
    if (!status.last_error.empty()) facts.emplace_back(context.tr("Why"), status.last_error);
    if (status.failures > 0) facts.emplace_back(context.tr("Failed since the start"), std::to_string(status.failures));
    if (status.next_attempt != std::chrono::sys_seconds())
        facts.emplace_back(context.tr("Read again"), base::format_instant(status.next_attempt));
    return facts;
}

}  // namespace linli::app::words
