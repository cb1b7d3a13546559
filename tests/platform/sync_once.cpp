// Syncs one area once, so that a test can kill it: URL AREA STORE OBJECTS.

#include <cstdio>

#include "platform/sync/area_updater.h"

using namespace linli;

int main(int count, char** arguments) {
    auto area = count == 5 ? content::AreaCode::parse(arguments[2]) : std::nullopt;
    auto store = area ? content::ContentStore::open(arguments[3]) : base::fail("wrong arguments");
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().message.c_str());
        return 1;
    }
    net::HttpLibrary library;
    net::HttpClient client({.user_agent = "tests"});
    platform::ObjectFolder objects(arguments[4]);
    base::SystemClock clock;
    platform::AreaReport report =
        platform::AreaUpdater(arguments[1], client, *store, objects, clock, {}).update(*area);
    bool is_good = report.outcome == platform::AreaReport::Outcome::Changed ||
                   report.outcome == platform::AreaReport::Outcome::Unchanged;
    if (!is_good) std::fprintf(stderr, "%s\n", report.error.c_str());
    return is_good ? 0 : 1;
}
