#include "content/checker.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <system_error>
#include <tuple>

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/item_check.h"
#include "content/screen_limits.h"
#include "content/text_encoding.h"
#include "middleware/base/file.h"

namespace linli::content {
namespace {

namespace fs = std::filesystem;

constexpr xml::Place kWholeFile = {0, 0, 0};

/// Something in an item that names another item or a file, with its place.
struct Mention {
    enum class What { Category, Item, Picture, Attachment };
    What what;
    std::string name;
    xml::Place place;
    /// Of a category: its board. Of an item: the kind that it must be.
    Board board = Board::Notices;
    Kind kind = Kind::Notice;
    /// The file and area where it stands.
    std::string file;
    AreaCode area;
};

Board board_of(Kind kind) {
    if (kind == Kind::Listing || kind == Kind::Service) return Board::Services;
    return kind == Kind::Guide ? Board::Guides : Board::Notices;
}

bool is_xml(const fs::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return std::tolower(c); });
    return extension == ".xml";
}

/// Every XML file below the folder, by name. Hidden ones are an editor's program's own.
std::vector<fs::path> find_files(const fs::path& folder) {
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

bool is_below(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    fs::path real_file = fs::weakly_canonical(file, error);
    fs::path real_folder = fs::weakly_canonical(folder, error);
    if (error) return false;
    auto [rest, ignored] =
        std::mismatch(real_folder.begin(), real_folder.end(), real_file.begin(), real_file.end());
    return rest == real_folder.end();
}

bool is_on_chain(const AreaCode& area, const AreaCode& home) {
    auto chain = home.chain();
    return std::ranges::find(chain, area) != chain.end();
}

bool is_picture(std::string_view bytes) {
    constexpr std::string_view kPng = "\x89PNG\r\n\x1A\n";
    constexpr std::string_view kJpeg = "\xFF\xD8\xFF";
    return bytes.starts_with(kPng) || bytes.starts_with(kJpeg);
}

class FolderPass {
  public:
    explicit FolderPass(const fs::path& folder) : folder_(folder) {}

    LoadedFolder run() {
        auto files = find_files(folder_);
        if (files.empty())
            fault(folder_.string(), kWholeFile, {N_("there is no file to read here"), {}},
                  {N_("a folder with files whose names end in .xml"), {}});
        for (const fs::path& file : files)
            read_file(file);
        check_areas();
        for (const Mention& mention : mentions_)
            check_mention(mention);
        CheckReport& report = loaded_.report;
        report.areas = static_cast<int>(loaded_.areas.size());
        std::ranges::stable_sort(report.faults, {}, [](const Fault& fault) {
            return std::tuple(std::string_view(fault.file), fault.place.line, fault.place.column);
        });
        return std::move(loaded_);
    }

  private:
    /// Where something was seen first.
    struct Seen {
        std::string file;
        xml::Place place;
        Kind kind;
        std::string text() const { return file + ":" + std::to_string(place.line); }
    };

    void fault(const std::string& file, xml::Place place, Message what, Message expected) {
        loaded_.report.faults.push_back({file, place, std::move(what), std::move(expected)});
    }

    void read_file(const fs::path& path) {
        std::string file = path.lexically_relative(folder_).generic_string();
        auto bytes = base::read_file(path, kMostDocumentBytes);
        if (!bytes) {
            all_files_were_read_ = false;
            return fault(file, kWholeFile,
                         {N_("the file cannot be read: {}"), {bytes.error().message}}, {});
        }
        if (auto wrong = check_encoding(*bytes)) {
            all_files_were_read_ = false;
            return fault(file, wrong->place, wrong->what, wrong->expected);
        }
        std::size_t faults_before = loaded_.report.faults.size();
        ExchangeReader reader(
            ExchangeReader::Strictness::AllFaults,
            [&](const Item& item, std::string_view, xml::Place place) {
                if (reader_->area()) take_item(item, path, file, place, faults_before);
            },
            [&](const Fault& found) { fault(file, found.place, found.what, found.expected); });
        reader_ = &reader;
        bool was_read = reader.push(*bytes) && reader.finish();
        if (!was_read) all_files_were_read_ = false;
        if (reader.area())
            note_area(*reader.area(), file,
                      place_of(*bytes, std::min(bytes->find("<exchange"), bytes->size())));
    }

    void note_area(const AreaCode& area, const std::string& file, xml::Place place) {
        loaded_.areas[area];
        first_files_.emplace(area, std::pair(file, place));
        auto folder_area = AreaCode::parse(fs::path(file).parent_path().generic_string());
        if (folder_area && *folder_area != area)
            fault(file, place,
                  {N_("the file says area=\"{}\" but lies in the folder of {}"),
                   {area.str(), folder_area->str()}},
                  {N_("the area of its folder"), {}});
    }

    void take_item(const Item& item, const fs::path& path, const std::string& file,
                   xml::Place place, std::size_t faults_before) {
        const AreaCode area = *reader_->area();
        ++loaded_.report.items;
        loaded_.areas[area].push_back({item, path, place});
        // One fault a place is enough: what the schema found there comes first.
        std::set<std::pair<std::size_t, std::size_t>> places_with_faults;
        auto& faults = loaded_.report.faults;
        for (std::size_t i = faults_before; i < faults.size(); ++i)
            places_with_faults.emplace(faults[i].place.line, faults[i].place.column);
        check_item(item, reader_->places(), [&](Fault found) {
            if (places_with_faults.contains({found.place.line, found.place.column})) return;
            fault(file, found.place, std::move(found.what), std::move(found.expected));
        });
        note_id(item, area, file, place);
        note_mentions(item, area, file, place);
    }

    void note_id(const Item& item, const AreaCode& area, const std::string& file,
                 xml::Place place) {
        Seen seen{file, place, item.kind()};
        auto refuse = [&](Message what, Message expected) {
            fault(file, place, std::move(what), std::move(expected));
        };
        if (auto* category = std::get_if<Category>(&item.content)) {
            auto [first, is_new] =
                categories_.emplace(std::tuple(area, category->board, item.id), seen);
            if (!is_new && !item.id.empty())
                refuse({N_("the category {} is already defined at {}"),
                        {item.id, first->second.text()}},
                       {N_("an id of its own"), {}});
            return;
        }
        if (item.kind() == Kind::Portal) {
            auto [first, is_new] = portals_.emplace(area, seen);
            if (!is_new)
                return refuse(
                    {N_("{} has a portal already, at {}"), {area.str(), first->second.text()}},
                    {N_("one <portal> in an area"), {}});
        }
        auto [first, is_new] = items_.emplace(ItemKey{area, item.id}, seen);
        if (is_new || item.id.empty()) return;
        if (item.kind() == Kind::Area)
            refuse({N_("{} has an <area> already, at {}"), {area.str(), first->second.text()}},
                   {N_("one <area> in an area"), {}});
        else
            refuse({N_("the id {} is already used at {}"), {item.id, first->second.text()}},
                   {N_("an id of its own"), {}});
    }

    void note_mentions(const Item& item, const AreaCode& area, const std::string& file,
                       xml::Place place) {
        PlaceFinder places(reader_->places());
        auto mention = [&](Mention::What what, const std::string& name, xml::Place at) -> Mention& {
            return mentions_.emplace_back(Mention{what, name, at, {}, {}, file, area});
        };
        if (!item.category.empty())
            mention(Mention::What::Category, item.category, place).board = board_of(item.kind());
        if (auto* portal = std::get_if<Portal>(&item.content)) {
            for (const Tile& tile : portal->tiles) {
                xml::Place at = places.next("tile");
                if (!tile.category.empty())
                    mention(Mention::What::Category, tile.category, at).board = tile.board;
            }
        }
        if (auto* service = std::get_if<Service>(&item.content); service && !service->guide.empty())
            mention(Mention::What::Item, service->guide, place).kind = Kind::Guide;
        if (auto* guide = std::get_if<Guide>(&item.content); guide && !guide->service.empty())
            mention(Mention::What::Item, guide->service, place).kind = Kind::Service;
        auto* notice = std::get_if<Notice>(&item.content);
        std::size_t attachments = notice ? notice->attachments.size() : 0;
        auto objects = objects_of(item);
        for (std::size_t i = 0; i < objects.size(); ++i) {
            bool is_attachment = i + attachments >= objects.size();
            xml::Place at = places.next(is_attachment ? "attachment" : "picture");
            if (objects[i]->length > 0 || !objects[i]->media_type.empty())
                fault(file, at, {N_("length and media-type can only stand in a publication"), {}},
                      {N_("neither: the publisher looks into the file"), {}});
            if (!objects[i]->src.empty())
                mention(is_attachment ? Mention::What::Attachment : Mention::What::Picture,
                        objects[i]->src, at);
        }
    }

    void check_areas() {
        if (!all_files_were_read_) return;
        std::set<AreaCode> missing;
        for (const auto& [area, first] : first_files_) {
            for (const AreaCode& code : area.chain()) {
                if (items_.contains(ItemKey{code, "area"}) || !missing.insert(code).second)
                    continue;
                const auto& [file, place] = first;
                if (code == area)
                    fault(file, place, {N_("the area {} has no name"), {code.str()}},
                          {N_("an <area> item in one of its files"), {}});
                else
                    fault(file, place,
                          {N_("the area {} above {} is missing"), {code.str(), area.str()}},
                          {N_("a file with area=\"{}\" and an <area> item in it"), {code.str()}});
            }
        }
    }

    void check_mention(const Mention& mention) {
        switch (mention.what) {
            case Mention::What::Category:
                return check_category(mention);
            case Mention::What::Item:
                return check_reference(mention);
            case Mention::What::Picture:
                return check_object(mention, kMostPictureBytes);
            case Mention::What::Attachment:
                return check_object(mention, kMostAttachmentBytes);
        }
    }

    void check_category(const Mention& mention) {
        if (mention.board == Board::Live || mention.board == Board::Settings)
            return fault(
                mention.file, mention.place,
                {N_("the board {} has no categories"), {std::string(to_name(mention.board))}},
                {N_("no category=\"...\" here"), {}});
        if (!all_files_were_read_) return;
        Board board = mention.board == Board::Appointments ? Board::Services : mention.board;
        for (const AreaCode& area : mention.area.chain())
            if (categories_.contains({area, board, mention.name})) return;
        fault(mention.file, mention.place,
              {N_("the board {} has no category {}"), {std::string(to_name(board)), mention.name}},
              {N_("a <category> with this id in {} or an area above it"), {mention.area.str()}});
    }

    void check_reference(const Mention& mention) {
        if (!all_files_were_read_) return;
        auto key = ItemKey::parse(mention.name, mention.area);
        if (key && is_on_chain(key->area, mention.area)) {
            auto found = items_.find(*key);
            if (found != items_.end() && found->second.kind == mention.kind) return;
        }
        fault(mention.file, mention.place,
              {N_("there is no <{}> {}"), {std::string(to_name(mention.kind)), mention.name}},
              {N_("the id of one of {}, or AREA#ID of one in an area above it"),
               {mention.area.str()}});
    }

    void check_object(const Mention& mention, std::size_t most_bytes) {
        const Message kInFolder = {N_("a file in the folder of this file, or below it"), {}};
        auto refuse = [&](Message what, Message expected) {
            fault(mention.file, mention.place, std::move(what), std::move(expected));
        };
        if (mention.name.starts_with("sha256:"))
            return refuse({N_("{} can only stand in a publication"), {mention.name}}, kInFolder);
        fs::path path = (folder_ / mention.file).parent_path() / mention.name;
        std::error_code error;
        if (!fs::is_regular_file(path, error))
            return refuse({N_("the file {} is missing"), {mention.name}}, kInFolder);
        if (!is_below(path, folder_))
            return refuse({N_("{} leads out of the folder"), {mention.name}}, kInFolder);
        auto size = fs::file_size(path, error);
        if (error) return refuse({N_("the file cannot be read: {}"), {error.message()}}, {});
        if (size > most_bytes)
            return refuse(
                {N_("{} is too large: {} KB"), {mention.name, std::to_string(size >> 10)}},
                {N_("at most {} KB"), {std::to_string(most_bytes >> 10)}});
        if (mention.what != Mention::What::Picture) return;
        auto bytes = base::read_file(path, most_bytes);
        if (!bytes) return refuse({N_("the file cannot be read: {}"), {bytes.error().message}}, {});
        if (!is_picture(*bytes))
            refuse({N_("{} is not a picture of a kind that the television shows"), {mention.name}},
                   {N_("a PNG or JPEG file"), {}});
    }

    fs::path folder_;
    LoadedFolder loaded_;
    const ExchangeReader* reader_ = nullptr;
    bool all_files_were_read_ = true;
    std::map<AreaCode, std::pair<std::string, xml::Place>> first_files_;
    std::map<ItemKey, Seen> items_;
    std::map<AreaCode, Seen> portals_;
    std::map<std::tuple<AreaCode, Board, std::string>, Seen> categories_;
    std::vector<Mention> mentions_;
};

}  // namespace

LoadedFolder load_folder(const fs::path& folder) {
    return FolderPass(folder).run();
}

CheckReport check_folder(const fs::path& folder) {
    return load_folder(folder).report;
}

}  // namespace linli::content
