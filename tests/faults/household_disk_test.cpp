#include "stb-app/household/household_store.h"
#include "tests/content/sample_items.h"
#include "tests/faults/faulty_run.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
namespace fs = std::filesystem;

namespace {

const app::Settings kOld{app::TextSize::Standard, text::Language::Chinese};
const app::Settings kNew{app::TextSize::ExtraLarge, text::Language::English};

content::ItemKey notice(const char* id) { return {tests::area("12"), id}; }

/// What is wrong with a household that had been there before the fault.
std::string examine_household(const fs::path& file) {
    auto store = app::HouseholdStore::open(file);
    if (!store) return store.error().message;
    if (!store->trouble().empty()) return store->trouble();
    if (fs::exists(file.string() + ".damaged")) return "the file was damaged";
    if (store->settings() != kOld && store->settings() != kNew) return "the settings are neither the old nor the new ones";
    if (!store->is_read(notice("old"))) return "a notice that was read is not any more";
    if (store->is_read(notice("new")) && store->settings() != kNew) return "a later change came without an earlier one";
    return "";
}

}  // namespace

TEST_GROUP(HouseholdOnABadDisk){};

TEST(HouseholdOnABadDisk, KeepsTheOldSettingsOrHasTheNewOnes) {
    tests::TemporaryFolder folder;
    fs::path disk = folder.path() / "disk";
    {
        auto store = app::HouseholdStore::open(folder.path() / "before/household.db");
        CHECK_GOOD(store);
        CHECK_GOOD(store->save(kOld));
        CHECK_GOOD(store->mark_read(notice("old")));
    }
    tests::FaultLoop loop{.command = {tests::program("linli_test_household_once"), disk / "household.db"},
                          .before = folder.path() / "before",
                          .disk = disk};
    CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun&) {
                         return examine_household(disk / "household.db");
                     }));
}
