#include "tests/stb-app/support/store_filling.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;

namespace {

/// Turns to the last page and moves to the button.
void go_to_button(Television& tv, std::string_view label) {
    look_at_all_pages(tv, [] {});
    for (int i = 0; i < 5 && !tv.focused().contains(label); ++i)
        tv.press("RIGHT");
    CHECK_TRUE_TEXT(tv.focused().contains(label), tv.text().c_str());
}

template <typename Kind>
std::size_t count(const Television& tv) {
    std::size_t count = 0;
    for (const app::Element& element : tv.page().elements)
        count += std::holds_alternative<Kind>(element) ? 1 : 0;
    return count;
}

}  // namespace

// clang-format off
TEST_GROUP(Items) {};
// clang-format on

TEST(Items, AreReadWithinThreeLevels) {
    Television tv;
    tv.press("1 1");
    CHECK_TEXT_EQUAL("notice", tv.page().id);
    CHECK_EQUAL(3u, tv.application->depth());
    tv.from_home("4 1");
    CHECK_TEXT_EQUAL("guide", tv.page().id);
    CHECK_EQUAL(3u, tv.application->depth());
}

TEST(Items, NoticeTellsWhoSaysWhat) {
    Television tv;
    tv.press("1");
    choose(tv, "水管爆裂");
    CHECK_TEXT_EQUAL("4号楼水管爆裂紧急停水", tv.page().title);
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    CHECK_TRUE(all.contains("听涛苑社区居民委员会 · 今天"));
    CHECK_TRUE(all.contains("物业抢修: 000-8800-4201"));
    CHECK_TRUE(all.contains("志愿者送水到家"));
}

