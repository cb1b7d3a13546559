#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/fault.h"
#include "content/model.h"
#include "middleware/xml/xml_reader.h"

namespace linli::content {

/// Something in an item that names another item or a file, with its place.
struct Mention {
    enum class What { Category, Item, Picture, Attachment, Media };
    What what;
    std::string name;
    xml::Place place;
    /// Of a category: its board. Of an item: the kind that it must be.
    Board board = Board::Notices;
    Kind kind = Kind::Notice;

    bool is_object() const { return what != What::Category && what != What::Item; }
};

struct PlacedItem {
    Item item;
    xml::Place place;
};

/// What one file of an editor's folder holds, and what is wrong in it whatever the others hold.
struct CheckedFile {
    /// Its path below the folder.
    std::string file;
    /// Nothing where the file does not say it rightly.
    std::optional<AreaCode> area;
    xml::Place area_place;
    /// To its end. Where it was not, there may be more items than these.
    bool was_read = false;
    std::vector<PlacedItem> items;
    std::vector<Mention> mentions;
    std::vector<Fault> faults;
};

CheckedFile check_file(const std::string& file, std::string_view bytes);

/// Every XML file below the folder, by name. Hidden ones are an editor's program's own.
std::vector<std::filesystem::path> find_exchange_files(const std::filesystem::path& folder);

/// The areas that the files of a folder say they belong to, whatever else is in them.
std::vector<AreaCode> find_areas(const std::filesystem::path& folder);

/// Looks at the picture or attachment that a file names.
std::optional<Fault> check_object(const std::filesystem::path& folder, const std::string& file, const Mention& mention);

/// The boards that a tile may show a category of; `Appointments` shows those of the services.
std::optional<Board> board_of_categories(Board board);

}  // namespace linli::content
