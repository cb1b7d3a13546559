#pragma once

#include <string>

#include "epg/guide/event.h"
#include "stb-app/navigation/screen.h"

/// What the screens of the programme guide say of channels and events.
namespace linli::app {

/// When an evening begins: what is on then is what one asks for.
inline constexpr int kEveningHour = 20;

/// "新闻": a kind of programme; empty where it is unknown.
std::string genre_name(const Context& context, epg::Genre genre);
/// A symbol of theme/symbols.h for it.
std::string genre_symbol(epg::Genre genre);
/// "19:30–20:00".
std::string time_span(const epg::Event& event);
/// The name of a channel, after its number where it has one: "3 海津生活".
std::string channel_name(const Context& context, const epg::ServiceId& id);
bool is_on_air(const Context& context, const epg::Event& event);
/// Whether the viewer marked it.
bool has_reminder(const Context& context, const epg::EventKey& key);
/// The state of a guide screen that has nothing to show: still being received, or no television at all.
StateElement no_programme_state(const Context& context);

}  // namespace linli::app
