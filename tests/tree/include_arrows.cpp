#include "tests/tree/include_arrows.h"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace linli::tests {
namespace {

namespace fs = std::filesystem;

/// What a folder may include besides itself. Where a folder is not here it is no layer.
struct Layer {
    std::string_view folder;
    std::vector<std::string_view> may_include;
};

const std::vector<Layer> kLayers = {
    {"middleware", {}},
    {"content", {"middleware"}},
    {"epg", {"middleware"}},
    {"platform", {"middleware", "content", "epg/si"}},
    {"stb-app", {"middleware", "content", "epg", "platform"}},
    {"simulator", {"middleware", "content", "epg", "platform", "stb-app"}},
    {"tests", {"middleware", "content", "epg", "platform", "stb-app", "simulator"}},
};

/// Headers of libraries, by how their names begin, and the one folder that may include them. What belongs to the C
/// library may stand here more than once.
struct Library {
    std::string_view header;
    std::string_view folder;
};

constexpr Library kLibraries[] = {
    {"directfb", "middleware/graphics"},   {"png.h", "middleware/graphics"},
    {"jpeglib.h", "middleware/graphics"},  {"turbojpeg.h", "middleware/graphics"},
    {"qrencode.h", "middleware/graphics"}, {"gst/", "middleware/media"},
    {"sqlite3.h", "middleware/storage"},   {"expat.h", "middleware/xml"},
    {"curl/", "middleware/net"},           {"civetweb.h", "middleware/net"},
    {"openssl/", "middleware/net"},
    {"spdlog/", "middleware/base"},        {"fmt/", "middleware/base"},
    {"zlib.h", "middleware/base"},
    {"zstd", "middleware/base"},           {"sodium", "middleware/base"},
    {"ft2build.h", "middleware/text"},     {"freetype/", "middleware/text"},
    {"linebreak", "middleware/text"},      {"graphemebreak.h", "middleware/text"},
    {"libintl.h", "middleware/text"},      {"espeak-ng/", "middleware/speech"},
    {"unicode/", "platform/publication"},  {"gumbo.h", "platform/importers"},
    {"libical/", "platform/importers"},    {"nlohmann/", "platform"},
    {"csv.h", "platform/importers"},       {"iconv.h", "platform/importers"},
    {"iconv.h", "epg/si"},
    {"iconv.h", "simulator/stream"},
    {"date/", "platform/booking"},         {"libpq", "platform/server/sql"},
};

/// Where command lines are read: main.cpp, publish_main.cpp…
bool is_main_file(std::string_view file) {
    return file.ends_with("main.cpp");
}

bool is_in(std::string_view file, std::string_view folder) {
    return file.starts_with(folder) && file.size() > folder.size() && file[folder.size()] == '/';
}

const Layer* layer_of(std::string_view file) {
    auto found = std::ranges::find_if(
        kLayers, [&](const Layer& layer) { return is_in(file, layer.folder); });
    return found == kLayers.end() ? nullptr : &*found;
}

std::string list(const std::vector<std::string_view>& folders) {
    std::string text;
    for (std::string_view folder : folders)
        text += ", " + std::string(folder);
    return text;
}

std::string complaint_of_ours(std::string_view file, std::string_view header) {
    const Layer* from = layer_of(file);
    const Layer* to = layer_of(header);
    if (from == nullptr) return {};
    if (to == nullptr) {
        if (header.find('/') != header.npos) return {};
        return "includes \"" + std::string(header) +
               "\", but an include names the path from the root of the tree";
    }
    if (from == to) return {};
    for (std::string_view folder : from->may_include)
        if (is_in(header, folder)) return {};
    if (to->folder == "tests")
        return "includes " + std::string(header) + ", but only tests may include tests";
    return "includes " + std::string(header) + ", but " + std::string(from->folder) +
           " may include only itself" + list(from->may_include);
}

std::string complaint_of_library(std::string_view file, std::string_view header) {
    if (is_in(file, "tests")) return {};
    if (header.starts_with("CLI/") && !is_main_file(file))
        return "includes <" + std::string(header) +
               ">, which belongs into files that end in main.cpp only";
    if (header.starts_with("CppUTest"))
        return "includes <" + std::string(header) + ">, which belongs into tests only";
    std::string folders;
    for (const Library& library : kLibraries) {
        if (!header.starts_with(library.header)) continue;
        if (is_in(file, library.folder)) return {};
        folders += (folders.empty() ? "" : " or ") + std::string(library.folder);
    }
    if (folders.empty()) return {};
    return "includes <" + std::string(header) + ">, which belongs into " + folders + " only";
}

/// The name between the quotes or brackets of an include line; empty for every other line.
std::string_view included(std::string_view line) {
    auto skip_spaces = [&] {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip_spaces();
    if (!line.starts_with('#')) return {};
    line.remove_prefix(1);
    skip_spaces();
    if (!line.starts_with("include")) return {};
    auto begin = line.find_first_of("\"<");
    auto end = line.find_first_of("\">", begin + 1);
    if (begin == line.npos || end == line.npos) return {};
    return line.substr(begin, end - begin);
}

void check_file(const fs::path& path, const std::string& file,
                std::vector<std::string>& complaints) {
    std::ifstream lines(path);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::string_view name = included(line);
        if (name.empty()) continue;
        bool is_quoted = name.front() == '"';
        name.remove_prefix(1);
        std::string complaint = complaint_of_library(file, name);
        if (complaint.empty() && (is_quoted || layer_of(name) != nullptr))
            complaint = complaint_of_ours(file, name);
        if (!complaint.empty())
            complaints.push_back(file + ":" + std::to_string(number) + " " + complaint + ".");
    }
}

bool is_source(const fs::path& file) {
    fs::path extension = file.extension();
    return extension == ".h" || extension == ".cpp" || extension == ".hpp" || extension == ".cc" ||
           extension == ".c";
}

}  // namespace

std::vector<std::string> find_broken_arrows(const fs::path& root) {
    std::vector<std::string> complaints;
    for (const Layer& layer : kLayers) {
        fs::path folder = root / layer.folder;
        if (!fs::is_directory(folder)) continue;
        for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
            std::string name = entry->path().filename().string();
            if (name == "node_modules" || name.starts_with('.')) entry.disable_recursion_pending();
            if (entry->is_regular_file() && is_source(entry->path()))
                check_file(entry->path(), entry->path().lexically_relative(root).generic_string(),
                           complaints);
        }
    }
    std::ranges::sort(complaints);
    return complaints;
}

}  // namespace linli::tests
