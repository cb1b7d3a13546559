#include <vector>

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "content/item_check.h"
#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;

namespace {

/// The ```xml blocks of a page of the manual.
std::vector<std::string> examples_in(const std::string& page) {
    const std::string kBegin = "```xml\n";
    std::vector<std::string> examples;
    for (auto at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at)) {
        at += kBegin.size();
        auto end = page.find("```", at);
        examples.push_back(page.substr(at, end - at));
        at = end;
    }
    return examples;
}

}  // namespace

// clang-format off
TEST_GROUP(Manual) {
    /// Reads every example of a page; gives the kinds of item that they show.
    static std::vector<bool> check(const std::string& name) {
        auto page = base::read_file(std::string(LINLI_SOURCE_DIR "/docs/") + name);
        CHECK_GOOD(page);
        std::vector<bool> kinds(7);
        for (std::string example : examples_in(*page)) {
            if (!example.starts_with("<?xml") && !example.starts_with("<exchange"))
                example = "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\">" + example + "</exchange>";
            std::string faults;
            auto note = [&](const Fault& fault) { faults += to_text(fault) + "\n"; };
            ExchangeReader* self = nullptr;
            ExchangeReader reader(
                ExchangeReader::Strictness::AllFaults,
                [&](const Item& item, std::string_view, xml::Place) {
                    kinds[static_cast<std::size_t>(item.kind())] = true;
                    check_item(item, self->places(), note);
                },
                note);
            self = &reader;
            reader.push(example);
            reader.finish();
            CHECK_TEXT_EQUAL("", faults.empty() ? "" : faults + example);
        }
        return kinds;
    }
};
// clang-format on

TEST(Manual, ItsExamplesHaveNoFaultsAndShowEveryKind) {
    for (const char* page : {"exchange.md", "exchange.zh-CN.md"}) {
        auto kinds = check(page);
        for (std::size_t kind = 0; kind < kinds.size(); ++kind)
            CHECK_TRUE_TEXT(kinds[kind], page);
    }
}
