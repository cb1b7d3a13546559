#include "stb-app/screens/tv_guide/guide_words.h"

#include "stb-app/words.h"

namespace linli::app {

using epg::Genre;

std::string genre_name(const Context& context, Genre genre) {
    switch (genre) {
        case Genre::Unknown: return {};
        case Genre::Film: return context.tr("Films and series");
        case Genre::News: return context.tr("News");
        case Genre::Show: return context.tr("Shows");
        case Genre::Sports: return context.tr("Sports");
        case Genre::Children: return context.tr("For children");
        case Genre::Music: return context.tr("Music and opera");
        case Genre::Arts: return context.tr("Arts");
        case Genre::Society: return context.tr("Society");
        case Genre::Education: return context.tr("Knowledge and health");
        case Genre::Leisure: return context.tr("Daily life");
        case Genre::Special: return context.tr("Special");
    }
    return {};
}

std::string genre_symbol(Genre genre) {
    switch (genre) {
        case Genre::Film: return "movie";
        case Genre::News: return "bullhorn";
        case Genre::Show: return "account-group";
        case Genre::Sports: return "run";
        case Genre::Children: return "baby-carriage";
        case Genre::Music: return "music";
        case Genre::Arts: return "palette";
        case Genre::Society: return "scale-balance";
        case Genre::Education: return "school";
        case Genre::Leisure: return "silverware-fork-knife";
        case Genre::Special:
        case Genre::Unknown: break;
    }
    return "television";
}

std::string time_span(const epg::Event& event) {
    return words::time_of_day(event.start) + "–" + words::time_of_day(event.end());
}

std::string channel_name(const Context& context, const epg::ServiceId& id) {
    const epg::Channel* channel = context.guide == nullptr ? nullptr : context.guide->channel(id);
    if (channel == nullptr) return {};
    return channel->number > 0 ? base::format("{} {}", channel->number, channel->name) : channel->name;
}

bool is_on_air(const Context& context, const epg::Event& event) {
    auto now = context.now();
    return now && event.start <= *now && *now < event.end();
}

bool has_reminder(const Context& context, const epg::EventKey& key) {
    return context.reminders != nullptr && context.reminders->find(key) != nullptr;
}

StateElement no_programme_state(const Context& context) {
    if (context.guide == nullptr) return {"television", context.tr("This box receives no television."), ""};
    if (!context.now())
        return {"timer-sand", context.tr("The time is not known yet."),
                context.tr("The programme appears as soon as the television signal tells the time.")};
    return {"timer-sand", context.tr("The programme is still being received."),
            context.tr("This takes a minute after the television was switched on.")};
}

}  // namespace linli::app