TEST(Items, TurnTheirPagesWithOkAndLeadBackFromTheLast) {
    Television tv;
    tv.press("1");
    choose(tv, "居民公约");
    CHECK_TRUE(tv.page().position.starts_with("1 / "));
    CHECK_TEXT_EQUAL("[下一页]", tv.focused());
    tv.press("OK");
    CHECK_TRUE(tv.page().position.starts_with("2 / "));
    tv.press("UP");
    CHECK_TRUE(tv.page().position.starts_with("1 / "));
    look_at_all_pages(tv, [] {});
    CHECK_TEXT_EQUAL("[返回]", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Items, BackIsOneStepFromAnyPage) {
    Television tv;
    tv.press("1");
    choose(tv, "居民公约");
    tv.press("OK OK OK BACK");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
}

TEST(Items, ListingShowsItsTelephone) {
    Television tv;
    tv.press("2 1");
    CHECK_TEXT_EQUAL("services", tv.page().id);
    tv.press("1");
    CHECK_TRUE(tv.page().id == "listing" || tv.page().id == "service");
    CHECK_TRUE(count<app::NumberElement>(tv) >= 1);
}

TEST(Items, GuideAndItsServiceLeadToEachOther) {
    Television tv;
    content::Item guide{.id = "g", .category = "household", .published = kMonday};
    guide.content = content::Guide{.title = "试验指南",
                                   .summary = "试验",
                                   .issuer = "居委会",
                                   .eligibility = "全体居民",
                                   .steps = {"一步"},
                                   .where = {{.name = "居委会", .address = "听涛路18号"}},
                                   .duration = "当天",
                                   .price = "免费",
                                   .service = "s"};
    content::Item service{.id = "s", .category = "medical", .published = kMonday};
    service.content = content::Service{.name = "试验服务",
                                       .provider = "居委会",
                                       .summary = "试验",
                                       .address = "听涛路18号",
                                       .telephones = {{"000-8800-1051", ""}},
                                       .duration = "一小时",
                                       .price = "免费",
                                       .guide = "g"};
    fill_area(*tv.content, SampleCity::community(), {guide, service});
    tv.tell_of_new_content();

    tv.press("4");
    choose(tv, "试验指南");
    go_to_button(tv, "看服务");
    tv.press("OK");
    CHECK_TEXT_EQUAL("service", tv.page().id);
    go_to_button(tv, "看指南");
    tv.press("OK");
    CHECK_TEXT_EQUAL("guide", tv.page().id);
    // The button that leads back is a step back: the two do not pile up.
    CHECK_EQUAL(3u, tv.application->depth());
}

TEST(Items, ShowTheirPictures) {
    Television tv;
    tv.press("1");
    choose(tv, "菊花展");
    bool has_picture = false;
    look_at_all_pages(tv, [&] {
        for (const app::Element& element : tv.page().elements)
            if (const auto* picture = std::get_if<app::PictureElement>(&element))
                has_picture |= picture->image != nullptr;
    });
    CHECK_TRUE(has_picture);
}

TEST(Items, AskForAPictureThatIsNotThereAndShowItWhenItCame) {
    TemporaryFolder objects;
    Television tv({.objects = objects.path()});
    tv.press("1");
    CHECK_EQUAL(0u, tv.wanted.size());
    choose(tv, "菊花展");
    CHECK_EQUAL(1u, tv.wanted.size());
    auto picture = [&] {
        std::optional<app::PictureElement> found;
        tv.press("PAGE_UP PAGE_UP PAGE_UP");
        look_at_all_pages(tv, [&] {
            for (const app::Element& element : tv.page().elements)
                if (const auto* one = std::get_if<app::PictureElement>(&element)) found = *one;
        });
        CHECK_TRUE(found.has_value());
        return *found;
    };
    // Its description stands in its place meanwhile.
    CHECK_TRUE(picture().image == nullptr);
    CHECK_FALSE(picture().alt.empty());

    std::string hash = tv.wanted.front();
    std::filesystem::copy_file(SampleCity::shared().objects() / hash, objects.path() / hash);
    platform::SyncStatus status;
    status.objects_fetched = 1;
    tv.application->hear_sync(status);
    CHECK_TRUE(picture().image != nullptr);
    CHECK_EQUAL(1u, tv.wanted.size());
}

TEST(Items, AskAgainForAPictureThatHasNotComeAfterEachRound) {
    TemporaryFolder objects;
    Television tv({.objects = objects.path()});
    platform::SyncStatus status;
    status.state = platform::SyncStatus::State::Failed;
    tv.application->hear_sync(status);
    tv.press("1");
    choose(tv, "菊花展");
    CHECK_EQUAL(1u, tv.wanted.size());
    status.state = platform::SyncStatus::State::Fresh;
    tv.application->hear_sync(status);
    CHECK_EQUAL(2u, tv.wanted.size());
    // What sync tells of the picture itself is not a round.
    tv.application->hear_sync(status);
    CHECK_EQUAL(2u, tv.wanted.size());
    status.state = platform::SyncStatus::State::Running;
    tv.application->hear_sync(status);
    CHECK_EQUAL(2u, tv.wanted.size());
    status.state = platform::SyncStatus::State::Fresh;
    tv.application->hear_sync(status);
    CHECK_EQUAL(3u, tv.wanted.size());
}

TEST(Items, NoteWhenTheirPicturesWereShown) {
    TemporaryFolder objects;
    for (const auto& entry : std::filesystem::directory_iterator(SampleCity::shared().objects()))
        std::filesystem::copy_file(entry.path(), objects.path() / entry.path().filename());
    auto now = std::filesystem::file_time_type::clock::now();
    auto long_ago = now - std::chrono::days(3);
    for (const auto& entry : std::filesystem::directory_iterator(objects.path()))
        std::filesystem::last_write_time(entry.path(), long_ago);
    Television tv({.objects = objects.path()});
    tv.press("1");
    choose(tv, "菊花展");
    int noted = 0;
    for (const auto& entry : std::filesystem::directory_iterator(objects.path()))
        noted += std::filesystem::last_write_time(entry.path()) >= now ? 1 : 0;
    CHECK_EQUAL(1, noted);
}

TEST(Items, StayWhenTheyWereTakenBackAndSaySo) {
    Television tv;
    tv.press("1");
    choose(tv, "水管爆裂");
    fill_area(*tv.content, SampleCity::community(), {});
    tv.tell_of_new_content();
    CHECK_TEXT_EQUAL("gone", tv.page().id);
    CHECK_TRUE(tv.shows("已经不在"));
    CHECK_TEXT_EQUAL("[返回]", tv.focused());
    tv.press("OK");
    CHECK_TEXT_EQUAL("notices", tv.page().id);
    CHECK_FALSE(tv.shows("水管爆裂"));
}

TEST(Items, TakeNoPictureFromOutsideTheirFolder) {
    Television tv;
    // A picture beside the folder of objects, under a name that leads there.
    graphics::Image image{{2, 2}, std::vector<std::uint32_t>(4, 0xFFFFFFFF)};
    tv.folder.write("secret.png", graphics::encode_png(image));
    auto way =
        std::filesystem::relative(tv.folder.path() / "secret.png", SampleCity::shared().objects());
    content::Item notice{.id = "n", .category = "livelihood", .published = kMonday};
    notice.content =
        content::Notice{.title = "试验",
                        .summary = "试验",
                        .issuer = "居委会",
                        .urgency = content::Urgency::Urgent,
                        .body = {content::Picture{{"sha256:" + way.string()}, "图", ""}}};
    auto update = tv.content->replace(SampleCity::community());
    CHECK_GOOD(update);
    std::string xml =
        "<notice id=\"n\" category=\"livelihood\" published=\"2026-11-23T01:00:00Z\" "
        "urgency=\"urgent\">"
        "<title>试验</title><summary>试验</summary><issuer>居委会</issuer><body><picture "
        "src=\"sha256:" +
        way.string() + "\"><alt>图</alt></picture></body></notice>";
    CHECK_GOOD(update->add(notice, xml));
    CHECK_GOOD(update->commit({.sequence = 2, .content_hash = std::string(64, '0')}));
    tv.tell_of_new_content();
    tv.press("1");
    choose(tv, "试验");
    for (const app::Element& element : tv.page().elements)
        if (const auto* picture = std::get_if<app::PictureElement>(&element))
            CHECK_TRUE(picture->image == nullptr);
}
