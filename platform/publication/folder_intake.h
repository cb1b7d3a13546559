#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "content/file_check.h"
#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"
#include "platform/publication/pinyin.h"

namespace linli::platform {

/// Brings the publisher's state up to an editor's folder: reads the files that are new or changed and checks what they
/// can have changed in how all files hang together. Its cost follows the change; of what did not change only the sizes
/// and times of files are looked at.
class FolderIntake {
  public:
    /// `HasFaults`: the state is to be rolled back. What is wrong says content::check_folder, which finds a fault
    /// in the same folders.
    enum class Outcome { Good, HasFaults };

    /// The state is borrowed, with a transaction begun.
    FolderIntake(std::filesystem::path folder, storage::Database& state)
        : folder_(std::move(folder)), state_(state) {}

    base::Result<Outcome> run();

  private:
    struct KnownFile {
        std::int64_t row = 0;
        std::string stamp;
        std::string area;
    };
    struct KnownObject {
        std::string stamp;
        std::string hash;
        std::uint64_t length = 0;
        std::string media_type;
    };
    /// An item of a file that is read again; it is gone unless it comes in one of them.
    struct OldItem {
        std::int64_t row;
        std::int64_t file;
        content::Kind kind;
        content::Part part;
        std::string place;
        std::string xml;
    };
    struct NewItem {
        std::string area;
        std::string name;
        content::Kind kind;
        content::Part part;
        std::string place;
        std::string xml;
    };
    using Name = std::pair<std::string, std::string>;  // area, item_name
    /// Where an item came or went.
    struct Touch {
        std::string area;
        content::Part part;
        std::string place;
        bool moves_an_end;
    };

    base::Result<void> load();
    base::Result<std::vector<std::filesystem::path>> find_changes();
    base::Result<void> set_aside(std::int64_t file);
    base::Result<void> drop_file(const std::string& name);
    base::Result<bool> read_file(const std::filesystem::path& path);
    base::Result<bool> take_object(const std::string& file, const content::Mention& mention);
    NewItem render(content::Item item, const content::AreaCode& area, const std::string& file);
    base::Result<bool> put_item(std::int64_t file, NewItem item);
    base::Result<void> put_mentions(std::int64_t file, const content::CheckedFile& checked);
    base::Result<void> drop_items();
    base::Result<void> note_removal(const Name& name, content::Kind kind, const std::string& place);
    base::Result<void> mark_frames();
    bool hangs_together();
    std::int64_t next_generation(const std::string& area, content::Part part);

    std::filesystem::path folder_;
    storage::Database& state_;
    Pinyin pinyin_;
    std::map<std::string, KnownFile> files_;
    std::map<std::string, KnownObject> objects_;
    std::map<Name, OldItem> old_items_;
    std::vector<Touch> touches_;
    std::vector<std::pair<content::AreaCode, content::Mention>> mentions_;
    std::set<std::string> portals_;
    std::optional<storage::Statement> insert_;
    std::map<Name, content::Kind> gone_;
    std::map<std::pair<std::string, content::Part>, std::int64_t> generations_;
};

}  // namespace linli::platform
