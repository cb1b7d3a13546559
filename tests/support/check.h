#pragma once

#include <string>

/// What CppUTest's macros cannot compare by themselves. Include it before CppUTest/TestHarness.h.

/// Compares texts with their contents in the message.
#define CHECK_TEXT_EQUAL(expected, actual) \
    STRCMP_EQUAL(std::string(expected).c_str(), std::string(actual).c_str())

/// A Result that holds a value; its error is the message.
#define CHECK_GOOD(result)                                                                    \
    do {                                                                                      \
        const auto& checked = (result);                                                       \
        CHECK_TRUE_TEXT(checked.has_value(), checked ? "" : checked.error().message.c_str()); \
    } while (false)
