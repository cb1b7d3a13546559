#include <set>

#include "middleware/base/file.h"
#include "tests/faults/faulty_run.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using tests::FaultKind;

namespace {

const std::string kOld = "the old text, of which nothing is left";
const std::string kNew = "the new text, and it is longer than what was there before";

}  // namespace

// clang-format off
/// What faults leave of a file that is written in different ways: the faults are real if they harm a careless writer.
TEST_GROUP(FaultDisk) {
    tests::TemporaryFolder folder;
    std::set<std::string> seen;

    void write(const char* how, FaultKind kind) {
        folder.write("before/file", kOld);
        tests::FaultLoop loop;
        loop.command = {tests::program("linli_test_writer"), how, folder.path() / "disk/file", kNew};
        loop.before = folder.path() / "before";
        loop.disk = folder.path() / "disk";
        loop.kinds = {kind};
        std::string problems = tests::try_every_fault(loop, [&](const tests::FaultyRun& run) {
            if (run.status != 0) seen.insert(base::read_file(folder.path() / "disk/file").value_or("missing"));
            return std::string();
        });
        CHECK_TEXT_EQUAL("", problems);
    }
};
// clang-format on

TEST(FaultDisk, ACarefullyWrittenFileIsTheOldOrTheNewOne) {
    for (FaultKind kind : {FaultKind::Kill, FaultKind::Cut, FaultKind::CutBytes, FaultKind::CutSome, FaultKind::Full})
        write("careful", kind);
    CHECK_TRUE(seen == (std::set{kOld, kNew}));
}

TEST(FaultDisk, AKilledWriterLeavesHalf) {
    write("in-place", FaultKind::Kill);
    CHECK_TRUE(seen.contains(kNew.substr(0, kNew.size() / 2) + kOld.substr(kNew.size() / 2)));
}

TEST(FaultDisk, AFullDiskTakesHalf) {
    write("in-place", FaultKind::Full);
    CHECK_TRUE(seen.contains(kNew.substr(0, kNew.size() / 2) + kOld.substr(kNew.size() / 2)));
}

TEST(FaultDisk, APowerCutTakesBackWhatWasNotSynced) {
    write("in-place", FaultKind::Cut);
    CHECK_TRUE(seen == (std::set{kOld}));
}

TEST(FaultDisk, APowerCutEmptiesAFileThatWasRenamedBeforeItWasSynced) {
    write("careless", FaultKind::CutBytes);
    CHECK_TRUE(seen.contains(""));
}

TEST(FaultDisk, APowerCutLeavesZerosWhereSomeWritesHaveNotArrived) {
    write("careless", FaultKind::CutSome);
    CHECK_TRUE(seen.contains(std::string(kNew.size(), '\0')));
}
