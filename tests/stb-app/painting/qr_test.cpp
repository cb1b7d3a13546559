#include "stb-app/appointment_calendar.h"

#include "middleware/base/format.h"
#include "middleware/graphics/qr_code.h"
#include "stb-app/painting/painter.h"
#include "tests/stb-app/support/layout_faults.h"
#include "tests/stb-app/support/tour.h"
#include "tests/support/check.h"
#include "tests/support/directfb.h"
#include "tests/support/qr_reader.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using namespace std::chrono_literals;
using app::appointment_qr_text;
using app::TextSize;
using platform::Appointment;

namespace {

Appointment check_up() {
    return {.number = "YY-1127-0203",
            .service = "12/0101#health-check",
            .service_name = "老年人免费体检",
            .state = platform::AppointmentState::Booked,
            .start = kMonday + 24h,
            .duration = 30min,
            .place = "河湾区样例老年健康服务中心",
            .address = "河湾区康宁路88号老年健康服务中心二层体检区",
            .telephone = "000-8800-1101"};
}

/// A page as a confirmation has it, on a screen of its own.
struct Shown {
    Shown(graphics::Size screen, TextSize size) : theme(screen, size) {
        auto opened = directfb().open_virtual_display(screen, text::FontFiles(), {});
        CHECK_GOOD(opened);
        display = std::move(*opened);
        page.id = "booked";
        page.status = {"听涛苑社区", "11月23日 星期一 09:00", "内容已是最新", false};
        page.title = "已预约";
        page.elements = {app::QrElement{appointment_qr_text(check_up()), "用手机扫一扫，把预约存进手机日历"}, app::ButtonElement{"返回"}};
        page.focus = 1;
        page.legend = {{{input::Key::Ok}, "返回"}, {{input::Key::Home}, "首页"}};
        text::Typesetter typesetter(test_metrics());
        app::Layouter layouter(theme, typesetter);
        layouter.set_status(page.status);
        pages = layouter.paginate(page, page, {page.elements.front()}).size();
        frame = layouter.lay_out(page);
        app::Painter(*display).paint(frame);
    }
    app::Theme theme;
    std::unique_ptr<graphics::Display> display;
    app::Page page;
    app::Frame frame;
    std::size_t pages = 0;
};

const app::Shape& code_of(const app::Frame& frame) {
    for (const app::Shape& shape : frame.shapes)
        if (shape.kind == app::Shape::Kind::QrCode) return shape;
    FAIL("there is no code");
    return frame.shapes.front();
}

}  // namespace

// clang-format off
TEST_GROUP(Qr) {};
// clang-format on

TEST(Qr, ATelephoneReadsItFromEveryScreenAtEveryTextSize) {
    for (graphics::Size screen : {graphics::Size{1920, 1080}, {1280, 720}, {720, 576}}) {
        for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge}) {
            Shown shown(screen, size);
            std::string place = base::format("{} lines, text size {}", screen.height, static_cast<int>(size));
            STRCMP_EQUAL_TEXT(appointment_qr_text(check_up()).c_str(), read_qr_code(shown.display->canvas().read()).c_str(),
                              place.c_str());
            STRCMP_EQUAL_TEXT("", layout_faults(shown.page, shown.frame, shown.theme).c_str(), place.c_str());
            UNSIGNED_LONGS_EQUAL_TEXT(1, shown.pages, place.c_str());
        }
    }
}

TEST(Qr, ItsModulesAreWholePixelsAndFourOfThemAtLeastOn720Lines) {
    for (TextSize size : {TextSize::Standard, TextSize::Large, TextSize::ExtraLarge}) {
        Shown shown({1280, 720}, size);
        const app::Shape& code = code_of(shown.frame);
        auto modules = graphics::make_qr_code(code.text)->side_with_quiet_zone();
        LONGS_EQUAL(0, code.area.width % modules);
        CHECK_TRUE(code.area.width / modules >= 4);
        LONGS_EQUAL(code.area.width, code.area.height);
    }
}

TEST(Qr, IsALineOfThePageForAReader) {
    app::Page page;
    page.elements = {app::QrElement{"secret", "扫一扫"}};
    CHECK_TRUE(app::page_text(page).contains("[QR] 扫一扫"));
    CHECK_FALSE(app::page_text(page).contains("secret"));
    CHECK_FALSE(app::is_focusable(page.elements[0]));
}

TEST(Qr, WhatIsTooLongForACodeLeavesItsCaption) {
    Television tv;
    app::Page page = tv.page();
    page.arrangement = app::Arrangement::Column;
    page.elements = {app::QrElement{std::string(2000, 'x'), "扫一扫"}};
    bool has_caption = false;
    for (const app::Shape& shape : tv.frame(page).shapes) {
        CHECK_TRUE(shape.kind != app::Shape::Kind::QrCode);
        has_caption = has_caption || shape.text.contains("扫一扫");
    }
    CHECK_TRUE(has_caption);
}

TEST(Qr, AnAppointmentIsACalendarEventWithoutThePerson) {
    CHECK_TEXT_EQUAL(
        "BEGIN:VEVENT\r\nUID:YY-1127-0203\r\nDTSTART:20261124T010000Z\r\nDTEND:20261124T013000Z\r\nSUMMARY:老年人免费体检\r\n"
        "LOCATION:河湾区样例老年健康服务中心\\, 河湾区康宁路88号老年健康服务中心二层体检区\r\n"
        "DESCRIPTION:YY-1127-0203 ☎ 000-8800-1101\r\nEND:VEVENT\r\n",
        appointment_qr_text(check_up()));
}

TEST(Qr, AnAppointmentFitsIntoACodeOf65ModulesHoweverLongItsNamesAre) {
    Appointment appointment = check_up();
    std::string& name = appointment.service_name;
    for (int i = 0; i < 40; ++i) {
        name += "体检";
        appointment.place += "二楼";
        appointment.address += "，东侧";
        auto code = graphics::make_qr_code(appointment_qr_text(appointment));
        CHECK_GOOD(code);
        CHECK_TRUE(code->side <= 65);
    }
    appointment.number = appointment.telephone = std::string(1000, '7');
    CHECK_TRUE(graphics::make_qr_code(appointment_qr_text(appointment))->side <= 69);
}

TEST(Qr, AnAppointmentWithoutAStartHasNoEvent) {
    Appointment waiting = check_up();
    waiting.start.reset();
    CHECK_TEXT_EQUAL("", appointment_qr_text(waiting));
}

TEST(Qr, WhatAnOfficeWritesCannotAddLinesToTheEvent) {
    Appointment appointment = check_up();
    appointment.service_name = "a\r\nATTENDEE:b;c\\d";
    CHECK_TRUE(appointment_qr_text(appointment).contains("SUMMARY:a\\nATTENDEE:b\\;c\\\\d\r\n"));
}
