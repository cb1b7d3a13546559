#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using platform::ApplicationResult;
using platform::Refusal;
using Kind = FakeAppointmentClient::Kind;
using Reason = platform::AppointmentFailure::Reason;

namespace {

ApplicationResult permit(std::string state = "ready") {
    return {.receipt = "…4711",
            .state = std::move(state),
            .guide = "",
            .name = "居住证办理",
            .say = "请带身份证到窗口领取",
            .telephone = "000-8800-1001",
            .updated = kMonday - 72h};
}

}  // namespace

// clang-format off
TEST_GROUP(Results) {
    Television tv;

    void ask(std::string_view digits) {
        tv.from_home("6");
        tv.press(digits);
        tv.press("OK");
    }
};
// clang-format on

TEST(Results, AreAskedForByTheLastDigitsOfTheReceipt) {
    tv.press("6");
    CHECK_TEXT_EQUAL("results", tv.page().id);
    CHECK_TRUE(tv.shows("4 到 8 位"));
    tv.press("4 7 2 LEFT 1 1");
    CHECK_TEXT_EQUAL("4711_", tv.focused());
    tv.press("OK");
    CHECK_TRUE(tv.appointments.last().kind == Kind::Results);
    CHECK_TEXT_EQUAL("4711", tv.appointments.last().digits);
    CHECK_TRUE(tv.shows("正在联系社区平台"));
}

TEST(Results, TakeFourToEightDigits) {
    std::size_t before = tv.appointments.questions.size();
    ask("4 7 1");
    CHECK_TRUE(tv.shows("至少输入 4 位"));
    UNSIGNED_LONGS_EQUAL(before, tv.appointments.questions.size());
    tv.press("1 2 3 4 5 6 7 8 OK");
    CHECK_TEXT_EQUAL("47112345", tv.appointments.last().digits);
}

TEST(Results, SayHowItStandsInPlainWordsWithTheTelephone) {
    for (auto [state, words] : {std::pair{"received", "已收到您的申请"},
                                {"working", "正在办理"},
                                {"more-papers", "还需要补材料"},
                                {"ready", "已经办好，可以领取"},
                                {"refused", "没有获得批准"},
                                {"collected", "已经领走"},
                                {"of-a-later-version", "请打电话问办事处"}}) {
        ask("4 7 1 1");
        tv.appointments.answer(std::vector{permit(state)});
        CHECK_TEXT_EQUAL("result", tv.page().id);
        std::string all;
        look_at_all_pages(tv, [&] { all += tv.text(); });
        for (const char* part : {words, "居住证办理", "请带身份证到窗口领取", "000-8800-1001", "…4711", "11月20日"})
            CHECK_TRUE_TEXT(all.contains(part), (std::string(part) + "\n" + all).c_str());
    }
}

TEST(Results, LeadToTheirGuideAndBack) {
    tv.press("4");
    auto guides = tv.content->items(content::Board::Guides, "", SampleCity::community().chain(), tv.clock.now());
    CHECK_GOOD(guides);
    ApplicationResult result = permit();
    result.guide = guides->front().key.str();
    ask("4 7 1 1");
    tv.appointments.answer(std::vector{result});
    while (!tv.focused().contains("看指南")) tv.press("RIGHT");
    tv.press("OK");
    CHECK_TEXT_EQUAL("guide", tv.page().id);
    CHECK_TEXT_EQUAL(guides->front().title, tv.page().title);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("result", tv.page().id);
}

TEST(Results, WithAGuideThatIsNotPublishedHereHaveNoButtonForIt) {
    ApplicationResult result = permit();
    for (const char* guide : {"12#not-there", "99/0001#far-away", "not a key at all"}) {
        result.guide = guide;
        ask("4 7 1 1");
        tv.appointments.answer(std::vector{result});
        look_at_all_pages(tv, [&] { CHECK_FALSE(tv.shows("看指南")); });
    }
}

TEST(Results, SeveralOfTheSameEndAreAList) {
    ask("4 7 1 1");
    ApplicationResult other = permit("working");
    other.name = "老年优待证";
    tv.appointments.answer(std::vector{permit(), other});
    CHECK_TEXT_EQUAL("results.found", tv.page().id);
    tv.press("2");
    CHECK_TEXT_EQUAL("老年优待证", tv.page().title);
    tv.press("BACK");
    CHECK_TEXT_EQUAL("results.found", tv.page().id);
}

TEST(Results, NothingFoundKeepsTheDigits) {
    ask("4 7 1 1");
    tv.appointments.answer(std::vector<ApplicationResult>());
    CHECK_TRUE(tv.shows("没有找到 4711"));
    CHECK_TEXT_EQUAL("4711_", tv.focused());
    tv.press("LEFT 2");
    CHECK_FALSE(tv.shows("没有找到"));
    CHECK_TEXT_EQUAL("4712_", tv.focused());
}

TEST(Results, OutOfReachSayWhomToCallAndCanBeTriedAgain) {
    ask("4 7 1 1");
    tv.appointments.fail(Reason::Unreachable);
    std::string all;
    look_at_all_pages(tv, [&] { all += tv.text(); });
    CHECK_TRUE(all.contains("现在联系不上社区平台"));
    CHECK_TRUE(all.contains("000-8800-"));
    tv.press("OK");
    CHECK_TEXT_EQUAL("4711_", tv.focused());
}

TEST(Results, AskedForTooOftenSayHowLongToWait) {
    ask("4 7 1 1");
    tv.appointments.refuse({.reason = Refusal::Reason::TooMany, .seconds = 601s});
    CHECK_TRUE(tv.shows("11 分钟后再试"));
}

TEST(Results, AreNotForABoxThatIsNotRegistered) {
    ask("4 7 1 1");
    tv.appointments.refuse({.reason = Refusal::Reason::UnknownBox});
    CHECK_TRUE(tv.shows("还没有登记"));
}

TEST(Results, CanBeCancelledWhileAsking) {
    ask("4 7 1 1");
    auto ticket = tv.appointments.last().ticket;
    tv.press("OK");
    CHECK_TEXT_EQUAL("4711_", tv.focused());
    // The late answer is nobody's.
    tv.appointments.answer(ticket, std::vector{permit()});
    CHECK_TEXT_EQUAL("results", tv.page().id);
}

TEST(Results, DoNotStayOnTheScreen) {
    ask("4 7 1 1");
    tv.appointments.answer(std::vector{permit()});
    tv.pass(121s);
    CHECK_FALSE(tv.page().message.empty());
    tv.pass(21s);
    CHECK_FALSE(tv.shows("居住证办理"));
    tv.from_home("6");
    CHECK_TEXT_EQUAL("_", tv.focused());
    CHECK_FALSE(tv.log.lines().contains("4711"));
}
