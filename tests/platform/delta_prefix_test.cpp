#include "platform/publication/delta_prefix.h"

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;

TEST_GROUP(DeltaPrefix){};

TEST(DeltaPrefix, IsTheFileThatTheManualNames) {
    auto file = base::read_file(LINLI_SOURCE_DIR "/platform/publication/delta_prefix.xml");
    CHECK_GOOD(file);
    CHECK_TRUE(*file == platform::delta_prefix());
    CHECK_TRUE(file->size() <= 4096);
    auto manual = base::read_file(LINLI_SOURCE_DIR "/docs/publication.md");
    CHECK_GOOD(manual);
    // Part of the format: who changes the file makes deltas that no receiver unpacks.
    CHECK_TRUE(manual->contains("`platform/publication/delta_prefix.xml`"));
    CHECK_TRUE(manual->contains(base::Sha256::of(*file)));
}
