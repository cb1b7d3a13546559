#include "tests/platform/test_box.h"

#include "tests/platform/test_platform.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace std::chrono_literals;

TestBox::TestBox(std::string publication_url)
    : clock(kMonday), objects(std::filesystem::path()), url_(std::move(publication_url)) {
    objects = platform::ObjectFolder(object_folder());
    auto opened = content::ContentStore::open(store_file());
    CHECK_GOOD(opened);
    store = std::make_unique<content::ContentStore>(std::move(*opened));
}

platform::AreaReport TestBox::update(const content::AreaCode& area) {
    platform::SyncPatience patience;
    patience.connect = 1s;
    patience.head = 2s;
    patience.content = 2s;
    patience.slow_bytes = 10'000;
    patience.slow_time = 1s;
    return platform::AreaUpdater(url_, client, *store, objects, clock, patience).update(area);
}

std::vector<std::string> TestBox::titles(const content::AreaCode& area) {
    std::vector<std::string> titles;
    for (content::Board board : {content::Board::Notices, content::Board::Services}) {
        auto rows = store->items(board, "", {area}, std::nullopt);
        CHECK_GOOD(rows);
        for (const content::ItemRow& row : *rows) titles.push_back(row.title);
    }
    return titles;
}

}  // namespace linli::tests
