#include "epg/xmltv/xmltv_time.h"

#include "middleware/base/local_time.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;

TEST_GROUP(XmltvTime){};

TEST(XmltvTime, IsReadAsFilesReallyWriteIt) {
    struct Row {
        const char* text;
        const char* instant;
    };
    const Row kRows[] = {
        {"20261123200000 +0800", "2026-11-23T12:00:00Z"},
        {"20261123200000 +08:00", "2026-11-23T12:00:00Z"},
        {"20261123200000+0800", "2026-11-23T12:00:00Z"},
        {"20261123200000 -0330", "2026-11-23T23:30:00Z"},
        {"20261123200000 +8", "2026-11-23T12:00:00Z"},
        {"20261123200000 Z", "2026-11-23T20:00:00Z"},
        {"20261123200000 BST", "2026-11-23T19:00:00Z"},
        {"20261123200000 CST", "2026-11-23T12:00:00Z"},
        {"20261123200000 Mars", "2026-11-23T20:00:00Z"},
        {"20261123200000", "2026-11-23T20:00:00Z"},
        {"202611232000", "2026-11-23T20:00:00Z"},
        {"202611232000 +0800", "2026-11-23T12:00:00Z"},
        {"2026112320", "2026-11-23T20:00:00Z"},
        {"20261123", "2026-11-23T00:00:00Z"},
        {"20261123235960", "2026-11-24T00:00:00Z"},
        {"20400229000000 +0000", "2040-02-29T00:00:00Z"},
    };
    for (const Row& row : kRows) {
        auto time = parse_xmltv_time(row.text);
        CHECK_TRUE_TEXT(time.has_value(), row.text);
        CHECK_TEXT_EQUAL(row.instant, base::format_instant(*time));
    }
    CHECK_TEXT_EQUAL("2026-11-23T12:00:00Z", base::format_instant(*parse_xmltv_time("20261123200000", std::chrono::hours(8))));
}

TEST(XmltvTime, WhatIsNoTimeIsNone) {
    for (const char* text : {"", "2026", "202611", "20261301", "20261131", "20261123250000", "2026112320610000", "tomorrow", "20261123200000 +9900",
                             "20261123200000 +", "20261123200000 +08000", "+0800", "-"})
        CHECK_FALSE_TEXT(parse_xmltv_time(text).has_value(), text);
}
