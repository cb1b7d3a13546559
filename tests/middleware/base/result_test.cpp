#include "middleware/base/result.h"

#include <memory>

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::base;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail("odd");
    return number / 2;
}

Result<int> quarter(int number) {
    LINLI_TRY(once, half(number));
    LINLI_TRY(twice, half(once));
    return twice;
}

Result<void> must_be_even(int number) {
    LINLI_CHECK(half(number));
    return {};
}

}  // namespace

// clang-format off
TEST_GROUP(Result) {};
// clang-format on

TEST(Result, TryHandsTheErrorOn) {
    LONGS_EQUAL(3, *quarter(12));
    CHECK_TEXT_EQUAL("odd", quarter(6).error().message);
    CHECK_TEXT_EQUAL("odd", quarter(1).error().message);
}

TEST(Result, CheckHandsTheErrorOn) {
    CHECK_GOOD(must_be_even(2));
    CHECK_FALSE(must_be_even(1).has_value());
}

TEST(Result, TryMovesTheValue) {
    auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
    auto take = [&]() -> Result<int> {
        LINLI_TRY(owned, make());
        return *owned;
    };
    LONGS_EQUAL(7, *take());
}
