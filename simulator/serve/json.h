#pragma once

#include <string>
#include <string_view>

namespace linli::simulator {

/// Writes JSON, one value after the other; commas come by themselves. What is opened must be closed.
class JsonWriter {
  public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& name(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& number(long long value);
    JsonWriter& boolean(bool value);

    JsonWriter& text(std::string_view name_, std::string_view value) { return name(name_).text(value); }
    JsonWriter& number(std::string_view name_, long long value) { return name(name_).number(value); }
    JsonWriter& boolean(std::string_view name_, bool value) { return name(name_).boolean(value); }

    std::string finish() && { return std::move(out_); }

  private:
    void separate();
    void quote(std::string_view value);

    std::string out_;
    bool needs_comma_ = false;
};

}  // namespace linli::simulator
