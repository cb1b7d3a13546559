#include "platform/publication/publisher.h"

#include <algorithm>
#include <array>
#include <map>
#include <system_error>
#include <tuple>

#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/publication/tree_lock.h"

namespace linli::platform {

using base::Result;
using content::Item;
using content::LoadedItem;

namespace {

std::string media_type_of(const std::filesystem::path& file) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes{{
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".pdf", "application/pdf"},
        {".txt", "text/plain"},
        {".mp4", "video/mp4"},
    }};
    std::string extension = file.extension().string();
    auto found = std::ranges::find(kTypes, std::string_view(extension), &decltype(kTypes)::value_type::first);
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

/// The objects of one area, each once, in the order of their hashes.
class ObjectCollector {
  public:
    /// Takes a file in and turns its name into that of the object.
    Result<void> take(const std::filesystem::path& folder, std::string& src) {
        if (src.starts_with("sha256:")) return base::fail(base::format("{}: only files can be published", src));
        LINLI_TRY(bytes, base::read_file(folder / src, kMostObjectBytes));
        std::string hash = base::Sha256::of(bytes);
        objects_.try_emplace(hash, ObjectBytes{std::move(bytes), media_type_of(src)});
        src = "sha256:" + hash;
        return {};
    }
    std::vector<ObjectBytes> all() && {
        std::vector<ObjectBytes> objects;
        for (auto& [hash, object] : objects_) objects.push_back(std::move(object));
        return objects;
    }

  private:
    std::map<std::string, ObjectBytes> objects_;
};

Result<AreaPublication> prepare(const content::AreaCode& area, const std::vector<LoadedItem>& loaded) {
    ObjectCollector objects;
    std::vector<Item> items;
    for (const LoadedItem& one : loaded) {
        Item item = one.item;
        for (content::Object* object : content::objects_of(item))
            LINLI_CHECK(objects.take(one.file.parent_path(), object->src));
        items.push_back(std::move(item));
    }
    std::ranges::sort(items, {}, [](const Item& item) { return std::tuple(item.kind(), item.id); });
    return AreaPublication{area, content::write_exchange(area, items), std::move(objects).all()};
}

}  // namespace

Result<PublishReport> publish_folder(const std::filesystem::path& folder, const std::filesystem::path& tree,
                                     const PublishOptions& options) {
    content::LoadedFolder loaded = content::load_folder(folder);
    PublishReport report;
    report.check = std::move(loaded.report);
    if (!report.check.is_good()) return report;

    LINLI_TRY(lock, TreeLock::take(tree));
    for (const auto& [area, items] : loaded.areas) {
        LINLI_TRY(publication, prepare(area, items));
        LINLI_TRY(outcome, publish_area(tree, publication, options));
        report.areas.push_back({area, static_cast<int>(items.size()), outcome});
    }
    LINLI_TRY(removed, remove_unused_objects(tree, kObjectGrace));
    report.objects_removed = removed;
    return report;
}

}  // namespace linli::platform
