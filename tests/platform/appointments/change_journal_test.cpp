#include "platform/appointments/change_journal.h"

#include "middleware/base/file.h"
#include "tests/platform/appointments/client_test.h"
#include "tests/support/check.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono_literals;
using Entry = ChangeJournal::Entry;
namespace fs = std::filesystem;

namespace {

Entry entry(char digit, Change::Kind kind = Change::Kind::Confirm) {
    return {std::string(32, digit), kind, tests::kMonday};
}

}  // namespace

// clang-format off
TEST_GROUP(ChangeJournal) {
    tests::TemporaryFolder folder;
    tests::RecordingLog log;
    fs::path file = folder.path() / "changes.journal";

    std::vector<Entry> reopened() { return ChangeJournal(file, log).entries(); }
    std::string text() { return *base::read_file(file); }
    void fill(std::initializer_list<char> digits) {
        ChangeJournal journal(file, log);
        for (char digit : digits) CHECK_GOOD(journal.add(entry(digit)));
    }
};
// clang-format on

TEST(ChangeJournal, KeepsWhatIsNotKnownOverARestart) {
    {
        ChangeJournal journal(file, log);
        CHECK_TRUE(journal.entries().empty());
        CHECK_GOOD(journal.add(entry('a', Change::Kind::Hold)));
        CHECK_GOOD(journal.add(entry('b', Change::Kind::Move)));
        CHECK_GOOD(journal.add(entry('c', Change::Kind::Cancel)));
        CHECK_GOOD(journal.add(entry('d', Change::Kind::Wait)));
        CHECK_GOOD(journal.remove(entry('c').key));
    }
    std::vector<Entry> expected{entry('a', Change::Kind::Hold), entry('b', Change::Kind::Move), entry('d', Change::Kind::Wait)};
    CHECK_TRUE(expected == reopened());
    CHECK_TEXT_EQUAL("", log.lines());
}

TEST(ChangeJournal, HasNoFileWhenEverythingIsKnown) {
    ChangeJournal journal(file, log);
    CHECK_GOOD(journal.add(entry('a')));
    CHECK_TRUE(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK_GOOD(journal.add(entry('a')));
    LONGS_EQUAL(1, journal.entries().size());
    CHECK_GOOD(journal.remove(entry('b').key));
    CHECK_GOOD(journal.remove(entry('a').key));
    CHECK_TRUE(fs::is_empty(folder.path()));
}

TEST(ChangeJournal, ReadsWhatCanBeReadOfADamagedFileAndKeepsTheRest) {
    fill({'a', 'b', 'c'});
    std::string whole = text();
    auto lines = [&](auto change) {
        std::string damaged = whole;
        change(damaged);
        return damaged;
    };
    const std::pair<std::string, std::size_t> kCases[] = {
        {whole.substr(0, whole.size() - 1), 3},
        {whole.substr(0, whole.size() - 20), 2},
        {lines([](std::string& text) { text[text.find("bbbb")] = 'd'; }), 2},
        {lines([](std::string& text) { text[text.find("2026") + 3] = '7'; }), 2},
        {lines([](std::string& text) { text.replace(0, 5, "xxxxx"); }), 3},
        {lines([](std::string& text) { text.insert(text.find("bbbb"), std::string(700, '\0') + "\n"); }), 3},
        {whole + whole, 3},
        {"", 0},
        {std::string(4096, '\0'), 0},
        {std::string(70'000, 'x'), 0},
    };
    int number = 0;
    for (const auto& [damaged, count] : kCases) {
        fs::path of_its_own = folder.path() / std::to_string(++number) / "changes.journal";
        folder.write(std::to_string(number) + "/changes.journal", damaged);
        LONGS_EQUAL(count, ChangeJournal(of_its_own, log).entries().size());
        CHECK_TEXT_EQUAL(damaged, *base::read_file(of_its_own.string() + ".damaged"));
        STRCMP_CONTAINS("is damaged", log.lines().c_str());
        // What could be read is whole from now on.
        tests::RecordingLog later;
        LONGS_EQUAL(count, ChangeJournal(of_its_own, later).entries().size());
        CHECK_TEXT_EQUAL("", later.lines());
    }
}

TEST(ChangeJournal, KeepsEveryDamagedFile) {
    for (int time = 0; time < 3; ++time) {
        folder.write("changes.journal", "damage " + std::to_string(time));
        CHECK_TRUE(reopened().empty());
    }
    CHECK_TEXT_EQUAL("damage 0", *base::read_file(file.string() + ".damaged"));
    CHECK_TEXT_EQUAL("damage 2", *base::read_file(file.string() + ".damaged-3"));
}

TEST(ChangeJournal, StaysAsItWasWhenTheDiskIsFull) {
    fill({'a'});
    ChangeJournal journal(file, log);
    {
        tests::FullDisk full(0);
        CHECK_FALSE(journal.add(entry('b')).has_value());
    }
    LONGS_EQUAL(1, journal.entries().size());
    CHECK_TRUE(std::vector{entry('a')} == reopened());
    CHECK_GOOD(journal.add(entry('b')));
    LONGS_EQUAL(2, reopened().size());
}

TEST(ChangeJournal, TakesNoMoreThanItsBound) {
    ChangeJournal journal(file, log);
    for (std::size_t i = 0; i < ChangeJournal::kMostEntries; ++i) {
        std::string key = std::to_string(i);
        CHECK_GOOD(journal.add({std::string(32 - key.size(), 'a') + key, Change::Kind::Hold, tests::kMonday}));
    }
    CHECK_FALSE(journal.add(entry('b')).has_value());
    LONGS_EQUAL(ChangeJournal::kMostEntries, reopened().size());
}
