#pragma once

#include <functional>
#include <memory>
#include <string>

#include "stb-app/navigation/screen.h"

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
/// One notice, listing, bookable service or guide.
std::unique_ptr<Screen> make_item_screen(Context& context, content::ItemKey key);
/// Finds items by the digit keys.
std::unique_ptr<Screen> make_search_screen(Context& context);
/// How an application stands, by the last digits of its receipt.
std::unique_ptr<Screen> make_results_screen(Context& context);
/// Whose appointments: the members of the household.
std::unique_ptr<Screen> make_members_screen(Context& context);
std::unique_ptr<Screen> make_pin_screen(Context& context, platform::Member member);
std::unique_ptr<Screen> make_appointment_list_screen(Context& context, std::string masked_name,
                                                     std::vector<platform::Appointment> appointments);
std::unique_ptr<Screen> make_appointment_screen(Context& context, platform::Appointment appointment);
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
