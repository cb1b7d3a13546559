#include "middleware/xml/xml_writer.h"

namespace linli::xml {

XmlWriter& XmlWriter::open(std::string_view name) {
    end_start_tag();
    out_ += '<';
    out_ += name;
    open_.emplace_back(name);
    in_start_tag_ = true;
    return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    escape(value, true);
    out_ += '"';
    return *this;
}

XmlWriter& XmlWriter::text(std::string_view text) {
    end_start_tag();
    escape(text, false);
    return *this;
}

XmlWriter& XmlWriter::close() {
    if (in_start_tag_) {
        out_ += "/>";
        in_start_tag_ = false;
    } else {
        out_ += "</";
        out_ += open_.back();
        out_ += '>';
    }
    open_.pop_back();
    return *this;
}

XmlWriter& XmlWriter::element(std::string_view name, std::string_view content) {
    return open(name).text(content).close();
}

XmlWriter& XmlWriter::raw(std::string_view xml) {
    end_start_tag();
    out_ += xml;
    return *this;
}

void XmlWriter::end_start_tag() {
    if (!in_start_tag_) return;
    out_ += '>';
    in_start_tag_ = false;
}

void XmlWriter::escape(std::string_view text, bool in_attribute) {
    for (char c : text) {
        switch (c) {
            case '&': out_ += "&amp;"; break;
            case '<': out_ += "&lt;"; break;
            case '>': out_ += "&gt;"; break;
            case '"': out_ += in_attribute ? "&quot;" : "\""; break;
            case '\n': out_ += in_attribute ? "&#10;" : "\n"; break;
            case '\t': out_ += in_attribute ? "&#9;" : "\t"; break;
            case '\r': out_ += "&#13;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) out_ += c;
        }
    }
}

}  // namespace linli::xml
