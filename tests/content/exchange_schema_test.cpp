#include "content/exchange_schema.h"

#include <set>

#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::content;

namespace {

std::set<std::string> names_in_schema(const std::string& schema, std::string_view before) {
    std::set<std::string> names;
    for (auto at = schema.find(before); at != std::string::npos; at = schema.find(before, at + 1)) {
        auto begin = at + before.size();
        names.insert(schema.substr(begin, schema.find('"', begin) - begin));
    }
    return names;
}

struct Names {
    std::set<std::string> elements, attributes, choices;
};

void collect(const ElementRule& rule, Names& names) {
    names.elements.emplace(rule.name);
    for (const AttributeRule& attribute : rule.attributes) {
        names.attributes.emplace(attribute.name);
        for (std::string_view choice : attribute.choices)
            names.choices.emplace(choice);
    }
    for (const ChildRule& child : rule.children)
        collect(*child.element, names);
}

std::string join(const std::set<std::string>& names) {
    std::string all;
    for (const std::string& name : names)
        all += name + "\n";
    return all;
}

}  // namespace

// clang-format off
TEST_GROUP(ExchangeSchema) {};
// clang-format on

TEST(ExchangeSchema, NamesWhatTheSchemaNames) {
    auto schema = base::read_file(LINLI_SOURCE_DIR "/platform/exchange/linli-exchange-1.xsd");
    CHECK_GOOD(schema);
    Names names;
    collect(exchange_rule(), names);
    CHECK_TEXT_EQUAL(join(names_in_schema(*schema, "<xs:element name=\"")), join(names.elements));
    CHECK_TEXT_EQUAL(join(names_in_schema(*schema, "<xs:attribute name=\"")),
                     join(names.attributes));
    for (const char* day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
        names.choices.emplace(day);
    CHECK_TEXT_EQUAL(join(names_in_schema(*schema, "<xs:enumeration value=\"")),
                     join(names.choices));
}

TEST(ExchangeSchema, ValuesAreTakenAsTheSchemaTakesThem) {
    struct Row {
        ValueType type;
        const char* value;
        bool is_good;
    };
    using enum ValueType;
    const std::string kHash = "sha256:" + std::string(64, '0');
    const Row kRows[] = {
        {Text, "x", true},
        {Text, " \n", false},
        {Text, "", false},
        {Any, "", true},
        {Code, "12/0101", true},
        {Code, " 12", false},
        {ItemId, "a", true},
        {ItemId, "a.b-c9", true},
        {ItemId, "-a", false},
        {ItemId, "a.", false},
        {ItemId, "A", false},
        {ItemId, " a", false},
        {ItemId, "", false},
        {ItemId, "a_b", false},
        {ItemReference, "a", true},
        {ItemReference, " 12/0101#a ", true},
        {ItemReference, "12/#a", false},
        {ItemReference, "#a", false},
        {Instant, "2026-11-23T09:00:00+08:00", true},
        {Instant, " 2026-11-23T01:00:00Z ", true},
        {Instant, "2026-11-23T09:00:00", false},
        {Date, "2026-11-23", true},
        {Date, "2026-11-31", false},
        {TimeOfDay, "00:00", true},
        {TimeOfDay, "23:59", true},
        {TimeOfDay, "24:00", true},
        {TimeOfDay, "24:01", false},
        {TimeOfDay, "8:30", false},
        {TimeOfDay, "08:60", false},
        {TimeOfDay, "29:00", false},
        {TimeOfDay, "08.30", false},
        {TelephoneNumber, "110", true},
        {TelephoneNumber, " +86 22-1 ", true},
        {TelephoneNumber, "11", false},
        {TelephoneNumber, "1234567890123456789012345", false},
        {TelephoneNumber, "12a4", false},
        {TelephoneNumber, "-123", false},
        {WebAddress, "https://a.example/b?c=d", true},
        {WebAddress, " http://a ", true},
        {WebAddress, "https://", false},
        {WebAddress, "ftp://a", false},
        {WebAddress, "https://a b", false},
        {ObjectReference, "a.png", true},
        {ObjectReference, "a/b-c_d.png", true},
        {ObjectReference, kHash.c_str(), true},
        {ObjectReference, "/a", false},
        {ObjectReference, "a/", false},
        {ObjectReference, "a//b", false},
        {ObjectReference, "../a", false},
        {ObjectReference, "a/../b", false},
        {ObjectReference, ".a", false},
        {ObjectReference, "", false},
        {ObjectReference, "图.png", false},
        {ObjectReference, "sha256:00", false},
        {ObjectReference, "a b", false},
        {ObjectReference, "a\\b", false},
        {Weekdays, "mon", true},
        {Weekdays, " mon  sun ", true},
        {Weekdays, "", true},
        {Weekdays, "mon,tue", false},
        {Weekdays, "Mon", false},
        {Boolean, "true", true},
        {Boolean, " 0 ", true},
        {Boolean, "yes", false},
        {Number, "0", true},
        {Number, "65535", true},
        {Number, "65536", false},
        {Number, "-1", false},
        {Number, "", false},
        {Number, "1x", false},
        {ByteCount, "0", true},
        {ByteCount, " 999999999999999999 ", true},
        {ByteCount, "1000000000000000000", false},
        {ByteCount, "-1", false},
        {ByteCount, "", false},
        {MediaType, "image/png", true},
        {MediaType, "application/vnd.a-b+xml", true},
        {MediaType, "image", false},
        {MediaType, "/png", false},
        {MediaType, "image/", false},
        {MediaType, "a/b/c", false},
        {Initials, "cq24h", true},
        {Initials, "CQ", false},
        {Initials, "c q", false},
        {Initials, "", false},
    };
    for (const Row& row : kRows) {
        std::string_view value = row.value;
        CHECK_TRUE_TEXT(accept_value(row.type, value) == row.is_good, row.value);
    }
}
