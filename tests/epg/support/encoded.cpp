#include "tests/epg/support/encoded.h"

#include <iconv.h>

namespace linli::tests {

std::string encoded(std::string_view text, const char* encoding) {
    std::string in(text), out(4 * text.size() + 16, '\0');
    iconv_t handle = ::iconv_open(encoding, "UTF-8");
    char *from = in.data(), *to = out.data();
    std::size_t from_left = in.size(), to_left = out.size();
    bool is_good = ::iconv(handle, &from, &from_left, &to, &to_left) == 0 &&
                   ::iconv(handle, nullptr, nullptr, &to, &to_left) == 0;
    ::iconv_close(handle);
    out.resize(out.size() - to_left);
    return is_good ? out : "not to be encoded: " + in;
}

}  // namespace linli::tests
