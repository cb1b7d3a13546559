#pragma once

#include <string>
#include <string_view>

namespace linli::tests {

/// A UTF-8 text in another encoding, as the C library names it ("GB18030", "BIG5", "UTF-16BE").
std::string encoded(std::string_view text, const char* encoding);

}  // namespace linli::tests
