#pragma once

#include <functional>
#include <memory>
#include <string>

#include "stb-app/navigation/screen.h"
#include "stb-app/screens/booking_plan.h"
#include "stb-app/screens/wish.h"

/// Every screen of the application, written out: how each one is made.
namespace linli::app {

std::unique_ptr<Screen> make_home_screen(Context& context);
std::unique_ptr<Screen> make_live_screen(Context& context);
/// The list of a board; an empty category shows all of it.
std::unique_ptr<Screen> make_item_list_screen(Context& context, content::Board board, std::string category);
/// The categories of a board; each opens its list.
std::unique_ptr<Screen> make_category_screen(Context& context, content::Board board);
/// The same, with "all" before them, to narrow the list that lies under it, which hears what was chosen.
using OnCategory = std::function<void(const std::string& category)>;
std::unique_ptr<Screen> make_narrowing_screen(Context& context, content::Board board, OnCategory on_category);
/// One notice, listing, bookable service, guide or class.
std::unique_ptr<Screen> make_item_screen(Context& context, content::ItemKey key);
/// Plays a class full screen. There is a `Context::playback`.
std::unique_ptr<Screen> make_play_screen(Context& context, content::ItemKey key, content::Course what, std::chrono::seconds from);
/// Finds items by the digit keys.
std::unique_ptr<Screen> make_search_screen(Context& context);
/// How an application stands, by the last digits of its receipt.
std::unique_ptr<Screen> make_results_screen(Context& context);

/// The services that can be booked here, and the way to one's own appointments.
std::unique_ptr<Screen> make_booking_board_screen(Context& context);
/// The days of a service.
std::unique_ptr<Screen> make_booking_days_screen(Context& context, BookingPlan plan);
/// The times of a day. `Quicker`: the one that was wanted has just gone.
enum class TimesReason { Chosen, Quicker };
std::unique_ptr<Screen> make_booking_times_screen(Context& context, BookingPlan plan, std::chrono::year_month_day day,
                                                  TimesReason reason);
/// Whose appointments: the members of the household. One who is alone is not asked for: the screen that `on_member` makes
/// takes the place of this one.
using OnMember = std::function<std::unique_ptr<Screen>(const platform::Member&)>;
std::unique_ptr<Screen> make_members_screen(Context& context, std::string title, OnMember on_member);
/// Has the PIN checked, and says what then.
using OnVisit = std::function<Action(const std::shared_ptr<Visit>&)>;
enum class PinReason { First, Again };
std::unique_ptr<Screen> make_pin_screen(Context& context, std::shared_ptr<Visit> visit, PinReason reason, OnVisit on_visit);
/// One question in one sentence, and the deed.
std::unique_ptr<Screen> make_wish_screen(Context& context, Wish wish);
/// The same; before it, whose wish it is where nobody has shown a PIN.
std::unique_ptr<Screen> make_who_screen(Context& context, Wish wish);
/// What has come of it, once the platform has said so.
std::unique_ptr<Screen> make_wish_done_screen(Context& context, Wish wish, platform::Appointment appointment);
std::unique_ptr<Screen> make_my_appointments_screen(Context& context, std::shared_ptr<Visit> visit);
/// Who, the PIN, the list.
std::unique_ptr<Screen> make_way_to_my_appointments(Context& context);
std::unique_ptr<Screen> make_appointment_screen(Context& context, std::shared_ptr<Visit> visit,
                                                platform::Appointment appointment);

/// What is on now and next, of every channel: the beginning of the programme guide.
std::unique_ptr<Screen> make_now_next_screen(Context& context);
/// A day of a channel; without a date, today.
std::unique_ptr<Screen> make_channel_day_screen(Context& context, const epg::ServiceId& channel,
                                                std::optional<std::chrono::year_month_day> date);
std::unique_ptr<Screen> make_event_screen(Context& context, const epg::EventKey& key);
/// What is on at eight in the evening.
std::unique_ptr<Screen> make_evening_screen(Context& context);
/// Programmes by kind.
std::unique_ptr<Screen> make_genres_screen(Context& context);
std::unique_ptr<Screen> make_guide_search_screen(Context& context);
/// Sound and subtitles of the channel that is watched.
std::unique_ptr<Screen> make_tracks_screen(Context& context);
std::unique_ptr<Screen> make_settings_screen(Context& context);
std::unique_ptr<Screen> make_text_size_screen(Context& context);
std::unique_ptr<Screen> make_language_screen(Context& context);
/// When appointments are reminded of.
std::unique_ptr<Screen> make_day_reminder_screen(Context& context);
std::unique_ptr<Screen> make_hours_reminder_screen(Context& context);
std::unique_ptr<Screen> make_diagnostics_screen(Context& context);

/// The screen behind a tile of Home. Null for the television itself.
std::unique_ptr<Screen> make_board_screen(Context& context, content::Board board, const std::string& category);

}  // namespace linli::app
