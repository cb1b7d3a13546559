#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/importers/import.h"

namespace linli::platform {

/// The id of an item that another system names `source`: that itself where it can be an id, or else
/// one made from its hash. The same source always has the same id, and no two sources have one.
std::string to_item_id(std::string_view source);

/// Takes the items of an importer in, tidies them, and keeps those that can be published.
class Collector {
  public:
    /// `options` must outlive it.
    Collector(const std::filesystem::path& file, const ImportOptions& options);

    /// An entry that became an item. `left_out` are parts of it that could not be part of the item.
    /// Of two with one id the newer one stays, of two of the same age the first.
    void accept(content::Item item, xml::Place place = {.line = 0},
                std::vector<content::Message> left_out = {});
    /// An entry that cannot become an item.
    void drop(std::string entry, xml::Place place, content::Message why,
              content::Message expected = {});
    /// A part of an entry, or of the file, that is in no item.
    void leave_out(std::string entry, xml::Place place, content::Message what);
    /// An entry that is not in the period that is asked for.
    void pass_over() { ++imported_.passed_over; }
    /// Whether the period asked for holds something that begins and ends then; if not it is passed
    /// over.
    bool is_asked_for(std::chrono::sys_seconds begin, std::chrono::sys_seconds end);

    Imported finish();

  private:
    void remark(Remark::Loss loss, std::string entry, xml::Place place, content::Message what,
                content::Message expected);

    std::string file_;
    const ImportOptions& options_;
    Imported imported_;
    std::map<std::string, std::size_t> by_id_;
};

}  // namespace linli::platform
