#include "simulator/script/script_player.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/local_time.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

/// A box without a network or content.
TEST_GROUP(ScriptPlayer) {
    tests::TemporaryFolder folder;
    std::unique_ptr<base::Log> log = base::make_silent_log();
    base::SettableClock clock{std::chrono::sys_seconds(std::chrono::seconds(1795395600))};
    std::unique_ptr<base::EventLoop> loop;
    std::unique_ptr<graphics::DirectFbLibrary> directfb;
    std::unique_ptr<VirtualBox> box;

    void setup() override {
        base::set_time_zone("Asia/Shanghai");
        loop = *base::EventLoop::create();
        std::vector<std::string> no_arguments;
        directfb = *graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"});
        app::BoxOptions options{.area = *content::AreaCode::parse("12"), .data = folder.path(), .start = app::StartScreen::Home};
        auto made = VirtualBox::create(*directfb, {1280, 720}, std::move(options), *loop, clock, *log);
        CHECK_GOOD(made);
        box = std::move(*made);
        app::Settings english;
        english.language = text::Language::English;
        box->application().change_settings(english);
    }
    void teardown() override {
        box.reset();
        directfb.reset();
        loop.reset();
    }

    std::string play(std::string_view script) {
        auto steps = parse_script(script);
        CHECK_GOOD(steps);
        auto played = ScriptPlayer(*box, *loop, clock, folder.path() / "out").play(*steps);
        return played ? "" : played.error().message;
    }
};

TEST(ScriptPlayer, PressesKeysAsTheRemoteDoes) {
    CHECK_TEXT_EQUAL("", play("expect-focus \"1. \"\nkey DOWN\nkey MENU\nexpect \"Settings\"\nkey BACK\nexpect \"1. \"\n"));
}

TEST(ScriptPlayer, StopsAtTheFirstStepThatFailsAndShowsThePage) {
    std::string error = play("key MENU\nexpect \"no such words\"\nkey HOME\n");
    STRCMP_CONTAINS("line 2: expect \"no such words\"", error.c_str());
    STRCMP_CONTAINS("the page does not show \"no such words\"", error.c_str());
    STRCMP_CONTAINS("The page:\n", error.c_str());
    STRCMP_CONTAINS("Diagnostics", error.c_str());
    CHECK_TEXT_EQUAL("settings", box->application().page().id);
}

TEST(ScriptPlayer, SaysWhereTheFocusIsInstead) {
    STRCMP_CONTAINS("the focus is on \"1. ", play("expect-focus \"elsewhere\"").c_str());
}

TEST(ScriptPlayer, SavesShotsAndPages) {
    CHECK_TEXT_EQUAL("", play("shot home.png\npage home.txt\n"));
    auto picture = graphics::decode_image(*base::read_file(folder.path() / "out/home.png"));
    CHECK_GOOD(picture);
    LONGS_EQUAL(1280, picture->size.width);
    CHECK_TEXT_EQUAL(app::page_text(box->application().page()), *base::read_file(folder.path() / "out/home.txt"));
}

TEST(ScriptPlayer, LetsTimePass) {
    CHECK_TEXT_EQUAL("", play("clock 2026-11-24T15:30:00+08:00\nexpect \"15:30\"\npass 21s\n"));
    // Home alone gives way to the television.
    CHECK_TEXT_EQUAL("live", box->application().page().id);
}

TEST(ScriptPlayer, HasNoVoiceYetAndSaysSo) { STRCMP_CONTAINS("no voice yet", play("expect-spoken \"hello\"").c_str()); }

TEST(ScriptPlayer, WithoutAPlatformOfItsOwnSaysSo) {
    STRCMP_CONTAINS("no platform of its own", play("platform off").c_str());
    STRCMP_CONTAINS("no clock of its own", play("box-clock 2026-11-24T15:30:00+08:00").c_str());
    STRCMP_CONTAINS("cannot be started anew", play("restart box").c_str());
}
