#include "content/file_check.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <system_error>

#include "content/exchange_reader.h"
#include "content/item_check.h"
#include "content/screen_limits.h"
#include "content/text_encoding.h"
#include "middleware/base/file.h"

namespace linli::content {
namespace {

namespace fs = std::filesystem;

Board board_of(Kind kind) {
    if (kind == Kind::Listing || kind == Kind::Service) return Board::Services;
    if (kind == Kind::Course) return Board::Classes;
    return kind == Kind::Guide ? Board::Guides : Board::Notices;
}

bool is_xml(const fs::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return std::tolower(c); });
    return extension == ".xml";
}

bool is_below(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    fs::path real_file = fs::weakly_canonical(file, error);
    fs::path real_folder = fs::weakly_canonical(folder, error);
    if (error) return false;
    auto [rest, ignored] =
        std::mismatch(real_folder.begin(), real_folder.end(), real_file.begin(), real_file.end());
    return rest == real_folder.end();
}

bool is_picture(std::string_view bytes) {
    constexpr std::string_view kPng = "\x89PNG\r\n\x1A\n";
    constexpr std::string_view kJpeg = "\xFF\xD8\xFF";
    return bytes.starts_with(kPng) || bytes.starts_with(kJpeg);
}

/// One file: what the schema finds in it, what each item says that it cannot mean, and what it names.
class FilePass {
  public:
    FilePass(const std::string& file, std::string_view bytes) : bytes_(bytes) { checked_.file = file; }

    CheckedFile run() {
        if (auto wrong = check_encoding(bytes_)) {
            fault(wrong->place, wrong->what, wrong->expected);
            return std::move(checked_);
        }
        ExchangeReader reader(
            ExchangeReader::Strictness::AllFaults,
            [&](const Item& item, std::string_view, xml::Place place) {
                if (reader_->area()) take_item(item, place);
            },
            [&](const Fault& found) { fault(found.place, found.what, found.expected); });
        reader_ = &reader;
        checked_.was_read = reader.push(bytes_) && reader.finish();
        checked_.area = reader.area();
        if (checked_.area) note_area();
        return std::move(checked_);
    }

  private:
    void fault(xml::Place place, Message what, Message expected) {
        checked_.faults.push_back({checked_.file, place, std::move(what), std::move(expected)});
    }

    void note_area() {
        const AreaCode& area = *checked_.area;
        checked_.area_place = place_of(bytes_, std::min(bytes_.find("<exchange"), bytes_.size()));
        auto folder_area = AreaCode::parse(fs::path(checked_.file).parent_path().generic_string());
        if (folder_area && *folder_area != area)
            fault(checked_.area_place,
                  {N_("the file says area=\"{}\" but lies in the folder of {}"), {area.str(), folder_area->str()}},
                  {N_("the area of its folder"), {}});
    }

    void take_item(const Item& item, xml::Place place) {
        checked_.items.push_back({item, place});
        // One fault a place is enough: what the schema found there comes first.
        std::set<std::pair<std::size_t, std::size_t>> places_with_faults;
        for (const Fault& found : checked_.faults) places_with_faults.emplace(found.place.line, found.place.column);
        check_item(item, reader_->places(), [&](Fault found) {
            if (places_with_faults.contains({found.place.line, found.place.column})) return;
            fault(found.place, std::move(found.what), std::move(found.expected));
        });
        note_mentions(item, place);
    }

    Mention& mention(Mention::What what, const std::string& name, xml::Place at) {
        return checked_.mentions.emplace_back(Mention{what, name, at});
    }

    void note_mentions(const Item& item, xml::Place place) {
        PlaceFinder places(reader_->places());
        if (!item.category.empty())
            mention(Mention::What::Category, item.category, place).board = board_of(item.kind());
        if (auto* portal = std::get_if<Portal>(&item.content)) {
            for (const Tile& tile : portal->tiles) {
                xml::Place at = places.next("tile");
                if (!tile.category.empty()) mention(Mention::What::Category, tile.category, at).board = tile.board;
            }
        }
        if (auto* service = std::get_if<Service>(&item.content); service && !service->guide.empty())
            mention(Mention::What::Item, service->guide, place).kind = Kind::Guide;
        if (auto* guide = std::get_if<Guide>(&item.content); guide && !guide->service.empty())
            mention(Mention::What::Item, guide->service, place).kind = Kind::Service;
        note_objects(item, places);
    }

