#include "platform/publication/folder_intake.h"

#include <algorithm>
#include <array>

#include "content/checker.h"
#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/publication/canonical_item.h"
#include "platform/publication/file_stamp.h"
#include "platform/publication/head.h"
#include "platform/publication/state_check.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using content::Board;
using content::CheckedFile;
using content::Item;
using content::Kind;
using content::Mention;
using content::Part;
using storage::Statement;

namespace {

std::int64_t number(auto value) { return static_cast<std::int64_t>(value); }

std::string media_type_of(const std::filesystem::path& file) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes{{
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".pdf", "application/pdf"},
        {".txt", "text/plain"},
        {".mp4", "video/mp4"},
        {".webm", "video/webm"},
        {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},
        {".srt", "application/x-subrip"},
        {".vtt", "text/vtt"},
    }};
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
    auto found = std::ranges::find(kTypes, std::string_view(extension), &decltype(kTypes)::value_type::first);
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

/// The path below the folder of what a file names.
std::string object_name(const std::string& file, const std::string& src) {
    return (std::filesystem::path(file).parent_path() / src).lexically_normal().generic_string();
}

}  // namespace

Result<FolderIntake::Outcome> FolderIntake::run() {
    LINLI_CHECK(load());
    LINLI_TRY(changes, find_changes());
    if (files_.empty() && changes.empty()) return Outcome::HasFaults;
    for (const std::filesystem::path& path : changes) {
        LINLI_TRY(is_good, read_file(path));
        if (!is_good) return Outcome::HasFaults;
    }
    LINLI_CHECK(drop_items());
    LINLI_CHECK(mark_frames());
    if (!hangs_together()) return Outcome::HasFaults;
    LINLI_CHECK(state_.run("DELETE FROM objects WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE target = path AND what = 2)"));
    return Outcome::Good;
}

Result<void> FolderIntake::load() {
    Statement files = state_.prepare("SELECT path, id, stamp, area FROM files");
    while (files.step())
        files_[std::string(files.text(0))] = {files.integer(1), std::string(files.text(2)), std::string(files.text(3))};
    LINLI_CHECK(files.finish());
    Statement objects = state_.prepare("SELECT path, stamp, hash, length, media_type FROM objects");
    while (objects.step())
        objects_[std::string(objects.text(0))] = {std::string(objects.text(1)), std::string(objects.text(2)),
                                                  static_cast<std::uint64_t>(objects.integer(3)),
                                                  std::string(objects.text(4))};
    return objects.finish();
}

/// The files to be read; what they and those that are gone held is set aside.
Result<std::vector<std::filesystem::path>> FolderIntake::find_changes() {
    std::set<std::int64_t> with_changed_objects;
    Statement mentioning = state_.prepare("SELECT file FROM mentions WHERE target = ? AND what = 2");
    for (const auto& [name, object] : objects_) {
        if (std::string stamp = settled_stamp(folder_ / name); !stamp.empty() && stamp == object.stamp) continue;
        mentioning.bind(name);
        while (mentioning.step()) with_changed_objects.insert(mentioning.integer(0));
        LINLI_CHECK(mentioning.finish_and_reset());
    }
    std::vector<std::filesystem::path> changes;
    std::set<std::string> present;
    for (std::filesystem::path& path : content::find_exchange_files(folder_)) {
        std::string name = path.lexically_relative(folder_).generic_string();
        auto known = files_.find(name);
        present.insert(std::move(name));
        bool is_known = known != files_.end() && !known->second.stamp.empty() && known->second.stamp == settled_stamp(path) &&
                        !with_changed_objects.contains(known->second.row);
        if (!is_known) changes.push_back(std::move(path));
        if (!is_known && known != files_.end()) LINLI_CHECK(set_aside(known->second.row));
    }
    std::vector<std::string> gone;
    for (const auto& [name, known] : files_) {
        if (!present.contains(name)) gone.push_back(name);
    }
    for (const std::string& name : gone) LINLI_CHECK(drop_file(name));
    return changes;
}

Result<void> FolderIntake::set_aside(std::int64_t file) {
    Statement items = state_.prepare("SELECT area, name, id, kind, part, place, xml FROM items WHERE file = ?");
    items.bind(file);
    while (items.step()) {
        old_items_.insert_or_assign(
            Name(items.text(0), items.text(1)),
            OldItem{items.integer(2), file, static_cast<Kind>(items.integer(3)), static_cast<Part>(items.integer(4)),
                    std::string(items.text(5)), std::string(items.text(6))});
    }
    LINLI_CHECK(items.finish());
    return state_.prepare("DELETE FROM mentions WHERE file = ?").bind(file).finish();
}

Result<void> FolderIntake::drop_file(const std::string& name) {
    std::int64_t row = files_.at(name).row;
    files_.erase(name);
    LINLI_CHECK(set_aside(row));
    return state_.prepare("DELETE FROM files WHERE id = ?").bind(row).finish();
}

