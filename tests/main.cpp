#include <vector>

#include "CppUTest/CommandLineTestRunner.h"
#include "CppUTest/MemoryLeakWarningPlugin.h"

/// Runs the tests in a new order each time; the seed is printed, and `-s SEED` repeats an order.
int main(int count, char** arguments) {
    // Leaks are found by the sanitizer preset, which knows threads and libraries with caches.
    MemoryLeakWarningPlugin::turnOffNewDeleteOverloads();
    char shuffle[] = "-s";
    std::vector<char*> all{arguments[0], shuffle};
    all.insert(all.end(), arguments + 1, arguments + count);
    return CommandLineTestRunner::RunAllTests(static_cast<int>(all.size()), all.data());
}
