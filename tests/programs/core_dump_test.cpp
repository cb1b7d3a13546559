// What holds PINs, tokens and names leaves no picture of its memory behind, however it ends.

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "middleware/base/no_core_dump.h"
#include "tests/programs/program_run.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

// clang-format off
TEST_GROUP(CoreDump) {
    tests::TemporaryFolder folder;

    /// The line about core dumps of what the system allows a process.
    static std::string limit_of(pid_t process) {
        std::ifstream limits("/proc/" + std::to_string(process) + "/limits");
        for (std::string line; std::getline(limits, line);)
            if (line.starts_with("Max core file size")) return line;
        return "";
    }
    void crashes_without_a_trace(tests::ProgramRun& run) {
        STRCMP_CONTAINS("Max core file size        0                    0 ", limit_of(run.pid()).c_str());
        int status = run.end_with(SIGSEGV);
        CHECK_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
        CHECK_FALSE(WCOREDUMP(status));
    }
};
// clang-format on

TEST(CoreDump, IsLeftNeitherByTheBox) {
    tests::ProgramRun box("linli-stb",
                          {"--area", "12/0101/001/002", "--data", (folder.path() / "data").string(),
                           "--dfb:system=dummy,mode=1280x720"},
                          folder.path());
    CHECK_TRUE_TEXT(box.says("area 12/0101/001/002"), box.said().c_str());
    crashes_without_a_trace(box);
}

TEST(CoreDump, NorByThePlatform) {
    tests::ProgramRun platform("linli-platform",
                               {"--publication", folder.path().string(), "--database",
                                (folder.path() / "bookings.db").string(), "--port", "0"},
                               folder.path());
    CHECK_TRUE_TEXT(platform.says("appointments at "), platform.said().c_str());
    crashes_without_a_trace(platform);
}

TEST(CoreDump, IsForbiddenToProgramsThatTakeItThroughAPipeToo) {
    pid_t child = ::fork();
    if (child == 0) ::_exit(base::forbid_core_dumps() && ::prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK_TRUE(WIFEXITED(status));
    LONGS_EQUAL(0, WEXITSTATUS(status));
}
