#include "middleware/xml/xml_reader.h"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::xml;

namespace {

/// Writes the events down: "<a b=c>text</a>".
class Recorder : public XmlHandler {
  public:
    void start_element(const Name& name, std::span<const Attribute> attributes) override {
        log += "<" + full(name);
        for (const Attribute& attribute : attributes)
            log += " " + full(attribute.name) + "=" + std::string(attribute.value);
        log += ">";
        if (on_start) on_start();
    }
    void end_element(const Name& name) override { log += "</" + full(name) + ">"; }
    void text(std::string_view text) override { log += text; }

    std::string log;
    std::function<void()> on_start;

  private:
    static std::string full(const Name& name) {
        return name.space.empty() ? std::string(name.local)
                                  : "{" + std::string(name.space) + "}" + std::string(name.local);
    }
};

/// Counts events without keeping them.
class Counter : public XmlHandler {
  public:
    void start_element(const Name&, std::span<const Attribute>) override { ++elements; }
    void end_element(const Name&) override {}
    void text(std::string_view) override {}
    std::size_t elements = 0;
};

long memory_in_kilobytes() {
    struct rusage usage;
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

}  // namespace

// clang-format off
TEST_GROUP(XmlReader) {
    Recorder recorder;

    /// The error of a document, empty when it is good.
    std::string read(std::string_view document, std::size_t piece = 1 << 20, Encoding encoding = Encoding::AsDeclared) {
        recorder.log.clear();
        XmlReader reader(recorder, {}, encoding);
        bool goes_on = true;
        for (; goes_on && !document.empty(); document.remove_prefix(std::min(piece, document.size())))
            goes_on = reader.push(document.substr(0, piece));
        if (goes_on) reader.finish();
        place = reader.place();
        return reader.error();
    }
    Place place;
};
// clang-format on

TEST(XmlReader, GivesTheSameEventsHoweverTheDocumentIsCut) {
    const std::string kDocument =
        "<?xml version=\"1.0\"?><!-- c --><a xmlns=\"urn:x\" b=\"1 &amp; 2\"><y:b "
        "xmlns:y=\"urn:y\" y:c='中'/>文<![CDATA[<]]></a>\n";
    const char* kEvents = "<{urn:x}a b=1 & 2><{urn:y}b {urn:y}c=中></{urn:y}b>文<</{urn:x}a>";
    for (std::size_t piece : {1ul, 2ul, 3ul, 5ul, 1000ul}) {
        CHECK_TEXT_EQUAL("", read(kDocument, piece));
        CHECK_TEXT_EQUAL(kEvents, recorder.log);
    }
}

TEST(XmlReader, ReportsTruncation) {
    const std::string kDocument = "<a><b>text</b></a>";
    for (std::size_t size = 0; size < kDocument.size(); ++size)
        CHECK_TRUE_TEXT(!read(kDocument.substr(0, size)).empty(),
                        kDocument.substr(0, size).c_str());
}

TEST(XmlReader, SaysWhereTheMistakeIs) {
    struct Row {
        const char* document;
        const char* error;
        std::size_t line, column;
    };
    const Row kRows[] = {
        {"<a>\n  <b></a>", "mismatched tag", 2, 8},
        {"<a b=1/>", "not well-formed (invalid token)", 1, 6},
        {"<a/>\n<b/>", "junk after document element", 2, 1},
        {"<a>&x;</a>", "undefined entity", 1, 4},
        {"<a b='1' b='2'/>", "duplicate attribute", 1, 10},
        {"<x:a/>", "unbound prefix", 1, 1},
        {"<a>\x01</a>", "not well-formed (invalid token)", 1, 4},
    };
    for (const Row& row : kRows) {
        CHECK_TEXT_EQUAL(row.error, read(row.document));
        LONGS_EQUAL_TEXT(row.line, place.line, row.document);
        LONGS_EQUAL_TEXT(row.column, place.column, row.document);
    }
}

TEST(XmlReader, RefusesDocumentTypes) {
    for (const char* document : {
             "<!DOCTYPE a><a/>",
             "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
             "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
             "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x;]><a/>",
             "<!DOCTYPE a [<!ENTITY x \"1\"><!ENTITY y \"&x;&x;&x;&x;\">]><a>&y;</a>",
         }) {
        CHECK_TEXT_EQUAL("a document type declaration is not allowed", read(document));
        CHECK_TEXT_EQUAL("", recorder.log);
    }
}

TEST(XmlReader, BoundsDepth) {
    CHECK_TEXT_EQUAL("", read(repeat("<a>", 64) + repeat("</a>", 64)));
    CHECK_TEXT_EQUAL("elements nest deeper than 64", read(repeat("<a>", 100000)));
    CHECK_TEXT_EQUAL(repeat("<a>", 64), recorder.log);
}

TEST(XmlReader, BoundsAttributes) {
    std::string attributes;
    for (int i = 0; i < 65; ++i)
        attributes += " a" + std::to_string(i) + "=''";
    CHECK_TEXT_EQUAL("an element has more than 64 attributes", read("<a" + attributes + "/>"));
    CHECK_TEXT_EQUAL("", read("<a" + attributes.substr(0, attributes.rfind(' ')) + "/>"));
}

TEST(XmlReader, BoundsBytes) {
    XmlReader reader(recorder, {.bytes = 10});
    CHECK_TRUE(reader.push("<a>123456"));
    CHECK_FALSE(reader.push("78"));
    CHECK_TEXT_EQUAL("the document is longer than 10 bytes", reader.error());
    CHECK_FALSE(reader.finish());
}

TEST(XmlReader, ReadsAHundredMegabytesInBoundedMemory) {
    Counter counter;
    XmlReader reader(counter);
    const std::string kElement = "<a b=\"0123456789\">" + std::string(1000, 'x') + "</a>";
    const std::string kPiece = repeat(kElement, 64);
    CHECK_TRUE(reader.push("<r>"));
    CHECK_TRUE(reader.push(kPiece));
    long before = memory_in_kilobytes();
    std::size_t pushed = 0;
    for (; pushed < (100u << 20); pushed += kPiece.size())
        CHECK_TRUE(reader.push(kPiece));
    CHECK_TRUE(reader.push("</r>"));
    CHECK_TRUE(reader.finish());
    CHECK_TRUE(memory_in_kilobytes() - before < 16 * 1024);
    LONGS_EQUAL((pushed / kPiece.size() + 1) * 64 + 1, counter.elements);
}

TEST(XmlReader, ReadsADeclaredEncodingThatItKnows) {
    CHECK_TEXT_EQUAL("", read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>"));
    CHECK_TEXT_EQUAL("<a>é</a>", recorder.log);
    CHECK_TEXT_EQUAL("unknown encoding",
                     read("<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xBD\xF1</a>"));
}

TEST(XmlReader, WithUtf8NoOtherEncodingIsRead) {
    CHECK_TEXT_EQUAL(
        "not well-formed (invalid token)",
        read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>", 1000, Encoding::Utf8));
    for (std::size_t piece : {1ul, 1000ul})
        for (auto utf16 :
             {std::string_view("\xFF\xFE<\0a\0/\0>\0", 10),
              std::string_view("\xFE\xFF\0<\0a\0/\0>", 10), std::string_view("<\0a\0/\0>\0", 8),
              std::string_view("\0<\0a\0/\0>", 8)})
            CHECK_TEXT_EQUAL("the document is not UTF-8", read(utf16, piece, Encoding::Utf8));
    CHECK_TEXT_EQUAL("", read("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"GBK\"?><a>今</a>", 1000,
                              Encoding::Utf8));
    CHECK_TEXT_EQUAL("<a>今</a>", recorder.log);
}

TEST(XmlReader, StopsWhereTheHandlerSaysSo) {
    XmlReader reader(recorder);
    recorder.on_start = [&] {
        if (recorder.log.ends_with("<b>")) reader.stop("enough");
    };
    CHECK_FALSE(reader.push("<a>\n<b>x<c/></b></a>"));
    CHECK_TEXT_EQUAL("<a>\n<b>", recorder.log);
    CHECK_TEXT_EQUAL("enough", reader.error());
    LONGS_EQUAL(2, reader.place().line);
    CHECK_FALSE(reader.push("<d/>"));
    CHECK_FALSE(reader.finish());
}

TEST(XmlReader, OffsetsCutTheElementOutOfTheDocument) {
    const std::string kDocument = "<r>\n<a>中</a><b/></r>";
    XmlReader* self = nullptr;
    std::vector<std::size_t> starts;
    recorder.on_start = [&] {
        starts.push_back(self->offset());
        LONGS_EQUAL(self->place().offset, self->offset());
    };
    XmlReader reader(recorder);
    self = &reader;
    reader.push(kDocument);
    LONGS_EQUAL(3, starts.size());
    CHECK_TEXT_EQUAL("<a>中</a><b/></r>", kDocument.substr(starts[1]));
    CHECK_TEXT_EQUAL("<b/></r>", kDocument.substr(starts[2]));
}

TEST(XmlReader, RealHostileFiles) {
    const char* folder = std::getenv("LINLI_REAL_FILES");
    if (folder == nullptr) {
        std::printf(
            "\nskipped XmlReader.RealHostileFiles: LINLI_REAL_FILES does not name a folder of real "
            "files\n");
        return;
    }
    int refused = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(folder) / "xml")) {
        if (entry.path().extension() != ".xml") continue;
        long before = memory_in_kilobytes();
        std::string error = read(*linli::base::read_file(entry.path()));
        CHECK_TRUE(memory_in_kilobytes() - before < 1024);
        if (entry.path().filename() == "simple.xml") {
            CHECK_TEXT_EQUAL("", error);
        } else {
            CHECK_TEXT_EQUAL("a document type declaration is not allowed", error);
            ++refused;
        }
    }
    CHECK_TRUE(refused >= 3);
}

TEST(XmlReader, ADoctypeThatNamesADtdIsPassedOverWhereItMay) {
    struct Row {
        const char* document;
        const char* error;
    };
    const Row kRows[] = {
        {"<!DOCTYPE tv SYSTEM 'xmltv.dtd'><tv>a&nbsp;b &amp; c</tv>", ""},
        {"<!DOCTYPE tv><tv/>", ""},
        {"<!DOCTYPE tv [<!ENTITY a 'b'>]><tv>&a;</tv>", "a document type declaration with declarations of its own is not allowed"},
        {"<!DOCTYPE tv SYSTEM 'x' [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]><tv/>", "a document type declaration with declarations of its own is not allowed"},
    };
    for (const Row& row : kRows) {
        recorder.log.clear();
        XmlReader reader(recorder, {.doctype = Doctype::Passed});
        bool is_good = reader.push(row.document) && reader.finish();
        CHECK_TEXT_EQUAL(row.error, reader.error());
        LONGS_EQUAL(reader.error().empty(), is_good);
    }
    CHECK_TEXT_EQUAL("", recorder.log);
    XmlReader reader(recorder, {.doctype = Doctype::Passed});
    CHECK_TRUE(reader.push(kRows[0].document) && reader.finish());
    CHECK_TEXT_EQUAL("<tv>ab & c</tv>", recorder.log);
}
