#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/stb-app/support/fake_appointment_client.h"

namespace linli::tests {

/// An office that has a day sheet: what it answers to a box. A test changes what it has.
struct SampleOffice {
    SampleOffice();
    platform::AppointmentResult answer(const FakeAppointmentClient::Question& question);

    std::vector<platform::Member> members;
    /// The health check confirms at once, the flu vaccine by hand, the home care is full and has a list.
    std::vector<platform::BookableService> services;
    /// Of the weeks after the Monday of the tests: the first free place is on Friday, 27 November.
    std::vector<platform::BookableDay> days;
    /// At these times of every day a place is free, in minutes after midnight.
    std::vector<int> times;
    std::vector<platform::Appointment> appointments;
};

/// The office after everything has been taken.
SampleOffice full_office();

/// A day of November or December 2026.
std::chrono::year_month_day day_of(unsigned month, unsigned day);
/// "s-1127-0930": the name that the office gives to the slot of a day and a time.
std::string slot_name(std::chrono::year_month_day day, int minutes);

std::vector<platform::Member> sample_members();
std::vector<platform::Appointment> sample_appointments();

}  // namespace linli::tests
