#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using app::TextSize;
using text::Language;

// clang-format off
TEST_GROUP(SettingsScreens) {};
// clang-format on

TEST(SettingsScreens, ChangeTheTextSize) {
    Television tv;
    tv.press("8 1");
    CHECK_TEXT_EQUAL("text-size", tv.page().id);
    CHECK_TRUE(tv.focused().starts_with("2. 大"));
    tv.press("3");
    CHECK_TRUE(tv.application->settings().text_size == TextSize::ExtraLarge);
    CHECK_TEXT_EQUAL("text-size", tv.page().id);
    tv.restart();
    CHECK_TRUE(tv.application->settings().text_size == TextSize::ExtraLarge);
}

TEST(SettingsScreens, ChangeTheLanguageAtOnceAndForGood) {
    Television tv;
    tv.press("8 2 2");
    CHECK_TRUE(tv.page().title.contains("Language"));
    tv.press("HOME");
    CHECK_TRUE(tv.shows("Text size"));
    tv.restart();
    CHECK_TRUE(tv.shows("Monday 23 November, 09:00"));
    tv.press("8 2 1");
    CHECK_TRUE(tv.application->settings().language == Language::Chinese);
    CHECK_TRUE(tv.shows("语言"));
}

TEST(SettingsScreens, OpenFromAnywhereWithMenu) {
    Television tv;
    tv.press("1 1 MENU");
    CHECK_TEXT_EQUAL("settings", tv.page().id);
    tv.press("MENU");
    tv.press("BACK");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
}

TEST(SettingsScreens, DoNotPileUpUnderMenu) {
    Television tv;
    tv.press("1");
    for (int i = 0; i < 50; ++i)
        tv.press("MENU 1 MENU 2 MENU 3");
    CHECK_TRUE(tv.application->depth() <= 4);
}

TEST(SettingsScreens, RedChangesTheTextSizeEverywhereAndKeepsThePlace) {
    Television tv({.television = Receiving::SampleChannels});
    tour(tv, [&](const std::string& place) {
        // Under a question each key is its answer.
        if (!tv.page().message.empty()) return;
        std::string id = tv.page().id;
        TextSize before = tv.application->settings().text_size;
        tv.press("RED");
        CHECK_FALSE(before == tv.application->settings().text_size);
        CHECK_TEXT_EQUAL(id, tv.page().id);
        tv.press("RED RED");
        CHECK_TRUE_TEXT(before == tv.application->settings().text_size, place.c_str());
    });
}

TEST(SettingsScreens, DiagnosticsTellHowTheGuideIsReceived) {
    Television tv({.settings = {.language = text::Language::English}, .television = Receiving::SampleChannels});
    tv.reception.si.crc_errors = 1234;
    tv.reception.si.replaced_characters = 77;
    tv.reception.guide.without_title = 55;
    tv.reception.trouble = "guide.db was damaged";
    tv.reception.is_local_time_other = true;
    tv.from_home("8 3");
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    for (const char* text : {"1234 with bit errors", "77 characters could not be read", "55 without a title", "guide.db was damaged", "its time zone may be wrong"})
        CHECK_TRUE_TEXT(all.contains(text), all.c_str());
    // What it counts goes on while it is looked at.
    tv.reception.si.crc_errors = 5678;
    tv.pass(std::chrono::seconds(60));
    look_at_all_pages(tv, [] {});
    all.clear();
    tv.press("BACK 3");
    look_at_all_pages(tv, [&] { all += tv.text(); });
    CHECK_TRUE(all.contains("5678 with bit errors"));
}

TEST(SettingsScreens, RedIsRemembered) {
    Television tv;
    tv.press("1 RED");
    tv.restart();
    CHECK_TRUE(tv.application->settings().text_size == TextSize::ExtraLarge);
}

