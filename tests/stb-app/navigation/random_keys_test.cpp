#include <cstdio>
#include <random>

#include "middleware/base/format.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using platform::Refusal;
using Reason = platform::AppointmentFailure::Reason;

namespace {

constexpr unsigned kSeed = 20261123;
constexpr int kKeys = 10'000;

/// A viewer who presses what comes under the thumb, and a platform that answers as it likes.
class RandomViewer {
  public:
    explicit RandomViewer(Television& tv) : tv_(tv) {}

    void act() {
        // Mostly what leads somewhere; now and then any key there is.
        static constexpr const char* kUsual[] = {"UP", "DOWN", "DOWN", "LEFT", "RIGHT", "OK",
                                                 "OK", "OK",   "1",    "2",    "3",     "4",
                                                 "5",  "8",    "BACK", "GREEN", "YELLOW",
                                                 "0",  "GUIDE", "BLUE"};
        last_ = pick(4) == 0 ? static_cast<input::Key>(pick(input::kKeyCount))
                             : keys(kUsual[pick(std::size(kUsual))]).front();
        tv_.press(last_);
        if (pick(3) == 0) answer();
        if (pick(200) == 0) tv_.pass(std::chrono::seconds(pick(300)));
        if (pick(300) == 0) tv_.tell_of_new_content();
        if (pick(100) == 0) receive();
    }
    input::Key last() const { return last_; }

  private:
    std::size_t pick(std::size_t below) { return random_() % below; }

    /// The picture of the channel comes and goes, the guide changes, and now and then it is empty.
    void receive() {
        tv_.viewing->set_picture(static_cast<app::Picture>(pick(5)));
        tv_.viewing->set_tracks({.sounds = {pick(3), app::Track{"chi"}}, .subtitles = {pick(3), app::Track{"chi"}}});
        tv_.application->hear_viewing();
        if (pick(2) == 0) tv_.guide.set_channels({});
        else fill_sample_guide(tv_.guide);
        tv_.application->hear_guide();
    }

    void answer() {
        auto& platform = tv_.appointments;
        if (!platform.has_open_question()) return;
        switch (pick(8)) {
            case 0:
                platform.refuse({.reason = static_cast<Refusal::Reason>(pick(19)), .tries_left = 2});
                break;
            case 1: platform.fail(static_cast<Reason>(pick(2))); break;
            case 2: platform.answer(std::vector<platform::Reminder>()); break;
            case 3: {
                SampleOffice full = full_office();
                platform.answer_all(full);
                break;
            }
            default: platform.answer_all(office_);
        }
    }

    Television& tv_;
    SampleOffice office_;
    std::mt19937 random_{kSeed};
    input::Key last_ = input::Key::Home;
};

std::string faults_of(const app::Page& page) {
    std::string faults;
    if (page.elements.empty()) return "the page is empty\n";
    if (page.focus >= page.elements.size() || !app::is_focusable(page.elements[page.focus]))
        faults +=
            base::format("no element has the focus ({} of {})\n", page.focus, page.elements.size());
    if (page.legend.empty() && page.id != "live")
        faults += "the page does not say what the keys do\n";
    if (app::page_text(page).empty()) faults += "the page says nothing\n";
    return faults;
}

}  // namespace

// clang-format off
TEST_GROUP(RandomKeys) {};
// clang-format on

TEST(RandomKeys, NeverLoseTheFocusOrTheWayHome) {
    std::printf("\nseed %u\n", kSeed);
    Television tv({.screen = {720, 576}, .television = Receiving::SampleChannels});
    RandomViewer viewer(tv);
    for (int i = 0; i < kKeys; ++i) {
        viewer.act();
        std::string faults = faults_of(tv.page());
        if (!faults.empty())
            FAIL(base::format("after {} keys, the last {}: {}{}", i + 1,
                              input::key_name(viewer.last()), faults, tv.text())
                     .c_str());
        if (i % 50 == 0) {
            tv.press("HOME");
            CHECK_TEXT_EQUAL("home", tv.page().id);
        }
    }
    CHECK_EQUAL(0, tv.display->canvas().failures());
}

TEST(RandomKeys, BackLeadsOutOfEveryScreen) {
    Television tv({.screen = {720, 576}, .television = Receiving::SampleChannels});
    RandomViewer viewer(tv);
    for (int walk = 0; walk < 100; ++walk) {
        for (int i = 0; i < 20; ++i)
            viewer.act();
        // Home is the bottom; from there one more step leads to the television.
        for (std::size_t depth = tv.application->depth(); depth > 1; --depth) {
            CHECK_EQUAL(depth, tv.application->depth());
            tv.press("BACK");
        }
        CHECK_TEXT_EQUAL("home", tv.page().id);
        tv.press("BACK");
        CHECK_TEXT_EQUAL("live", tv.page().id);
    }
}
