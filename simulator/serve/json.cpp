#include "simulator/serve/json.h"

#include "middleware/base/format.h"

namespace linli::simulator {

void JsonWriter::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

/// @spec RFC 8259 §7
void JsonWriter::quote(std::string_view value) {
    out_ += '"';
    for (char c : value) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out_ += base::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out_ += c;
        }
    }
    out_ += '"';
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    out_ += '{';
    needs_comma_ = false;
    return *this;
}
JsonWriter& JsonWriter::end_object() {
    out_ += '}';
    needs_comma_ = true;
    return *this;
}
JsonWriter& JsonWriter::begin_array() {
    separate();
    out_ += '[';
    needs_comma_ = false;
    return *this;
}
JsonWriter& JsonWriter::end_array() {
    out_ += ']';
    needs_comma_ = true;
    return *this;
}
JsonWriter& JsonWriter::name(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    needs_comma_ = false;
    return *this;
}
JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    quote(value);
    return *this;
}
JsonWriter& JsonWriter::number(long long value) {
    separate();
    out_ += std::to_string(value);
    return *this;
}
JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

}  // namespace linli::simulator
