#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "middleware/base/result.h"

namespace linli::content {

/// The names of an update's items, kept until they are put in order: then the store writes them one beside the other.
/// Memory: the names and 12 bytes for each.
class NameList {
  public:
    /// `item` counts from any number on.
    void add(std::string_view name, std::uint32_t item);
    /// Hands over all, in the order of their bytes. A name that comes twice is a fault.
    base::Result<void> take(const std::function<base::Result<void>(std::string_view name, std::uint32_t item)>& on_name);

  private:
    struct Entry {
        std::uint32_t begin;
        std::uint32_t length;
        std::uint32_t item;
    };
    std::string_view name_of(const Entry& entry) const { return std::string_view(bytes_).substr(entry.begin, entry.length); }

    std::string bytes_;
    std::vector<Entry> entries_;
};

}  // namespace linli::content
