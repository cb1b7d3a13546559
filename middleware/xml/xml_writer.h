#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linli::xml {

/// Writes well-formed UTF-8 XML into a string. Characters that XML cannot hold are left out.
/// Call order: `open`, then its `attribute`s, then text or children, then `close`.
class XmlWriter {
  public:
    XmlWriter& open(std::string_view name);
    XmlWriter& attribute(std::string_view name, std::string_view value);
    XmlWriter& text(std::string_view text);
    XmlWriter& close();
    /// <name>text</name>
    XmlWriter& element(std::string_view name, std::string_view text);
    /// Bytes that are already XML.
    XmlWriter& raw(std::string_view xml);

    const std::string& str() const { return out_; }

  private:
    void end_start_tag();
    void escape(std::string_view text, bool in_attribute);

    std::string out_;
    std::vector<std::string> open_;
    bool in_start_tag_ = false;
};

}  // namespace linli::xml