Result<bool> FolderIntake::read_file(const std::filesystem::path& path) {
    std::string name = path.lexically_relative(folder_).generic_string();
    std::string stamp = settled_stamp(path);
    auto bytes = base::read_file(path, content::kMostDocumentBytes);
    if (!bytes) return false;
    CheckedFile file = content::check_file(name, *bytes);
    if (!file.faults.empty() || !file.area) return false;
    for (const Mention& mention : file.mentions) {
        if (!mention.is_object()) continue;
        LINLI_TRY(is_good, take_object(name, mention));
        if (!is_good) return false;
    }
    Statement put = state_.prepare("INSERT INTO files(path, stamp, area, items) VALUES(?, ?, ?, ?) ON CONFLICT(path) DO "
                                   "UPDATE SET stamp = excluded.stamp, area = excluded.area, items = excluded.items "
                                   "RETURNING id");
    put.bind(name).bind_blob(stamp).bind(file.area->str()).bind(number(file.items.size()));
    std::int64_t row = put.step() ? put.integer(0) : 0;
    LINLI_CHECK(put.finish());
    files_[name] = {row, stamp, file.area->str()};
    for (content::PlacedItem& one : file.items) {
        LINLI_TRY(is_new, put_item(row, render(std::move(one.item), *file.area, name)));
        if (!is_new) return false;
    }
    LINLI_CHECK(put_mentions(row, file));
    return true;
}

Result<bool> FolderIntake::take_object(const std::string& file, const Mention& mention) {
    std::string name = object_name(file, mention.name);
    std::string stamp = settled_stamp(folder_ / name);
    if (content::check_object(folder_, file, mention)) return false;
    KnownObject& known = objects_[name];
    if (!stamp.empty() && stamp == known.stamp) return true;
    auto bytes = base::read_file(folder_ / name, kMostObjectBytes);
    if (!bytes) return false;
    known = {stamp, base::Sha256::of(*bytes), bytes->size(), media_type_of(name)};
    Statement put = state_.prepare("INSERT OR REPLACE INTO objects VALUES(?, ?, ?, ?, ?)");
    put.bind(name).bind_blob(known.stamp).bind(known.hash).bind(number(known.length)).bind(known.media_type);
    LINLI_CHECK(put.finish());
    return true;
}

/// The item as it is published.
FolderIntake::NewItem FolderIntake::render(Item item, const AreaCode& area, const std::string& file) {
    for (content::Object* object : content::objects_of(item)) {
        const KnownObject& known = objects_[object_name(file, object->src)];
        object->src = "sha256:" + known.hash;
        object->length = known.length;
        object->media_type = known.media_type;
    }
    bool is_found_by_title = !item.category.empty();
    if (is_found_by_title && item.initials.empty()) item.initials = pinyin_.initials(item.title());
    return {area.str(), item_name(item), item.kind(), part_of(item), canonical_place(item), content::write_item(item)};
}

/// False when there is another one of that name.
Result<bool> FolderIntake::put_item(std::int64_t file, NewItem item) {
    auto old = old_items_.find({item.area, item.name});
    std::int64_t row = 0;
    std::optional<OldItem> before;
    if (old != old_items_.end()) {
        before = std::move(old->second);
        row = before->row;
        old_items_.erase(old);
        bool is_same = before->part == item.part && before->place == item.place && before->xml == item.xml;
        if (is_same && before->file == file) return true;
        if (is_same) {
            LINLI_CHECK(state_.prepare("UPDATE items SET file = ? WHERE id = ?").bind(file).bind(row).finish());
            return true;
        }
        LINLI_CHECK(state_.prepare("DELETE FROM items WHERE id = ?").bind(row).finish());
    }
    bool is_end = ends_frame(item.name);
    if (!insert_)
        insert_.emplace(state_.prepare("INSERT OR IGNORE INTO items(file, area, part, place, name, kind, ends_frame, "
                                       "changed, xml) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"));
    Statement& put = *insert_;
    put.bind(file).bind(item.area).bind(number(item.part)).bind_blob(item.place).bind(item.name).bind(number(item.kind));
    put.bind(is_end).bind(next_generation(item.area, item.part)).bind(item.xml);
    bool is_new = put.step();
    LINLI_CHECK(put.finish_and_reset());
    if (!is_new) return false;

    if (item.kind == Kind::Portal) portals_.insert(item.area);
    Name name(item.area, item.name);
    bool stays = before && before->part == item.part && before->place == item.place;
    touches_.push_back({item.area, item.part, item.place, is_end && !stays});
    if (before && !stays) touches_.push_back({item.area, before->part, before->place, is_end});
    bool leaves_content = before && before->part == Part::Content && item.part != Part::Content;
    if (before && (leaves_content || before->kind != item.kind))
        LINLI_CHECK(note_removal(name, before->kind, before->place));
    if (before && before->kind != item.kind) gone_.emplace(name, before->kind);
    if (item.part == Part::Content && next_generation(item.area, item.part) > 0)
        LINLI_CHECK(state_.prepare("DELETE FROM removals WHERE area = ? AND part = 0 AND kind = ? AND name = ?")
                        .bind(item.area).bind(number(item.kind)).bind(item.name).finish());
    return true;
}

