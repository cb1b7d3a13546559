#include "tests/bench/core_content.h"

#include "content/checker.h"
#include "content/exchange_writer.h"
#include "content/file_check.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/publisher.h"
#include "platform/publication/trial_keys.h"

namespace linli::bench {
namespace {

void set_title(content::Item& item, const std::string& title) {
    if (auto* notice = std::get_if<content::Notice>(&item.content)) notice->title = title;
    if (auto* listing = std::get_if<content::Listing>(&item.content)) listing->name = title;
    if (auto* guide = std::get_if<content::Guide>(&item.content)) guide->title = title;
}

}  // namespace

base::Result<void> publish_many(const std::filesystem::path& sample, const std::filesystem::path& work,
                                const std::filesystem::path& tree) {
    content::LoadedFolder loaded = content::load_folder(sample);
    auto chain = content::AreaCode::parse(kArea)->chain();
    int count = 0;
    for (const auto& area : chain) {
        // Without pictures: what is measured is items.
        auto& items = loaded.areas.at(area);
        std::erase_if(items, [](const content::LoadedItem& item) { return !content::objects_of(item.item).empty(); });
        std::vector<content::Item> originals;
        for (const content::LoadedItem& item : items) originals.push_back(item.item);
        count += static_cast<int>(originals.size());
        LINLI_CHECK(base::write_file_atomically(work / area.str() / "originals.xml", content::write_exchange(area, originals)));
    }
    for (int round = 1; count < kItems; ++round) {
        for (const auto& area : chain) {
            std::vector<content::Item> copies;
            for (const content::LoadedItem& original : loaded.areas.at(area)) {
                content::Kind kind = original.item.kind();
                bool is_repeated = kind == content::Kind::Notice || kind == content::Kind::Listing || kind == content::Kind::Guide;
                if (!is_repeated || count >= kItems) continue;
                content::Item copy = original.item;
                copy.id += base::format("-{}", round);
                set_title(copy, base::format("{} {}", copy.title(), round));
                copies.push_back(std::move(copy));
                ++count;
            }
            auto file = work / area.str() / base::format("repeated-{}.xml", round);
            LINLI_CHECK(base::write_file_atomically(file, content::write_exchange(area, copies)));
        }
    }
    auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::filesystem::path keys = tree.string() + "-keys";
    LINLI_TRY(root, platform::make_trial_keys(keys, tree, content::find_areas(work), now));
    LINLI_TRY(ring, platform::KeyRing::open({keys}, nullptr));
    LINLI_TRY(report, platform::publish_folder(work, tree, ring, {.now = now}));
    if (!report.check.is_good()) return base::fail("the repeated content has faults: " + content::to_text(report.check.faults.front()));
    return {};
}

}  // namespace linli::bench
