// Adds one change to a journal and removes the one that was there, so that tests can see what faults leave of it: FILE. Says
// what it was told to be at rest.

#include <cstdio>

#include "platform/appointments/change_journal.h"

using namespace linli;
using platform::ChangeJournal;

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: FILE\n");
        return 2;
    }
    auto log = base::make_stderr_log("journal-once", base::Log::Level::Error);
    ChangeJournal journal(arguments[1], *log);
    auto added = journal.add({std::string(32, 'b'), platform::Change::Kind::Cancel, std::chrono::sys_seconds()});
    if (added) std::fprintf(stderr, "added\n");
    auto removed = journal.remove(std::string(32, 'a'));
    if (removed) std::fprintf(stderr, "removed\n");
    return added && removed ? 0 : 1;
}
