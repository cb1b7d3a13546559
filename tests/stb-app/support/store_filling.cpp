#include "tests/stb-app/support/store_filling.h"

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/fault.h"
#include "tests/stb-app/support/test_time.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

void fill_area(content::ContentStore& store, const content::AreaCode& area,
               const std::vector<content::Item>& items) {
    auto update = store.replace(area);
    CHECK_GOOD(update);
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::FirstFault,
        [&](const content::Item& item, std::string_view xml, xml::Place) {
            CHECK_GOOD(update->add(item, xml));
        },
        [](const content::Fault& fault) { FAIL(content::to_text(fault).c_str()); });
    CHECK_TRUE(reader.push(content::write_exchange(area, items)) && reader.finish());
    CHECK_GOOD(update->commit({.sequence = 1,
                               .content_hash = std::string(64, '0'), .published = kMonday}));
}

}  // namespace linli::tests
