#include "content/checker.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/file_check.h"
#include "middleware/base/file.h"

namespace linli::content {
namespace {

namespace fs = std::filesystem;

constexpr xml::Place kWholeFile = {0, 0, 0};

bool is_on_chain(const AreaCode& area, const AreaCode& home) {
    auto chain = home.chain();
    return std::ranges::find(chain, area) != chain.end();
}

/// How the files hang together.
class FolderPass {
  public:
    explicit FolderPass(const fs::path& folder) : folder_(folder) {}

    LoadedFolder run() {
        auto files = find_exchange_files(folder_);
        if (files.empty())
            fault(folder_.string(), kWholeFile, {N_("there is no file to read here"), {}},
                  {N_("a folder with files whose names end in .xml"), {}});
        for (const fs::path& file : files) read_file(file);
        check_areas();
        for (const MentionInFile& mention : mentions_) check_mention(mention);
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
    struct MentionInFile {
        Mention mention;
        std::string file;
        AreaCode area;
    };

    void fault(const std::string& file, xml::Place place, Message what, Message expected) {
        loaded_.report.faults.push_back({file, place, std::move(what), std::move(expected)});
    }
    void fault(const MentionInFile& in, Message what, Message expected) {
        fault(in.file, in.mention.place, std::move(what), std::move(expected));
    }

    void read_file(const fs::path& path) {
        std::string file = path.lexically_relative(folder_).generic_string();
        auto bytes = base::read_file(path, kMostDocumentBytes);
        if (!bytes) {
            all_files_were_read_ = false;
            return fault(file, kWholeFile, {N_("the file cannot be read: {}"), {bytes.error().message}}, {});
        }
        CheckedFile checked = check_file(file, *bytes);
        if (!checked.was_read) all_files_were_read_ = false;
        std::ranges::move(checked.faults, std::back_inserter(loaded_.report.faults));
        if (!checked.area) return;
        const AreaCode& area = *checked.area;
        first_files_.emplace(area, std::pair(file, checked.area_place));
        auto& items = loaded_.areas[area];
        for (PlacedItem& one : checked.items) {
            ++loaded_.report.items;
            note_id(one.item, area, file, one.place);
            items.push_back({std::move(one.item), path, one.place});
        }
        for (Mention& mention : checked.mentions) mentions_.push_back({std::move(mention), file, area});
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

    void check_mention(const MentionInFile& in) {
        switch (in.mention.what) {
            case Mention::What::Category:
                return check_category(in);
            case Mention::What::Item:
                return check_reference(in);
            default:
                if (auto wrong = check_object(folder_, in.file, in.mention))
                    loaded_.report.faults.push_back(std::move(*wrong));
        }
    }

    void check_category(const MentionInFile& in) {
        auto board = board_of_categories(in.mention.board);
        if (!board)
            return fault(in, {N_("the board {} has no categories"), {std::string(to_name(in.mention.board))}},
                         {N_("no category=\"...\" here"), {}});
        if (!all_files_were_read_) return;
        for (const AreaCode& area : in.area.chain())
            if (categories_.contains({area, *board, in.mention.name})) return;
        fault(in, {N_("the board {} has no category {}"), {std::string(to_name(*board)), in.mention.name}},
              {N_("a <category> with this id in {} or an area above it"), {in.area.str()}});
    }

    void check_reference(const MentionInFile& in) {
        if (!all_files_were_read_) return;
        auto key = ItemKey::parse(in.mention.name, in.area);
        if (key && is_on_chain(key->area, in.area)) {
            auto found = items_.find(*key);
            if (found != items_.end() && found->second.kind == in.mention.kind) return;
        }
        fault(in, {N_("there is no <{}> {}"), {std::string(to_name(in.mention.kind)), in.mention.name}},
              {N_("the id of one of {}, or AREA#ID of one in an area above it"), {in.area.str()}});
    }

    fs::path folder_;
    LoadedFolder loaded_;
    bool all_files_were_read_ = true;
    std::map<AreaCode, std::pair<std::string, xml::Place>> first_files_;
    std::map<ItemKey, Seen> items_;
    std::map<AreaCode, Seen> portals_;
    std::map<std::tuple<AreaCode, Board, std::string>, Seen> categories_;
    std::vector<MentionInFile> mentions_;
};

}  // namespace

LoadedFolder load_folder(const fs::path& folder) {
    return FolderPass(folder).run();
}

CheckReport check_folder(const fs::path& folder) {
    return load_folder(folder).report;
}

}  // namespace linli::content
