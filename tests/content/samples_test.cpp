#include <filesystem>

#include "content/checker.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli::content;

// clang-format off
TEST_GROUP(Samples) {};
// clang-format on

TEST(Samples, HaveNoFaults) {
    const std::filesystem::path kSamples = LINLI_SOURCE_DIR "/simulator/samples";
    for (const char* city : {"city", "english"}) {
        CheckReport report = check_folder(kSamples / city);
        std::string faults;
        for (const Fault& fault : report.faults)
            faults += to_text(fault) + "\n";
        CHECK_TEXT_EQUAL("", faults);
        CHECK_TRUE(report.items > 10);
    }
}
