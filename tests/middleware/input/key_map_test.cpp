#include "middleware/input/key_map.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::input;

namespace {

KeyMap read(const std::filesystem::path& file) {
    auto text = base::read_file(file);
    CHECK_GOOD(text);
    auto map = KeyMap::parse(*text);
    CHECK_GOOD(map);
    return *map;
}

const std::filesystem::path kFolder = LINLI_SOURCE_DIR "/stb-app/keymaps";

}  // namespace

// clang-format off
TEST_GROUP(KeyMap) {};
TEST_GROUP(Keys) {};
// clang-format on

TEST(Keys, HaveNamesThatLeadBackToThem) {
    for (int i = 0; i < kKeyCount; ++i) {
        auto key = static_cast<Key>(i);
        CHECK_FALSE(key_name(key).empty());
        CHECK_TRUE(key_from_name(key_name(key)) == key);
    }
    for (const char* name : {"", "up", "VOLUME_UP", "MUTE", "POWER", "10"})
        CHECK_FALSE(key_from_name(name).has_value());
}

TEST(Keys, DigitsHaveTheirNumbers) {
    for (int i = 0; i <= 9; ++i)
        CHECK_TRUE(digit_of(*key_from_name(std::to_string(i))) == i);
    CHECK_FALSE(digit_of(Key::Ok).has_value());
    CHECK_FALSE(digit_of(Key::Red).has_value());
}

TEST(KeyMap, ReadsALineAKey) {
    auto map =
        KeyMap::parse("# a remote\n\nCURSOR_UP = UP\r\n  F5=HOME # the community key\nA =\tOK");
    CHECK_GOOD(map);
    CHECK_TRUE(map->find("CURSOR_UP") == Key::Up);
    CHECK_TRUE(map->find("F5") == Key::Home);
    CHECK_TRUE(map->find("A") == Key::Ok);
    CHECK_FALSE(map->find("CURSOR_DOWN").has_value());
    CHECK_FALSE(map->find("").has_value());
}

TEST(KeyMap, NamesTheLineThatIsWrong) {
    const std::pair<const char*, const char*> kFaults[] = {
        {"CURSOR_UP = UP\nCURSOR_DOWN DOWN", "line 2"},
        {"\n\n# x\nX = VOLUME_UP", "line 4"},
        {"X =", "line 1"},
        {"X = up", "line 1"},
    };
    for (auto [text, place] : kFaults) {
        auto map = KeyMap::parse(text);
        CHECK_FALSE(map.has_value());
        CHECK_TRUE_TEXT(map.error().message.contains(place), map.error().message.c_str());
    }
}

TEST(KeyMap, RefusesALineWithoutASymbol) {
    auto map = KeyMap::parse("= UP");
    CHECK_FALSE(map.has_value());
}

TEST(KeyMap, OfEveryRemoteHasWhatAResidentNeeds) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        KeyMap map = read(entry.path());
        ++files;
        for (const char* symbol :
             {"CURSOR_UP", "CURSOR_DOWN", "CURSOR_LEFT", "CURSOR_RIGHT", "BACK", "RED", "GREEN"})
            CHECK_TRUE_TEXT(map.find(symbol).has_value(), symbol);
        for (char digit = '0'; digit <= '9'; ++digit)
            CHECK_TRUE(map.find(std::string(1, digit)) == key_from_name(std::string(1, digit)));
        for (const char* symbol : {"VOLUME_UP", "VOLUME_DOWN", "MUTE", "POWER"})
            CHECK_FALSE_TEXT(map.find(symbol).has_value(), symbol);
    }
    CHECK_TRUE(files >= 2);
}

TEST(KeyMap, OfEveryRemoteHasAWayHomeAndToOk) {
    CHECK_TRUE(read(kFolder / "default.keymap").find("HOME") == Key::Home);
    CHECK_TRUE(read(kFolder / "default.keymap").find("RETURN") == Key::Ok);
    CHECK_TRUE(read(kFolder / "community-remote.keymap").find("F5") == Key::Home);
    CHECK_TRUE(read(kFolder / "community-remote.keymap").find("SELECT") == Key::Ok);
}
