#include "middleware/text/catalog.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::text;

namespace {

/// A message of a .po file: what is asked for and its translations, more than one where there is a
/// plural.
struct Message {
    std::vector<std::string> ids;
    std::vector<std::string> translations;
};

std::string unquoted(std::string_view line) {
    auto first = line.find('"'), last = line.rfind('"');
    std::string text;
    for (std::size_t i = first + 1; i < last; ++i) {
        if (line[i] == '\\' && i + 1 < last) {
            ++i;
            text += line[i] == 'n' ? '\n' : line[i];
        } else {
            text += line[i];
        }
    }
    return text;
}

/// The messages by their first id, without the header.
std::map<std::string, Message> read_po(const std::string& name) {
    auto bytes = base::read_file(LINLI_SOURCE_DIR "/po/" + name);
    CHECK_GOOD(bytes);
    std::map<std::string, Message> messages;
    Message message;
    std::string* open = nullptr;
    auto finish = [&] {
        if (!message.ids.empty() && !message.ids[0].empty()) messages[message.ids[0]] = message;
        message = {};
        open = nullptr;
    };
    std::istringstream lines(*bytes);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) finish();
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("msgid")) open = &message.ids.emplace_back();
        if (line.starts_with("msgstr")) open = &message.translations.emplace_back();
        if (open != nullptr) *open += unquoted(line);
    }
    finish();
    return messages;
}

/// The arguments that a text takes, sorted: "{}" by their order, "{1}" by their number.
std::vector<std::string> arguments(const std::string& text) {
    std::vector<std::string> out;
    int next = 0;
    for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at) {
        std::string argument = text.substr(at + 1, text.find('}', at) - at - 1);
        std::string number = argument.substr(0, argument.find(':'));
        out.push_back(number.empty() ? std::to_string(next++) : number);
    }
    std::ranges::sort(out);
    auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

}  // namespace

// clang-format off
TEST_GROUP(Catalog) {};
// clang-format on

TEST(Catalog, IsCompleteInEachLanguage) {
    auto all = read_po("linli.pot");
    CHECK_TRUE(all.size() > 100);
    for (const char* language : {"zh_CN.po", "en.po"}) {
        auto translated = read_po(language);
        CHECK_EQUAL(all.size(), translated.size());
        for (const auto& [id, message] : all) {
            auto found = translated.find(id);
            CHECK_TRUE_TEXT(found != translated.end(),
                            base::format("{} lacks \"{}\"", language, id).c_str());
            for (const std::string& text : found->second.translations)
                CHECK_TRUE_TEXT(!text.empty(),
                                base::format("{} does not translate \"{}\"", language, id).c_str());
        }
    }
}

TEST(Catalog, TakesTheArgumentsOfItsMessages) {
    for (const char* language : {"zh_CN.po", "en.po"}) {
        for (const auto& [id, message] : read_po(language)) {
            for (const std::string& text : message.translations) {
                // Of a date a language takes the parts that it needs.
                bool is_date = id == "{0} {1}" || id == "{0}, {1} {2} {3}";
                CHECK_TRUE_TEXT(is_date || arguments(message.ids.back()) == arguments(text),
                                base::format("{}: \"{}\" for \"{}\"", language, text, id).c_str());
            }
        }
    }
}

TEST(Catalog, SpeaksBothLanguagesAtOnce) {
    Catalog::install(LINLI_BUILD_DIR "/locale");
    CHECK_TEXT_EQUAL("设置", Catalog(Language::Chinese)("Settings"));
    CHECK_TEXT_EQUAL("Settings", Catalog(Language::English)("Settings"));
    CHECK_TEXT_EQUAL("no such message", Catalog(Language::Chinese)("no such message"));
}

TEST(Catalog, ChoosesTheFormThatFitsTheNumber) {
    Catalog::install(LINLI_BUILD_DIR "/locale");
    Catalog english(Language::English), chinese(Language::Chinese);
    CHECK_TEXT_EQUAL("{} minute", english("{} minute", "{} minutes", 1));
    CHECK_TEXT_EQUAL("{} minutes", english("{} minute", "{} minutes", 2));
    CHECK_TEXT_EQUAL(chinese("{} minute", "{} minutes", 1), chinese("{} minute", "{} minutes", 2));
}
