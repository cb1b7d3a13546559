#include "tests/stb-app/support/sample_city.h"

#include "content/checker.h"
#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "platform/publication/pinyin.h"
#include "tests/stb-app/support/store_filling.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {
namespace {

/// Keeps what an item shows and plays by its hash, and names it by that, as the publisher and sync do.
void keep_objects(content::Item& item, const std::filesystem::path& from, const std::filesystem::path& objects) {
    for (content::Object* object : content::objects_of(item)) {
        auto bytes = base::read_file(from / object->src);
        CHECK_GOOD(bytes);
        std::string hash = base::Sha256::of(*bytes);
        CHECK_GOOD(base::write_file_atomically(objects / hash, *bytes));
        object->src = "sha256:" + hash;
    }
}

}  // namespace

const SampleCity& SampleCity::shared() {
    static const SampleCity city;
    return city;
}

content::AreaCode SampleCity::community() {
    return *content::AreaCode::parse("12/0101/001/002");
}

SampleCity::SampleCity() : objects_(folder_.path() / "objects") {
    content::LoadedFolder loaded = content::load_folder(LINLI_SOURCE_DIR "/simulator/samples/city");
    CHECK_TRUE(loaded.report.is_good());
    auto store = content::ContentStore::open(folder_.path() / "content.db");
    CHECK_GOOD(store);
    platform::Pinyin pinyin;
    for (const content::AreaCode& area : community().chain()) {
        std::vector<content::Item> items;
        for (content::LoadedItem& one : loaded.areas[area]) {
            keep_objects(one.item, one.file.parent_path(), objects_);
            if (one.item.kind() >= content::Kind::Notice) one.item.initials = pinyin.initials(one.item.title());
            items.push_back(std::move(one.item));
        }
        fill_area(*store, area, items);
    }
}

void SampleCity::copy_store_to(const std::filesystem::path& file) const {
    std::filesystem::copy_file(folder_.path() / "content.db", file,
                               std::filesystem::copy_options::overwrite_existing);
}

}  // namespace linli::tests
