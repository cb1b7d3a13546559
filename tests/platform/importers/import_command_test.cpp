// The command `linli-publish import`, as it is called.

#include <sys/wait.h>

#include <cstdio>

#include "content/checker.h"
#include "middleware/base/file.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

namespace {

constexpr std::string_view kFeed =
    "<rss version=\"2.0\"><channel><title>The "
    "town</title><item><guid>http://a.example/1</guid><title>New bus</title>"
    "<pubDate>Sat, 07 Nov 2026 09:00:00 +0800</pubDate><description>&lt;p&gt;Line 7&lt;img "
    "src=\"a.png\"&gt;</description></item>"
    "<item><guid>http://a.example/2</guid></item></channel></rss>";

}  // namespace

// clang-format off
TEST_GROUP(ImportCommand) {
    tests::TemporaryFolder folder;
    std::string output;

    int run(const std::string& arguments) {
        std::string command = "cd " + folder.path().string() + " && " LINLI_PUBLISH_PROGRAM " --language en import " + arguments + " 2>&1";
        std::FILE* pipe = ::popen(command.c_str(), "r");
        output.clear();
        char piece[4096];
        while (std::size_t length = std::fread(piece, 1, sizeof piece, pipe)) output.append(piece, length);
        return WEXITSTATUS(::pclose(pipe));
    }
};
// clang-format on

TEST(ImportCommand, WritesAFileThatPassesTheCheckAndTellsWhatItLeftOut) {
    folder.write("feed.xml", kFeed);
    LONGS_EQUAL(0, run("feed feed.xml --area 12/0101 --category news --to city/12/0101/news.xml"));
    CHECK_TEXT_EQUAL(
        "feed.xml:1: missing from \"New bus\": a picture: a.png\n"
        "feed.xml:1: \"id-" +
            output.substr(output.find("\"id-") + 4, 32) +
            "\" left out: it has no title\n"
            "Imported: 1, left out: 1, outside the period: 0\n",
        output);
    folder.write("city/12/area.xml",
                 "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\"><area "
                 "id=\"area\"><name>c</name></area>"
                 "<category id=\"news\" board=\"notices\" icon=\"bus\" "
                 "order=\"1\"><name>n</name></category></exchange>");
    folder.write("city/12/0101/area.xml",
                 "<exchange xmlns=\"urn:linli:exchange:1\" area=\"12/0101\"><area "
                 "id=\"area\"><name>d</name></area></exchange>");
    std::string faults;
    for (const content::Fault& fault : content::check_folder(folder.path() / "city").faults)
        faults += content::to_text(fault) + "\n";
    CHECK_TEXT_EQUAL("", faults);
}

TEST(ImportCommand, ImportingAgainChangesNoByte) {
    folder.write("feed.xml", kFeed);
    LONGS_EQUAL(0, run("feed feed.xml --area 12 --category news --to a.xml"));
    LONGS_EQUAL(0, run("feed feed.xml --area 12 --category news --to b.xml"));
    CHECK_TEXT_EQUAL(*base::read_file(folder.path() / "a.xml"),
                     *base::read_file(folder.path() / "b.xml"));
}

TEST(ImportCommand, WhatSomebodyMayHaveCorrectedIsReplacedOnlyWhenAsked) {
    folder.write("feed.xml", kFeed);
    folder.write("news.xml", "corrected");
    LONGS_EQUAL(3, run("feed feed.xml --area 12 --category news --to news.xml"));
    CHECK_TEXT_EQUAL("corrected", *base::read_file(folder.path() / "news.xml"));
    LONGS_EQUAL(0, run("feed feed.xml --area 12 --category news --to news.xml --replace"));
}

TEST(ImportCommand, NothingImportedWritesNothing) {
    folder.write("feed.xml", kFeed);
    LONGS_EQUAL(1, run("feed feed.xml --area 12 --category news --to news.xml --since 2026-12-01"));
    CHECK_TEXT_EQUAL("Imported: 0, left out: 0, outside the period: 2\n", output);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "news.xml"));
}

TEST(ImportCommand, MistakesOfTheCommandLineAreTold) {
    folder.write("feed.xml", kFeed);
    for (const char* arguments :
         {"", "feed feed.xml", "letter feed.xml --area 12 --category news --to x.xml",
          "feed feed.xml --area 1 --category news --to x.xml",
          "feed feed.xml --area 12 --category News --to x.xml",
          "feed none.xml --area 12 --category news --to x.xml",
          "csv feed.xml --area 12 --category news --to x.xml",
          "feed feed.xml --area 12 --category news --to x.xml --since yesterday"})
        LONGS_EQUAL_TEXT(2, run(arguments), arguments);
    LONGS_EQUAL(3, run("hsds feed.xml --area 12 --category news --to x.xml"));
}