    void note_objects(const Item& item, PlaceFinder& places) {
        using enum Mention::What;
        std::visit(
            [&](const auto& content) {
                if constexpr (requires { content.body; }) {
                    for (const Block& block : content.body)
                        if (auto* picture = std::get_if<content::Picture>(&block))
                            note_object(picture->object, Picture, places.next("picture"));
                }
                if constexpr (requires { content.attachments; }) {
                    for (const auto& attachment : content.attachments)
                        note_object(attachment.object, Attachment, places.next("attachment"));
                }
                if constexpr (requires { content.media; }) {
                    note_object(content.media.object, Media, places.next("media"));
                    for (const auto& subtitles : content.subtitles)
                        note_object(subtitles.file.object, Media, places.next("subtitles"));
                }
            },
            item.content);
    }

    void note_object(const Object& object, Mention::What what, xml::Place at) {
        if (object.length > 0 || !object.media_type.empty())
            fault(at, {N_("length and media-type can only stand in a publication"), {}},
                  {N_("neither: the publisher looks into the file"), {}});
        if (!object.src.empty()) mention(what, object.src, at);
    }

    std::string_view bytes_;
    CheckedFile checked_;
    const ExchangeReader* reader_ = nullptr;
};

}  // namespace

CheckedFile check_file(const std::string& file, std::string_view bytes) { return FilePass(file, bytes).run(); }

std::vector<fs::path> find_exchange_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        bool is_hidden = entry->path().filename().string().starts_with('.');
        std::error_code ignored;
        if (is_hidden && entry->is_directory(ignored)) entry.disable_recursion_pending();
        if (!is_hidden && is_xml(entry->path()) && entry->is_regular_file(ignored))
            files.push_back(entry->path());
    }
    std::ranges::sort(files);
    return files;
}

std::vector<AreaCode> find_areas(const fs::path& folder) {
    std::set<AreaCode> areas;
    for (const fs::path& path : find_exchange_files(folder)) {
        auto bytes = base::read_file(path, kMostDocumentBytes);
        if (!bytes) continue;
        ExchangeReader reader(ExchangeReader::Strictness::FirstFault, [](const Item&, std::string_view, xml::Place) {},
                              [](const Fault&) {});
        (void)reader.push(*bytes);
        if (auto area = reader.area()) areas.insert(*area);
    }
    return {areas.begin(), areas.end()};
}

std::optional<Fault> check_object(const fs::path& folder, const std::string& file, const Mention& mention) {
    const Message kInFolder = {N_("a file in the folder of this file, or below it"), {}};
    auto refuse = [&](Message what, Message expected) {
        return Fault{file, mention.place, std::move(what), std::move(expected)};
    };
    if (mention.name.starts_with("sha256:"))
        return refuse({N_("{} can only stand in a publication"), {mention.name}}, kInFolder);
    bool is_picture_wanted = mention.what == Mention::What::Picture;
    std::size_t most_bytes = is_picture_wanted ? kMostPictureBytes : kMostAttachmentBytes;
    fs::path path = (folder / file).parent_path() / mention.name;
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return refuse({N_("the file {} is missing"), {mention.name}}, kInFolder);
    if (!is_below(path, folder)) return refuse({N_("{} leads out of the folder"), {mention.name}}, kInFolder);
    auto size = fs::file_size(path, error);
    if (error) return refuse({N_("the file cannot be read: {}"), {error.message()}}, {});
    if (size > most_bytes)
        return refuse({N_("{} is too large: {} KB"), {mention.name, std::to_string(size >> 10)}},
                      {N_("at most {} KB"), {std::to_string(most_bytes >> 10)}});
    if (!is_picture_wanted) return std::nullopt;
    auto bytes = base::read_file(path, most_bytes);
    if (!bytes) return refuse({N_("the file cannot be read: {}"), {bytes.error().message}}, {});
    if (is_picture(*bytes)) return std::nullopt;
    return refuse({N_("{} is not a picture of a kind that the television shows"), {mention.name}},
                  {N_("a PNG or JPEG file"), {}});
}

std::optional<Board> board_of_categories(Board board) {
    if (board == Board::Live || board == Board::Settings || board == Board::Results) return std::nullopt;
    return board == Board::Appointments ? Board::Services : board;
}

}  // namespace linli::content
