#include "middleware/xml/element.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

TEST_GROUP(Element){};

TEST(Element, HoldsTheTree) {
    auto root = xml::read_element("<a xmlns='urn:a' x='1'>\n <b>one</b><c xmlns='urn:c'/><b y='&amp;'> two\n</b></a>", 1000);
    CHECK_GOOD(root);
    CHECK_TEXT_EQUAL("a", root->name);
    CHECK_TEXT_EQUAL("urn:a", root->space);
    CHECK_TEXT_EQUAL("1", root->attribute("x"));
    LONGS_EQUAL(3, root->children.size());
    CHECK_TEXT_EQUAL("one", root->child_text("b"));
    CHECK_TEXT_EQUAL("two", root->children[2].text);
    CHECK_TEXT_EQUAL("&", root->children[2].attribute("y"));
    LONGS_EQUAL(2, root->children[2].place.line);
}

TEST(Element, GivesEmptyTextsForWhatIsNotThere) {
    auto root = xml::read_element("<a><c xmlns='urn:c'>text</c></a>", 1000);
    CHECK_TEXT_EQUAL("", root->attribute("x"));
    CHECK_TEXT_EQUAL("", root->child_text("c"));
    POINTERS_EQUAL(nullptr, root->child("b"));
}

TEST(Element, SaysWhereTheDocumentIsWrong) {
    STRCMP_CONTAINS("1:", xml::read_element("<a>", 1000).error().message.c_str());
    STRCMP_CONTAINS("longer than 3 bytes", xml::read_element("<a></a>", 3).error().message.c_str());
}
