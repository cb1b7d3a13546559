#include "content/xml_error.h"

namespace linli::content {

Fault explain_xml_error(std::string_view error, xml::Place place) {
    struct Explanation {
        std::string_view error;
        Message what;
        Message expected;
    };
    const Message kClosed = {N_("each <name> is closed by </name>, the inner one first"), {}};
    const Explanation kExplanations[] = {
        {"mismatched tag",
         {N_("this end tag does not belong to the element that is open"), {}},
         kClosed},
        {"not well-formed (invalid token)",
         {N_("a character that cannot stand here"), {}},
         {N_("&amp; for & and &lt; for <, and every attribute value in quotes"), {}}},
        {"the document is not UTF-8",
         {N_("this file is not written in UTF-8"), {}},
         {N_("the file saved again with the encoding UTF-8"), {}}},
        {"no element found", {N_("the file ends too early"), {}}, kClosed},
        {"unclosed token", {N_("the file ends too early"), {}}, kClosed},
        {"unclosed CDATA section", {N_("the file ends too early"), {}}, kClosed},
        {"junk after document element",
         {N_("there is something after </exchange>"), {}},
         {N_("nothing, or one <exchange> around everything"), {}}},
        {"duplicate attribute", {N_("an attribute is given twice"), {}}, {}},
        {"undefined entity",
         {N_("an unknown name between & and ;"), {}},
         {N_("only &amp; &lt; &gt; &quot; &apos; or the character itself"), {}}},
    };
    for (const Explanation& known : kExplanations)
        if (known.error == error) return {{}, place, known.what, known.expected};
    return {{}, place, {N_("this is not well-formed XML: {}"), {std::string(error)}}, {}};
}

}  // namespace linli::content
