#pragma once

#include <functional>
#include <span>

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "content/model.h"

namespace linli::content {

/// Checks of one item what the schema cannot say: that times are in order, that texts fit the
/// screen and can be shown, that telephone numbers are plausible, that the rows of a table are
/// equally long, that initials go with the title. `places` are those of `ExchangeReader::places`.
void check_item(const Item& item, std::span<const ElementPlace> places,
                const std::function<void(Fault)>& on_fault);

/// How wide a text is on the screen, in the unit of content/screen_limits.h.
std::size_t screen_width(std::string_view text);

/// Characters that are in no font of a box, or change what stands around them.
bool is_unshowable(char32_t character);

/// Three digits (110) to the fifteen of ITU-T E.164; a mobile number of mainland China begins with
/// 13 to 19.
bool is_plausible_telephone(std::string_view number);

/// Finds where an item's elements stand: each call gives the next one of that name.
class PlaceFinder {
  public:
    explicit PlaceFinder(std::span<const ElementPlace> places) : places_(places) {}
    /// The item's own place where there are no more.
    xml::Place next(std::string_view name);
    xml::Place own() const;

  private:
    std::span<const ElementPlace> places_;
    /// By name: after which element the search goes on.
    std::vector<std::pair<std::string_view, std::size_t>> found_;
};

}  // namespace linli::content
