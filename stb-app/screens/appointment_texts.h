#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

/// An appointment in words.
namespace linli::app {

/// What a resident has to know of it beyond what has changed: when, how long, where, whom to call, what to bring.
enum class NumberPlace { Within, Elsewhere };
std::vector<Element> appointment_facts(const Context& context, const platform::Appointment& appointment,
                                       NumberPlace number = NumberPlace::Within);
/// What stands on top of it: what the office changed, what is still to be done. Empty where all is as it was agreed.
std::vector<Element> appointment_news(const Context& context, const platform::Appointment& appointment);

/// What the box takes from the time and the state: whether it can still be changed and cancelled here.
enum class Changeable { Yes, TooLate, Over };
Changeable changeable(const Context& context, const platform::Appointment& appointment);

}  // namespace linli::app
