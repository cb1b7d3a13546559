#include "middleware/base/file.h"

#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::base;

// clang-format off
TEST_GROUP(File) {
    tests::TemporaryFolder folder;
};
// clang-format on

TEST(File, GivesBackWhatWasWritten) {
    auto file = folder.path() / "new/folder/file";
    CHECK_GOOD(write_file_atomically(file, std::string_view("a\0b", 3)));
    CHECK_TRUE(*read_file(file) == std::string("a\0b", 3));
    CHECK_GOOD(write_file_atomically(file, ""));
    CHECK_TEXT_EQUAL("", *read_file(file));
}

TEST(File, ReadSaysWhatIsInTheWay) {
    folder.write("long", "12345");
    CHECK_GOOD(read_file(folder.path() / "long", 5));
    struct Row {
        const char* name;
        const char* message;
    };
    for (const Row& row : {Row{"none", "No such file"}, Row{"", "not a file"},
                           Row{"long", "has 5 bytes, 4 at most"}}) {
        auto read = read_file(folder.path() / row.name, 4);
        CHECK_FALSE(read.has_value());
        STRCMP_CONTAINS(row.message, read.error().message.c_str());
    }
}

TEST(File, AFailedWriteLeavesTheOldFileAndNothingElse) {
    folder.write("folder/file", "old");
    CHECK_FALSE(write_file_atomically(folder.path() / "folder", "new").has_value());
    CHECK_TEXT_EQUAL("old", *read_file(folder.path() / "folder/file"));
    auto entries = std::distance(std::filesystem::directory_iterator(folder.path()), {});
    LONGS_EQUAL(1, entries);
}
