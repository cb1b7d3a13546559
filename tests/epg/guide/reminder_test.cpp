#include "epg/guide/reminder_file.h"

#include "tests/epg/guide/guide_samples.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::epg;
using namespace linli::tests;
using namespace std::chrono;

// clang-format off
TEST_GROUP(Reminders) {
    base::SettableClock clock{kEvening};
    Guide guide{clock};
    ReminderList list;
    TemporaryFolder folder;

    static Event event(std::uint16_t id, int at, const std::string& title) {
        return {.channel = kNews, .id = id, .start = kEvening + minutes(at), .duration = minutes(30), .title = title};
    }
    static std::string text(const std::vector<Reminder>& reminders) {
        std::string text;
        for (const Reminder& one : reminders)
            text += std::to_string(duration_cast<minutes>(one.key.start - kEvening).count()) + " " + one.title + ", ";
        return text;
    }
};
// clang-format on

TEST(Reminders, AreSetAndRemoved) {
    CHECK_TRUE(list.set(event(2, 60, "B"), ReminderMode::Switch));
    CHECK_TRUE(list.set(event(1, 0, "A"), ReminderMode::Tell));
    CHECK_TRUE(list.set(event(2, 60, "B"), ReminderMode::Tell));
    CHECK_TEXT_EQUAL("0 A, 60 B, ", text(list.all()));
    CHECK_TRUE(list.find({kNews, kEvening + minutes(60)})->mode == ReminderMode::Tell);
    CHECK_TRUE(list.next_start() == kEvening);
    CHECK_TRUE(list.remove({kNews, kEvening}));
    CHECK_FALSE(list.remove({kNews, kEvening}));
    CHECK_TEXT_EQUAL("60 B, ", text(list.all()));
}

TEST(Reminders, AreBounded) {
    for (int i = 0; i < static_cast<int>(ReminderList::kMost); ++i) CHECK_TRUE(list.set(event(1, i, "A"), ReminderMode::Tell));
    CHECK_FALSE(list.set(event(1, 5000, "A"), ReminderMode::Tell));
    CHECK_TRUE(list.set(event(1, 0, "B"), ReminderMode::Tell));
}

TEST(Reminders, FollowAnEventThatMoves) {
    guide.apply({{schedule({incoming(1, 30, 30, "A"), incoming(2, 60, 30, "B")}, 0, 0), complete()}});
    list.set(event(1, 30, "A"), ReminderMode::Tell);
    list.set(event(2, 60, "B"), ReminderMode::Tell);
    CHECK_FALSE(list.follow(guide));
    guide.apply({{schedule({incoming(1, 45, 15, "A"), incoming(2, 200, 30, "B")}, 0, 1), complete()}});
    CHECK_TRUE(list.follow(guide));
    CHECK_TEXT_EQUAL("45 A, 200 B, ", text(list.all()));
    // What the guide does not know any more stays.
    guide.apply({{schedule({}, 0, 2), complete()}});
    CHECK_FALSE(list.follow(guide));
    CHECK_TEXT_EQUAL("45 A, 200 B, ", text(list.all()));
}

TEST(Reminders, AnotherTitleAtTheSameTimeIsTakenOver) {
    list.set(event(1, 30, "A"), ReminderMode::Tell);
    guide.apply({{schedule({incoming(1, 30, 30, "A, live")})}});
    CHECK_TRUE(list.follow(guide));
    CHECK_TEXT_EQUAL("30 A, live, ", text(list.all()));
}

TEST(Reminders, WhereOneIdIsForEverythingNothingMoves) {
    list.set(event(1, 100, "C"), ReminderMode::Tell);
    guide.apply({{schedule({incoming(1, 0, 30, "A"), incoming(1, 30, 30, "B")})}});
    CHECK_FALSE(list.follow(guide));
    CHECK_TEXT_EQUAL("100 C, ", text(list.all()));
}

TEST(Reminders, AreDueALittleBeforeAndNotLongAfter) {
    for (int at : {-60, -10, 0, 2, 30}) list.set(event(0, at, "E"), ReminderMode::Tell);
    CHECK_TEXT_EQUAL("-10 E, 0 E, 2 E, ", text(list.take_due(kEvening, minutes(3))));
    CHECK_TEXT_EQUAL("30 E, ", text(list.all()));
    CHECK_TEXT_EQUAL("", text(list.take_due(kEvening, minutes(3))));
}

TEST(Reminders, AreKeptInAFileOfTheirOwn) {
    ReminderFile file(folder.path() / "reminders.xml");
    CHECK_TEXT_EQUAL("", text(file.load()->all()));
    list.set(event(7, 60, "新闻 \"夜\" & <话>"), ReminderMode::Switch);
    list.set(event(0, 90, "B"), ReminderMode::Tell);
    CHECK_GOOD(file.save(list));
    auto loaded = file.load();
    CHECK_GOOD(loaded);
    CHECK_TRUE(loaded->all() == list.all());
}

TEST(Reminders, ADamagedFileIsMovedAsideAndTold) {
    auto path = folder.write("reminders.xml", "<reminders><reminder channel='x'/>");
    ReminderFile file(path);
    auto loaded = file.load();
    CHECK_FALSE(loaded.has_value());
    STRCMP_CONTAINS("was damaged", loaded.error().message.c_str());
    CHECK_TRUE(std::filesystem::exists(path.string() + ".damaged"));
    CHECK_GOOD(file.load());
}
