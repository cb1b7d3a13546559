#include <algorithm>

#include "platform/appointments/change_journal.h"
#include "tests/faults/faulty_run.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using platform::ChangeJournal;
namespace fs = std::filesystem;

namespace {

/// What is wrong with a journal that had the change 'a' before the fault. `said`: by journal_once.
std::string examine_journal(const fs::path& file, const std::string& said) {
    auto log = base::make_silent_log();
    auto entries = ChangeJournal(file, *log).entries();
    auto has = [&](char digit) { return std::ranges::find(entries, std::string(32, digit), &ChangeJournal::Entry::key) != entries.end(); };
    if (fs::exists(file.string() + ".damaged")) return "the file was damaged";
    if (said.contains("added") && !has('b')) return "a change that was at rest is lost";
    if (!said.contains("added") && !said.contains("removed") && !has('a')) return "a change whose answer is not known is lost";
    if (said.contains("removed") && has('a')) return "a change that was known is asked about again";
    return "";
}

}  // namespace

TEST_GROUP(JournalOnABadDisk){};

TEST(JournalOnABadDisk, LosesNoChangeThatMayHaveBeenSent) {
    tests::TemporaryFolder folder;
    fs::path disk = folder.path() / "disk";
    fs::create_directories(folder.path() / "before/data");
    auto log = base::make_silent_log();
    CHECK_GOOD(ChangeJournal(folder.path() / "before/data/changes.journal", *log)
                   .add({std::string(32, 'a'), platform::Change::Kind::Confirm, std::chrono::sys_seconds()}));
    tests::FaultLoop loop{.command = {tests::program("linli_test_journal_once"), disk / "data/changes.journal"},
                          .before = folder.path() / "before",
                          .disk = disk};
    CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun& run) {
                         return examine_journal(disk / "data/changes.journal", run.message);
                     }));
}
