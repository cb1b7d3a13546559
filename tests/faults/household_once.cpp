// Chooses other settings and reads another notice, so that tests can see what faults leave of a household: FILE.

#include <cstdio>

#include "stb-app/household/household_store.h"

using namespace linli;

int main(int count, char** arguments) {
    auto store = count == 2 ? app::HouseholdStore::open(arguments[1]) : base::fail("usage: FILE");
    if (!store || !store->trouble().empty()) {
        std::fprintf(stderr, "%s\n", store ? store->trouble().c_str() : store.error().message.c_str());
        return 1;
    }
    auto saved = store->save({app::TextSize::ExtraLarge, text::Language::English});
    if (saved) saved = store->mark_read({*content::AreaCode::parse("12"), "new"});
    if (!saved) std::fprintf(stderr, "%s\n", saved.error().message.c_str());
    return saved ? 0 : 1;
}
