#include "epg/si/service_id.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using linli::epg::ServiceId;

// clang-format off
TEST_GROUP(ServiceId){};
// clang-format on

TEST(ServiceId, IsThreeNumbers) {
    CHECK_TEXT_EQUAL("1.16.65535", (ServiceId{1, 16, 65535}.str()));
    CHECK_TRUE((ServiceId::parse("1.16.101") == ServiceId{1, 16, 101}));
    for (const char* wrong : {"", "1.2", "1.2.3.4", "1.2.65536", "1.2.-3", " 1.2.3", "1.2.3 ", "01.2.3", "1..3", "a.b.c"})
        CHECK_FALSE(ServiceId::parse(wrong).has_value());
}

TEST(ServiceId, IsOrderedByNetworkThenStreamThenService) {
    CHECK_TRUE((ServiceId{1, 2, 9} < ServiceId{1, 3, 0}));
    CHECK_TRUE((ServiceId{1, 9, 9}.packed() < ServiceId{2, 0, 0}.packed()));
}