TEST(SettingsScreens, ListKeepsItsFocusWhenTheTextGrows) {
    Television tv;
    tv.press("1 PAGE_DOWN DOWN");
    auto title = std::get<app::RowElement>(tv.page().elements[tv.page().focus]).title;
    for (int i = 0; i < 3; ++i) {
        tv.press("RED");
        CHECK_TEXT_EQUAL(title,
                         std::get<app::RowElement>(tv.page().elements[tv.page().focus]).title);
    }
}

TEST(SettingsScreens, ReaderKeepsThePlaceInTheTextWhenItGrows) {
    Television tv({.settings = {.text_size = TextSize::Standard}});
    tv.press("1");
    choose(tv, "居民公约");
    for (int i = 0; i < 10; ++i)
        tv.press("PAGE_DOWN");
    std::string first = app::element_text(tv.page().elements.front());
    tv.press("RED RED");  // extra large: a part of what was read is still on the screen
    std::string now = app::element_text(tv.page().elements.front());
    CHECK_TRUE_TEXT(first.contains(now.substr(0, 12)) || now.contains(first.substr(0, 12)),
                    (first + "\n" + now).c_str());
}

TEST(SettingsScreens, DiagnosticsTellWhatAnEngineerAsks) {
    Television tv;
    tv.press("8 3");
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    for (const char* fact : {"1280 × 720", "12/0101/001/002", "0"})
        CHECK_TRUE_TEXT(all.contains(fact), all.c_str());
}

TEST(SettingsScreens, DiagnosticsTellWhatSyncDidAndWhy) {
    Television tv;
    tv.press("8 3");
    platform::SyncStatus status;
    status.state = platform::SyncStatus::State::Failed;
    status.last_success = kMonday - std::chrono::hours(2);
    status.last_error = "area 12/0101: the signature is not good";
    status.attempts_failed = 3;
    status.next_attempt = kMonday + std::chrono::minutes(5);
    status.base_url = "http://tv.example/publication";
    status.bytes_received = 512;
    status.bytes_total = 3 << 20;
    status.root_version = 4;
    status.store_bytes = 60u << 20;
    status.object_bytes = 12u << 20;
    status.object_quota = 64u << 20;
    auto city = *content::AreaCode::parse("12");
    status.areas = {{.area = city, .sequence = 1795446417, .published = kMonday, .expires = kMonday + std::chrono::days(30)},
                    {.area = city, .part = content::Part::Alerts, .sequence = 77, .published = kMonday},
                    {.area = SampleCity::community(), .sequence = 5, .published = kMonday, .expires = kMonday, .is_old = true,
                     .error = "sequence 4 is older than 5"}};
    tv.application->hear_sync(status);
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    for (const char* fact :
         {"2026-11-22T23:00:00Z", "the signature is not good", "连续失败: 3", "2026-11-23T01:05:00Z", "http://tv.example/publication",
          "512 B", "3072 KiB", "根文件版本 4", "60 MiB", "12 MiB / 64 MiB", "区域 12: 第 1795446417 版", "有效期至 2026-12-23",
          "预警 12: 第 77 版", "已过期 2026-11-23", "sequence 4 is older than 5"})
        CHECK_TRUE_TEXT(all.contains(fact), (std::string(fact) + "\n" + all).c_str());
}

TEST(SettingsScreens, DiagnosticsTellWhatBecameOfTheSecondSource) {
    Television tv;
    tv.press("8 3");
    app::XmltvStatus status;
    status.state = app::XmltvStatus::State::Failed;
    status.last_success = kMonday - std::chrono::hours(2);
    status.counts.programmes = 4321;
    status.counts.of_others = 77;
    status.last_error = "http://guide.example/week.xml answered 503";
    status.failures = 12;
    status.next_attempt = kMonday + std::chrono::minutes(5);
    tv.application->hear_xmltv(status);
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    for (const char* fact : {"以前的节目照旧保留", "2026-11-22T23:00:00Z：4321 个节目", "收不到的频道 77 个", "answered 503", "失败次数: 12", "2026-11-23T01:05:00Z"})
        CHECK_TRUE_TEXT(all.contains(fact), (std::string(fact) + "\n" + all).c_str());
}
