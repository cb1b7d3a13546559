#include "content/content_store.h"
#include "content/checker.h"
#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/graphics/directfb_library.h"
#include "stb-app/application.h"
#include "tests/bench/core_bench.h"

namespace linli::bench {
namespace {

using base::format;

std::string describe(const app::Shape& shape) {
    using Kind = app::Shape::Kind;
    const char* kind = shape.kind == Kind::Text ? "Text" : shape.kind == Kind::Live ? "Live" : "Card";
    std::string text;
    for (char c : shape.text) text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    const auto& area = shape.area;
    return format("        {{Kind::{}, {{{}, {}, {}, {}}}, 0x{:02X}{:02X}{:02X}, {}, {}, {}, {}, {}, \"{}\"}},\n", kind, area.x, area.y,
                  area.width, area.height, shape.color.red, shape.color.green, shape.color.blue, shape.radius,
                  static_cast<int>(shape.font.face), shape.font.size, static_cast<int>(shape.x + 0.5f), shape.baseline, text);
}

}  // namespace

base::Result<void> dump_frames(const std::filesystem::path& sample, const std::filesystem::path& file) {
    std::vector<std::string> none;
    LINLI_TRY(directfb, graphics::DirectFbLibrary::start(none, {"system=dummy"}));
    text::FontFiles fonts;
    LINLI_TRY(metrics, text::FontMetrics::open(fonts));
    LINLI_TRY(display, directfb->open_virtual_display({1280, 720}, fonts, {}));
    auto work = std::filesystem::temp_directory_path() / format("linli-dump-{}", ::getpid());
    LINLI_TRY(store, content::ContentStore::open(work / "content.db"));
    for (auto& [area, items] : content::load_folder(sample).areas) {
        LINLI_TRY(update, store.replace(area));
        for (auto& loaded : items) LINLI_CHECK(update.add(loaded.item, content::write_item(loaded.item)));
        LINLI_CHECK(update.commit({.sequence = 1}));
    }
    LINLI_TRY(household, app::HouseholdStore::open(work / "household.db"));
    base::SettableClock clock(*base::parse_instant("2026-11-23T09:00:00+08:00"));
    auto log = base::make_silent_log();
    app::Application application({.display = *display, .metrics = *metrics, .content = store, .household = household, .clock = clock,
                                  .log = *log, .area = *content::AreaCode::parse(kArea), .objects = work / "objects",
                                  .start = app::StartScreen::Home});
    application.show();

    struct Look {
        int screen;
        app::Frame frame;
    };
    std::vector<Look> looks;
    auto take = [&](int screen, std::initializer_list<input::Key> keys) {
        for (input::Key key : keys) application.press(key);
        looks.push_back({screen, application.frame()});
    };
    using input::Key;
    take(0, {});
    take(0, {Key::Down});
    take(1, {Key::Digit1});
    for (int row = 0; row < 3; ++row) take(1, {Key::Down});
    take(2, {Key::Right});
    for (int row = 0; row < 3; ++row) take(2, {Key::Down});

    std::string out;
    for (std::size_t i = 0; i < looks.size(); ++i) {
        std::size_t next = i + 1;
        if (next == looks.size() || looks[next].screen != looks[i].screen)
            for (next = i; next > 0 && looks[next - 1].screen == looks[i].screen;) --next;
        out += format("    {{{},\n     {{\n", looks[i].screen);
        for (const app::Shape& shape : looks[i].frame.shapes) out += describe(shape);
        out += "     },\n     {";
        for (const auto& area : app::changed_areas(looks[i].frame, looks[next].frame))
            out += format("{{{}, {}, {}, {}}}, ", area.x, area.y, area.width, area.height);
        out += "}},\n";
    }
    std::filesystem::remove_all(work);
    return base::write_file_atomically(file, out);
}

}  // namespace linli::bench
