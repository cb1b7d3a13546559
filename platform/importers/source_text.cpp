// What senders really write, each line with its test in
// tests/platform/importers/source_text_test.cpp:
//   a table saved as "CSV" by a Chinese office program is GBK, saved as "Unicode text" UTF-16
//   gb2312 is declared and characters of GB18030 are used: GbNamesMeanGb18030

#include "platform/importers/source_text.h"

#include <iconv.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "middleware/base/file.h"
#include "middleware/text/utf8.h"

namespace linli::platform {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_utf8(std::string_view bytes) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    while (!bytes.empty()) {
        bool is_replacement = bytes.starts_with(kReplacement);
        if (text::take_character(bytes) == 0xFFFD && !is_replacement) return false;
    }
    return true;
}

struct IconvDeleter {
    void operator()(void* converter) const { ::iconv_close(converter); }
};

base::Result<std::string> convert(std::string& bytes, const std::string& encoding) {
    iconv_t opened = ::iconv_open("UTF-8", encoding.c_str());
    if (opened == reinterpret_cast<iconv_t>(-1))
        return base::fail("the encoding \"" + encoding + "\" is not known");
    std::unique_ptr<void, IconvDeleter> converter(opened);
    std::string out;
    char piece[1 << 16];
    char* in = bytes.data();
    std::size_t left = bytes.size();
    while (left > 0) {
        char* to = piece;
        std::size_t room = sizeof piece;
        std::size_t before = left;
        std::size_t done = ::iconv(converter.get(), &in, &left, &to, &room);
        out.append(piece, sizeof piece - room);
        bool is_stuck =
            done == static_cast<std::size_t>(-1) && room == sizeof piece && left == before;
        if (is_stuck || (done == static_cast<std::size_t>(-1) && errno != E2BIG))
            return base::fail("byte " + std::to_string(bytes.size() - left + 1) +
                              " is no text in " + encoding +
                              "; save the file again with the encoding UTF-8");
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

}  // namespace

base::Result<std::string> to_utf8(std::string bytes, std::string_view declared) {
    if (bytes.starts_with(kByteOrderMark))
        return to_utf8(bytes.substr(kByteOrderMark.size()), "utf-8");
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return convert(bytes, "UTF-16");
    std::string name = lower(declared);
    if (name.empty() || name == "utf-8" || name == "utf8" || name.starts_with("utf-16")) {
        if (is_utf8(bytes)) return bytes;
        name = "gb18030";
    }
    if (name == "gb2312" || name == "gbk" || name == "gb_2312-80" || name == "x-gbk")
        name = "gb18030";
    return convert(bytes, name);
}

base::Result<std::string> read_text(const std::filesystem::path& file, std::size_t most_bytes) {
    LINLI_TRY(bytes, base::read_file(file, most_bytes));
    auto text = to_utf8(std::move(bytes));
    if (!text) return base::fail(file.string() + ": " + text.error().message);
    return text;
}

}  // namespace linli::platform
