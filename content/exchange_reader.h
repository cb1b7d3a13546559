#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/xml/xml_reader.h"

namespace linli::content {

inline constexpr std::string_view kExchangeNamespace = "urn:linli:exchange:1";

/// A document may be this long, and each item of it; what is longer is refused.
inline constexpr std::size_t kMostDocumentBytes = 256u << 20;
inline constexpr std::size_t kMostItemBytes = 1u << 20;

/// A fault of the document. `expected` says what would be right. Both are message ids (English) with
/// their arguments filled in by the catalog of the reader's language, see content/fault.h.
struct Fault;

/// Where an element of an item begins.
struct ElementPlace {
    std::string_view name;
    xml::Place place;
};

/// Reads exchange XML that is pushed in, and hands over each item as soon as it is complete.
///
/// On a box a fault of form ends the reading (`Strictness::FirstFault`): what is wrong in one item may be
/// wrong in all. For an editor it goes on and collects every fault (`Strictness::AllFaults`); only XML that
/// is not well-formed ends it, or a thousand faults.
///
/// What a newer minor version of the interface added is passed over on a box and a fault for an editor:
/// elements (with all that is in them) and attributes that are not known here. Of a value that is not known,
/// an icon becomes `information` and an urgency `normal`; a tile or category of an unknown board is left out.
///
/// Text is tidied: no white space at its ends, and a line break within it is a space, or nothing between two
/// Chinese characters.
class ExchangeReader {
  public:
    enum class Strictness { FirstFault, AllFaults };
    /// `xml` is the item's element as it stood in the document, or as `write_item` writes it where the
    /// document uses namespace prefixes; the view holds during the call. With `AllFaults` an item with faults
    /// is handed over too, as far as it could be read: ask for faults before using it.
    using OnItem = std::function<void(const Item& item, std::string_view xml, xml::Place place)>;
    using OnFault = std::function<void(const Fault& fault)>;
    /// A delta's first elements. Without this function the document is no delta, and a removal is a fault.
    using OnRemoval = std::function<void(const Removal& removal)>;

    ExchangeReader(Strictness strictness, OnItem on_item, OnFault on_fault, OnRemoval on_removal = {});
    ~ExchangeReader();

    /// False once the reading has ended with a fault.
    bool push(std::string_view bytes);
    bool finish();
    /// The area that the root element names; nothing before it was read or when it is wrong.
    std::optional<AreaCode> area() const;
    /// How many items were left out because this version does not know their kind.
    std::uint64_t items_passed_over() const;
    /// During `OnItem`: every element of the item, itself first, in document order. Only with `AllFaults`.
    std::span<const ElementPlace> places() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads one item from the XML that `ExchangeReader` handed over (the element alone, as the store keeps it),
/// as a box does.
base::Result<Item> read_item(std::string_view xml);

}  // namespace linli::content
