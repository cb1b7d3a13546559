#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/storage/database.h"
#include "platform/publication/head.h"
#include "platform/publication/tree_writer.h"

namespace linli::platform {

/// The content of one part of an area, and the deltas that lead to it, made from the publisher's state and written
/// into the tree. Of content that was published before, frames in which nothing changed are taken over as they are packed.
class AreaContent {
  public:
    /// All but the area are borrowed; the state with a transaction begun.
    AreaContent(storage::Database& state, const std::filesystem::path& tree, const TreeWriter& writer,
                content::AreaCode area, Part part);

    /// Whether the state knows anything of the part.
    bool exists() const;
    /// The present content where nothing changed since it was published and its file is there.
    std::optional<Head::Content> unchanged() const;
    /// The present content, packed and written where it is new.
    base::Result<Head::Content> put();
    /// One delta for each of the last `most` contents before the present one, the newest first, packed and written. Those
    /// that are longer than half of the content are left out.
    base::Result<std::vector<Head::Delta>> put_deltas(const Head::Content& present, int most);

  private:
    struct Frame {
        std::string place;
        std::string_view packed;
        std::uint64_t unpacked = 0;
        std::uint64_t items = 0;
    };
    struct Remembered {
        std::int64_t generation = 0;
        Head::Content content;
        std::string stamp;
    };

    storage::Statement bound(std::string_view sql) const;
    std::optional<Remembered> present() const;
    base::Result<std::map<std::string, Frame>> load_frames();
    base::Result<std::vector<std::string>> frame_ends() const;
    base::Result<Frame> pack_frame(const std::string& after, const std::string& place);
    base::Result<Head::Content> write(const std::vector<Frame>& frames);
    base::Result<void> remember(const std::vector<Frame>& frames, const Head::Content& content);
    base::Result<std::string> delta_document(std::int64_t generation) const;

    storage::Database& state_;
    const std::filesystem::path& tree_;
    const TreeWriter& writer_;
    content::AreaCode area_;
    Part part_;
    /// What the frames are views of.
    std::string old_file_;
    std::deque<std::string> packed_;
};

}  // namespace linli::platform
