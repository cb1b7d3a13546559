#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "middleware/base/result.h"

namespace linli::xml {

/// A place in the document. Lines count from 1, columns (in bytes) from 1, the offset in bytes from 0.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
    std::size_t offset = 0;
};

/// An element or attribute name; `space` is the namespace URI, empty where there is none.
struct Name {
    std::string_view space;
    std::string_view local;
};

struct Attribute {
    Name name;
    std::string_view value;
};

/// Takes the events of a document, in its order. Views hold during the call only.
/// May call `XmlReader::stop` to end the reading with an error of its own.
class XmlHandler {
  public:
    virtual ~XmlHandler() = default;
    virtual void start_element(const Name& name, std::span<const Attribute> attributes) = 0;
    virtual void end_element(const Name& name) = 0;
    /// May come in pieces.
    virtual void text(std::string_view text) = 0;
};

/// What becomes of a document type declaration. With `Passed` one that only names a DTD is passed over (the DTD is never
/// read, and references to its entities are left out); one that declares anything itself is refused.
enum class Doctype { Refused, Passed };

/// Bounds that keep hostile XML from costing more than it sends.
struct XmlLimits {
    int depth = 64;
    std::size_t attributes = 64;
    std::size_t bytes = 256u << 20;
    Doctype doctype = Doctype::Refused;
};

/// Which encoding a document is read as. `AsDeclared` knows what Expat knows: UTF-8, UTF-16, Latin 1, ASCII.
/// With `Utf8` a declaration of another one is passed over, and bytes that are not UTF-8 are a mistake.
enum class Encoding { AsDeclared, Utf8 };

/// Reads XML that is pushed in, in pieces of any size. A document type declaration is refused at its
/// start (unless the limits say otherwise), and with it every entity beyond the five of XML: no expansion, nothing external is ever read.
/// @spec W3C XML 1.0, Namespaces in XML 1.0
class XmlReader {
  public:
    XmlReader(XmlHandler& handler, const XmlLimits& limits = {}, Encoding encoding = Encoding::AsDeclared);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// False after the first mistake, which sticks; ask `error`.
    bool push(std::string_view bytes);
    /// The document has ended.
    bool finish();

    /// Where the event being handled begins; after it, where the mistake is.
    Place place() const;
    /// The offset of `place` alone, without the cost of counting lines.
    std::size_t offset() const;
    /// The byte just after the event being handled (an end tag, say).
    std::size_t event_end() const;
    /// The mistake, without its place. Empty while there is none.
    const std::string& error() const;
    void stop(std::string message);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linli::xml
