#include "middleware/xml/xml_writer.h"

#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using linli::xml::XmlWriter;

// clang-format off
TEST_GROUP(XmlWriter) {
    XmlWriter out;
};
// clang-format on

TEST(XmlWriter, EscapesTextAndAttributes) {
    out.open("a").attribute("b", "<\"'&>\n\t").text("<\"'&>\n\r").close();
    CHECK_TEXT_EQUAL("<a b=\"&lt;&quot;'&amp;&gt;&#10;&#9;\">&lt;\"'&amp;&gt;\n&#13;</a>",
                     out.str());
}

TEST(XmlWriter, LeavesOutCharactersThatXmlCannotHold) {
    out.element("a", std::string_view("x\0\x01\x1Fy", 5));
    CHECK_TEXT_EQUAL("<a>xy</a>", out.str());
}

TEST(XmlWriter, ClosesEmptyElementsShortAndNestedOnesInOrder) {
    out.open("a").open("b").close().element("c", "d").raw("<e/>").close();
    CHECK_TEXT_EQUAL("<a><b/><c>d</c><e/></a>", out.str());
}
