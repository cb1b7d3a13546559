#include "platform/publication/pinyin.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

TEST_GROUP(Pinyin){};
