#include "tests/stb-app/support/television.h"

#include <algorithm>
#include <sstream>

#include "middleware/base/local_time.h"
#include "tests/support/check.h"
#include "tests/support/directfb.h"

#include "CppUTest/TestHarness.h"

namespace linli::tests {

namespace {

void prepare_process() {
    static const bool is_prepared = [] {
        base::set_time_zone("Asia/Shanghai");
        text::Catalog::install(LINLI_BUILD_DIR "/locale");
        return true;
    }();
    (void)is_prepared;
}

}  // namespace

text::FontMetrics& test_metrics() {
    static const std::unique_ptr<text::FontMetrics> metrics = [] {
        auto opened = text::FontMetrics::open(text::FontFiles());
        CHECK_GOOD(opened);
        return std::move(*opened);
    }();
    return *metrics;
}

std::vector<input::Key> keys(std::string_view names) {
    std::vector<input::Key> keys;
    std::istringstream words{std::string(names)};
    for (std::string word; words >> word;) {
        auto key = input::key_from_name(word);
        CHECK_TRUE_TEXT(key.has_value(), word.c_str());
        keys.push_back(*key);
    }
    return keys;
}

Television::Television(TelevisionOptions options)
    : objects_(options.objects.empty() ? SampleCity::shared().objects() : options.objects), receiving_(options.television) {
    prepare_process();
    if (receiving_ == Receiving::SampleChannels) fill_sample_guide(guide);
    auto opened = directfb().open_virtual_display(options.screen, text::FontFiles(), {});
    CHECK_GOOD(opened);
    display = std::move(*opened);
    if (options.content == Content::SampleCity) SampleCity::shared().copy_store_to(content_file());
    {
        auto store = app::HouseholdStore::open(household_file());
        CHECK_GOOD(store);
        CHECK_GOOD(store->save(options.settings));
    }
    open(options.start);
}

Television::~Television() {
    close();
}

void Television::close() {
    application.reset();
    viewing.reset();
    household.reset();
    content.reset();
}

void Television::open(app::StartScreen start) {
    auto opened = content::ContentStore::open(content_file());
    CHECK_GOOD(opened);
    content.emplace(std::move(*opened));
    auto store = app::HouseholdStore::open(household_file());
    CHECK_GOOD(store);
    household.emplace(std::move(*store));
    if (receiving_ != Receiving::Nothing) {
        viewing.emplace(guide, clock);
        viewing->on_tune([this](const epg::Channel& channel) { tuned.push_back(channel.id); });
    }
    playback.set_listeners({.on_play = [this](const app::Playback::Wish& wish) { played.push_back(wish); },
                            .on_stop = {}, .on_pause = {}, .on_seek = {}, .on_subtitles = {}});
    application = std::make_unique<app::Application>(app::Application::Parts{
        .display = *display,
        .metrics = test_metrics(),
        .content = *content,
        .household = *household,
        .clock = clock,
        .log = log,
        .area = SampleCity::community(),
        .objects = objects_,
        .guide = receiving_ == Receiving::Nothing ? nullptr : &guide,
        .viewing = viewing ? &*viewing : nullptr,
        .reminders = viewing ? &reminders : nullptr,
        .playback = &playback,
        .object_address = [](const std::string& sha256) { return "http://127.0.0.1/objects/" + sha256; },
        .reception = viewing ? [this] { return reception; } : std::function<app::Reception()>(),
        .start = start,
    });
    appointments.set_listener([this](const platform::AppointmentAnswer& answer) {
        application->hear_appointment(answer);
    });
    appointments.set_settled_listener([this](const platform::SettledChange& change) { application->hear_settled(change); });
    application->use_appointments(&appointments);
    application->on_want_object([this](std::string sha256) { wanted.push_back(std::move(sha256)); });
    application->show();
}

void Television::restart(app::StartScreen start) {
    close();
    open(start);
}

void Television::press(std::string_view names) {
    for (input::Key key : keys(names))
        press(key);
}

void Television::from_home(std::string_view names) {
    press(input::Key::Home);
    press(names);
}

void Television::pass(std::chrono::seconds time) {
    auto end = clock.steady() + time;
    while (clock.steady() < end) {
        auto step = std::min(application->next_tick(), end) - clock.steady();
        clock.advance(std::max(std::chrono::ceil<std::chrono::milliseconds>(step),
                               std::chrono::milliseconds(1)));
        application->tick();
    }
}

std::string Television::focused() const {
    CHECK_TRUE(page().focus < page().elements.size());
    return app::element_text(page().elements[page().focus]);
}

app::Theme Television::theme() const {
    return app::Theme(display->canvas().size(), application->settings().text_size);
}

app::Frame Television::frame() {
    return frame(page());
}

app::Frame Television::frame(const app::Page& page) {
    text::Typesetter typesetter(test_metrics());
    app::Theme now = theme();
    return app::Layouter(now, typesetter).lay_out(page);
}

void Television::tell_of_new_content() {
    platform::SyncStatus status;
    status.state = platform::SyncStatus::State::Fresh;
    status.last_success = clock.now();
    status.areas_changed = 1;
    application->hear_sync(status);
}

}  // namespace linli::tests
