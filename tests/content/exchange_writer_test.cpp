#include "content/exchange_writer.h"

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;

// clang-format off
TEST_GROUP(ExchangeWriter) {};
// clang-format on

TEST(ExchangeWriter, WhatItWritesIsReadBackEqual) {
    for (const Item& item : linli::tests::full_items()) {
        auto read = read_item(write_item(item));
        CHECK_GOOD(read);
        CHECK_TRUE_TEXT(*read == item, write_item(item).c_str());
    }
}

TEST(ExchangeWriter, EqualItemsGiveEqualBytes) {
    for (const Item& item : linli::tests::full_items()) {
        std::string written = write_item(item);
        CHECK_TEXT_EQUAL(written, write_item(*read_item(written)));
    }
}

TEST(ExchangeWriter, WritesADocumentWithoutFaults) {
    auto items = linli::tests::full_items();
    std::vector<Item> read;
    std::string faults;
    ExchangeReader reader(
        ExchangeReader::Strictness::AllFaults,
        [&](const Item& item, std::string_view, linli::xml::Place) { read.push_back(item); },
        [&](const Fault& fault) { faults += to_text(fault) + "\n"; });
    reader.push(write_exchange(linli::tests::area("12/0101"), items));
    CHECK_TRUE(reader.finish());
    CHECK_TEXT_EQUAL("", faults);
    CHECK_TRUE(read == items);
    CHECK_TEXT_EQUAL("12/0101", reader.area()->str());
}

TEST(ExchangeWriter, CanonicalFormIsFixed) {
    Item notice = linli::tests::make_notice("a", "题 & 目");
    std::get<Notice>(notice.content).urgency = Urgency::Important;
    CHECK_TEXT_EQUAL(
        "<notice id=\"a\" category=\"health\" published=\"2026-11-20T02:00:00Z\" "
        "urgency=\"important\">"
        "<title>题 &amp; 目</title><issuer>居委会</issuer><body><p>正文</p></body></notice>",
        write_item(notice));
}
