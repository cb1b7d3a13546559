#include "tests/tree/include_arrows.h"

#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using linli::tests::find_broken_arrows;

namespace {

std::string join(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines)
        all += line + "\n";
    return all;
}

}  // namespace

// clang-format off
TEST_GROUP(IncludeArrows) {
    linli::tests::TemporaryFolder tree;
};
// clang-format on

TEST(IncludeArrows, HoldInThisTree) {
    CHECK_TEXT_EQUAL("", join(find_broken_arrows(LINLI_SOURCE_DIR)));
}

TEST(IncludeArrows, AGoodTreeIsNotBlamed) {
    tree.write("middleware/xml/a.cpp",
               "#include \"middleware/base/result.h\"\n#include <expat.h>\n#include <string>\n");
    tree.write(
        "content/a.cpp",
        "#include \"content/b.h\"\n#include \"middleware/base/result.h\"\n// #include <expat.h>\n");
    tree.write("platform/a.cpp", "#include \"epg/si/section.h\"\n#include \"content/b.h\"\n");
    tree.write("platform/publication/pinyin_main.cpp",
               "#include <CLI/CLI.hpp>\n#include <unicode/translit.h>\n");
    tree.write(
        "tests/a.cpp",
        "#include \"stb-app/a.h\"\n#include <sqlite3.h>\n#include \"CppUTest/TestHarness.h\"\n");
    tree.write("stb-app/main.cpp", "#  include \"platform/a.h\"\n");
    CHECK_TEXT_EQUAL("", join(find_broken_arrows(tree.path())));
}

TEST(IncludeArrows, EachBrokenArrowIsASentence) {
    tree.write("middleware/base/a.h", "#include <string>\n#include \"content/model.h\"\n");
    tree.write("content/a.cpp",
               "#include \"platform/a.h\"\n#include <sqlite3.h>\n#include \"model.h\"\n");
    tree.write("platform/a.cpp",
               "#include \"epg/guide.h\"\n#include <unicode/translit.h>\n#include <CLI/CLI.hpp>\n");
    tree.write("simulator/a.cpp",
               " # include \"tests/support/check.h\"\n#include <tests/support/check.h>\n");
    tree.write("stb-app/a.cpp",
               "#include <directfb_keynames.h>\n#include \"CppUTest/TestHarness.h\"\n#include "
               "<gst/gst.h>\n");
    tree.write("platform/importers/a.cpp", "#include <iconv.h>\n");
    tree.write("platform/sync/a.cpp", "#include <iconv.h>\n");
    CHECK_TEXT_EQUAL(
        "content/a.cpp:1 includes platform/a.h, but content may include only itself, middleware.\n"
        "content/a.cpp:2 includes <sqlite3.h>, which belongs into middleware/storage only.\n"
        "content/a.cpp:3 includes \"model.h\", but an include names the path from the root of the "
        "tree.\n"
        "middleware/base/a.h:2 includes content/model.h, but middleware may include only itself.\n"
        "platform/a.cpp:1 includes epg/guide.h, but platform may include only itself, middleware, "
        "content, epg/si.\n"
        "platform/a.cpp:2 includes <unicode/translit.h>, which belongs into platform/publication "
        "only.\n"
        "platform/a.cpp:3 includes <CLI/CLI.hpp>, which belongs into files that end in main.cpp "
        "only.\n"
        "platform/sync/a.cpp:1 includes <iconv.h>, which belongs into platform/importers or epg/si or simulator/stream only.\n"
        "simulator/a.cpp:1 includes tests/support/check.h, but only tests may include tests.\n"
        "simulator/a.cpp:2 includes tests/support/check.h, but only tests may include tests.\n"
        "stb-app/a.cpp:1 includes <directfb_keynames.h>, which belongs into middleware/graphics "
        "only.\n"
        "stb-app/a.cpp:2 includes <CppUTest/TestHarness.h>, which belongs into tests only.\n"
        "stb-app/a.cpp:3 includes <gst/gst.h>, which belongs into middleware/media only.\n",
        join(find_broken_arrows(tree.path())));
}