Result<void> FolderIntake::put_mentions(std::int64_t file, const CheckedFile& checked) {
    Statement put = state_.prepare("INSERT OR IGNORE INTO mentions VALUES(?, ?, ?, ?)");
    std::set<std::tuple<Named, int, std::string>> seen;
    for (const Mention& mention : checked.mentions) {
        Named what = mention.is_object() ? Named::Object
                     : mention.what == Mention::What::Item ? Named::Item : Named::Category;
        int of = what == Named::Item ? static_cast<int>(mention.kind) : 0;
        std::string target = mention.name;
        if (what == Named::Category) of = static_cast<int>(content::board_of_categories(mention.board).value_or(mention.board));
        if (what == Named::Item) target = content::ItemKey::parse(mention.name, *checked.area)->str();
        if (what == Named::Object) target = object_name(checked.file, mention.name);
        if (!seen.emplace(what, of, target).second) continue;
        put.bind(file).bind(number(what)).bind(of).bind(target);
        LINLI_CHECK(put.finish_and_reset());
        if (what != Named::Object) mentions_.emplace_back(*checked.area, mention);
    }
    return {};
}

/// What was set aside and did not come again.
Result<void> FolderIntake::drop_items() {
    Statement drop = state_.prepare("DELETE FROM items WHERE id = ?");
    for (const auto& [name, old] : old_items_) {
        drop.bind(old.row);
        LINLI_CHECK(drop.finish_and_reset());
        touches_.push_back({name.first, old.part, old.place, ends_frame(name.second)});
        if (old.part == Part::Content) LINLI_CHECK(note_removal(name, old.kind, old.place));
        gone_.emplace(name, old.kind);
    }
    return {};
}

Result<void> FolderIntake::note_removal(const Name& name, Kind kind, const std::string& place) {
    std::int64_t generation = next_generation(name.first, Part::Content);
    if (generation == 0) return {};
    Statement put = state_.prepare("INSERT OR REPLACE INTO removals VALUES(?, 0, ?, ?, ?, ?)");
    return put.bind(name.first).bind_blob(place).bind(number(kind)).bind(name.second).bind(generation).finish();
}

/// Frames in which something came or went have to be packed again.
Result<void> FolderIntake::mark_frames() {
    Statement next_end = state_.prepare("SELECT min(place) FROM items INDEXED BY items_at_ends WHERE area = ? AND "
                                        "part = ? AND ends_frame AND place >= ?");
    Statement drop = state_.prepare("DELETE FROM frames WHERE area = ? AND part = ? AND place = ?");
    auto mark = [&](const Touch& touch, const std::string& from) -> Result<void> {
        next_end.bind(touch.area).bind(number(touch.part)).bind_blob(from);
        std::string end = next_end.step() && !next_end.is_null(0) ? std::string(next_end.text(0)) : kLastPlace;
        LINLI_CHECK(next_end.finish_and_reset());
        drop.bind(touch.area).bind(number(touch.part)).bind_blob(end);
        return drop.finish_and_reset();
    };
    for (const Touch& touch : touches_) {
        if (next_generation(touch.area, touch.part) == 0) continue;
        LINLI_CHECK(mark(touch, touch.place));
        if (!touch.moves_an_end) continue;
        drop.bind(touch.area).bind(number(touch.part)).bind_blob(touch.place);
        LINLI_CHECK(drop.finish_and_reset());
        LINLI_CHECK(mark(touch, touch.place + '\0'));
    }
    return {};
}

std::int64_t FolderIntake::next_generation(const std::string& area, Part part) {
    auto [known, is_new] = generations_.try_emplace({area, part}, 0);
    if (!is_new) return known->second;
    Statement last = state_.prepare("SELECT max(generation) FROM contents WHERE area = ? AND part = ?");
    last.bind(area).bind(number(part));
    if (last.step() && !last.is_null(0)) known->second = last.integer(0) + 1;
    return known->second;
}

bool FolderIntake::hangs_together() {
    StateCheck check(state_);
    std::set<AreaCode> areas;
    for (const auto& [name, file] : files_) {
        if (auto area = AreaCode::parse(file.area)) areas.insert(*area);
    }
    return check.are_named(areas) &&
           std::ranges::all_of(portals_, [&](const std::string& area) { return check.has_one_portal(area); }) &&
           std::ranges::all_of(mentions_, [&](const auto& one) { return check.is_there(one.first, one.second); }) &&
           std::ranges::none_of(gone_, [&](const auto& one) {
               return check.is_missed(one.first.first, one.first.second, one.second);
           });
}

}  // namespace linli::platform
