#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"
#include "middleware/xml/xml_reader.h"

namespace linli::content {

inline constexpr std::string_view kExchangeNamespace = "urn:linli:exchange:1";

/// A fault of the document. `expected` says what would be right. Both are message ids (English) with
/// their arguments filled in by the catalog of the reader's language, see content/fault.h.
struct Fault;

/// Reads exchange XML that is pushed in, and hands over each item as soon as it is complete.
///
/// On a box a fault of form ends the reading (`Strictness::FirstFault`): what is wrong in one item may be
/// wrong in all. For an editor it goes on and collects every fault (`Strictness::AllFaults`); only XML that
/// is not well-formed ends it.
class ExchangeReader {
  public:
    enum class Strictness { FirstFault, AllFaults };
    /// `xml` is the item's element as it stood in the document; the view holds during the call.
    using OnItem = std::function<void(const Item& item, std::string_view xml, xml::Place place)>;
    using OnFault = std::function<void(const Fault& fault)>;

    ExchangeReader(Strictness strictness, OnItem on_item, OnFault on_fault);
    ~ExchangeReader();

    /// False once the reading has ended with a fault.
    bool push(std::string_view bytes);
    bool finish();
    /// The area that the root element names; nothing before it was read or when it is wrong.
    std::optional<AreaCode> area() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads one item from the XML that `ExchangeReader` handed over (the element alone, as the store keeps it).
base::Result<Item> read_item(std::string_view xml);

}  // namespace linli::content
