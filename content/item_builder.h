#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "content/exchange_schema.h"
#include "content/model.h"

namespace linli::content {

/// The attributes of one element that are known and good, by the position of their rule.
class AttributeValues {
  public:
    explicit AttributeValues(const ElementRule& rule) : rule_(rule) {}

    void set(std::size_t rule_position, std::string_view value) { values_[rule_position] = value; }
    /// Empty where it was not given or was wrong.
    std::string_view operator[](std::string_view name) const;

  private:
    const ElementRule& rule_;
    std::array<std::string_view, kMostAttributes> values_;
};

/// Makes an Item out of the elements that the reader has checked. Call order: `start` and `end` as
/// they stand in the document, beginning with the item's own element. What was wrong and left out
/// stays at its default.
class ItemBuilder {
  public:
    static Removal removal(const AttributeValues& attributes);
    void start(Element element, const AttributeValues& attributes);
    /// `text` is taken as it is shown (see `tidy_white_space`).
    void end(Element element, std::string& text);

    const Item& item() const { return item_; }

  private:
    /// Where the parts go that several kinds have. Null where the kind has none.
    struct Parts {
        std::string* title = nullptr;
        std::string* summary = nullptr;
        std::string* issuer = nullptr;
        std::string* provider = nullptr;
        std::string* address = nullptr;
        std::string* price = nullptr;
        std::string* eligibility = nullptr;
        std::string* duration = nullptr;
        std::vector<Telephone>* telephones = nullptr;
        Hours* hours = nullptr;
        Body* body = nullptr;
    };
    template <typename Content>
    static Parts parts_of(Content& content);
    template <typename Content>
    Content& begin(const AttributeValues& attributes);
    void start_item(Element element, const AttributeValues& attributes);
    void begin_place(Place& place);
    void end_place();

    Item item_;
    Parts parts_;
    /// The item's own, while those of a place in it are in use.
    Parts parts_outside_place_;
};

}  // namespace linli::content
