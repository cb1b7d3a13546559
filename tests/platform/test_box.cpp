#include "tests/platform/test_box.h"

#include "middleware/base/file.h"
#include "tests/platform/signed_tree.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

using namespace std::chrono_literals;

TestBox::TestBox(std::string publication_url, const std::filesystem::path& root_file)
    : url_(std::move(publication_url)), root_file_(root_file), clock(kMonday), objects(object_folder(), 1u << 20) {
    restart();
}

void TestBox::restart() {
    updater.reset();
    store.reset();
    auto opened = content::ContentStore::open(store_file());
    CHECK_GOOD(opened);
    store = std::make_unique<content::ContentStore>(std::move(*opened));
    kept = std::make_unique<platform::TrustStore>(trust_folder());
    auto root = base::read_file(root_file_);
    CHECK_GOOD(root);
    auto chain = kept->chain(*root);
    CHECK_GOOD(chain);
    trust = std::move(*chain);
    platform::SyncPatience patience;
    patience.connect = 1s;
    patience.head = 2s;
    patience.content = 2s;
    patience.slow_bytes = 10'000;
    patience.slow_time = 1s;
    updater = std::make_unique<platform::AreaUpdater>(
        platform::AreaUpdater::Parts{client, *store, *trust, *kept, objects, clock}, patience);
}

platform::AreaReport TestBox::update(const content::AreaCode& area, platform::Part part) {
    for (const content::AreaCode& one : area.chain())
        if (one != area) update_alone(one);
    return update_alone(area, part);
}

platform::AreaReport TestBox::update_alone(const content::AreaCode& area, platform::Part part) {
    return updater->update(url_, area, part);
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
