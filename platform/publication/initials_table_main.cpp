// linli-make-initials FILE: writes the table by which a box reads Chinese, as middleware/text/initials_table.h declares it.

#include <cstdio>
#include <string>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/pinyin_letters.h"

using namespace linli;

namespace {

std::string range(platform::PinyinLetters& reader, std::string_view name, char32_t first, char32_t last) {
    constexpr char32_t kPerLine = 100;
    std::string text = base::format("const InitialsRange {} = {{{:#x},", name, static_cast<unsigned>(first));
    for (char32_t character = first; character <= last; ++character) {
        if ((character - first) % kPerLine == 0) text += character == first ? "\n    \"" : "\"\n    \"";
        text += reader.letter(character);
    }
    return text + "\"};\n\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: linli-make-initials FILE\n");
        return 2;
    }
    platform::PinyinLetters reader;
    std::string source = "// Made by linli-make-initials.\n#include \"middleware/text/initials_table.h\"\n\nnamespace linli::text {\n\n" +
                         range(reader, "kLatinInitials", 0xC0, 0x24F) + range(reader, "kHanInitials", 0x4E00, 0x9FFF) +
                         "}  // namespace linli::text\n";
    if (auto written = base::write_file_atomically(argv[1], source); !written) {
        std::fprintf(stderr, "linli-make-initials: %s\n", written.error().message.c_str());
        return 1;
    }
    return 0;
}
