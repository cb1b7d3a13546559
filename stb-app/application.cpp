#include "stb-app/application.h"

#include "stb-app/screens/screen_list.h"
#include "stb-app/settled_words.h"
#include "stb-app/television/xmltv_words.h"
#include "stb-app/words.h"

namespace linli::app {

using namespace std::chrono;
using input::Key;

namespace {

/// Home without a key returns to full-screen live after this. Source: NRTA 2023.
constexpr seconds kHomePause{20};
/// A page with personal data asks after this, and leaves when no key answers. Source: WCAG 2.2 §2.2.1.
constexpr seconds kPersonalPause{120};
constexpr seconds kPersonalQuestion{20};

/// The name of what is kept in the household's store.
constexpr const char* kLastChannel = "last-channel";

/// The screens that Settings opens lie upon it: Menu leads back to it there.
bool is_below_settings(std::string_view id) { 
    return id == "text-size" || id == "language" || id == "diagnostics" || id == "reminder-day" || id == "reminder-hours";
}

TextSize next_size(TextSize size) { return static_cast<TextSize>((static_cast<int>(size) + 1) % kTextSizeCount); }

}  // namespace

Application::Application(Parts parts)
    : parts_(parts),
      typesetter_(parts.metrics),
      context_{.content = parts.content,
               .household = parts.household,
               .clock = parts.clock,
               .log = parts.log,
               .chain = parts.area.chain(),
               .objects = parts.objects,
               .settings = parts.household.settings(),
               .guide = parts.guide,
               .viewing = parts.viewing,
               .reminders = parts.reminders,
               .playback = parts.playback,
               .object_address = parts.object_address,
               .reception = parts.reception},
      navigator_(make_home_screen(context_), [this] { return make_live_screen(context_); }),
      announcements_(context_),
      programmes_(context_, announcements_),
      reminders_(context_, announcements_),
      painter_(parts.display),
      last_key_(parts.clock.steady()) {
    context_.diagnostics = [this] {
        Size size = parts_.display.canvas().size();
        std::vector<std::pair<std::string, std::string>> facts;
        if (xmltv_) facts = words::xmltv_facts(context_, *xmltv_);
        facts.emplace_back(context_.tr("Screen"), base::format("{} × {}", size.width, size.height));
        facts.emplace_back(context_.tr("Drawing failures"), std::to_string(parts_.display.canvas().failures()));
        return facts;
    };
    if (context_.viewing != nullptr) {
        remembered_channel_ = epg::ServiceId::parse(parts_.household.note(kLastChannel));
        context_.viewing->start(remembered_channel_);
    }
    relayout();
    if (parts_.start == StartScreen::Live) navigator_.apply(GoLive{});
}

Application::~Application() = default;

void Application::relayout() {
    context_.text = text::Catalog(context_.settings.language);
    theme_ = std::make_unique<Theme>(parts_.display.canvas().size(), context_.settings.text_size);
    layouter_ = std::make_unique<Layouter>(*theme_, typesetter_);
    context_.layouter = layouter_.get();
    navigator_.reload();
}

void Application::show() {
    is_shown_ = true;
    refresh();
}

void Application::press(Key key) {
    last_key_ = parts_.clock.steady();
    // The key that answers the question does nothing else, but for the way home.
    bool is_answer = leaves_at_.has_value() && key != Key::Home;
    leaves_at_.reset();
    if (is_answer) return refresh();
    if (auto action = announcements_.press(key)) apply(std::move(*action));
    else if (!handle_everywhere(key)) apply(navigator_.top().press(key));
    refresh();
}

bool Application::handle_everywhere(Key key) {
    switch (key) {
        case Key::Home: apply(GoHome{}); return true;
        case Key::Back:
            // From Home there is one step back left: the television itself.
            apply(navigator_.is_home() ? Action(GoLive{}) : Action(GoBack{}));
            return true;
        case Key::Menu:
            if (is_below_settings(page_.id)) apply(GoBack{});
            else if (page_.id != "settings") apply(Open{make_settings_screen(context_)});
            return true;
        case Key::Guide:
            if (page_.id != "tv-guide") apply(Open{make_now_next_screen(context_)});
            return true;
        case Key::Red: {
            Settings settings = context_.settings;
            settings.text_size = next_size(settings.text_size);
            adopt(settings);
            return true;
        }
        default: return false;
    }
}

void Application::apply(Action action) {
    if (auto* change = std::get_if<Change>(&action)) {
        adopt(change->settings);
    } else if (auto* watch = std::get_if<Watch>(&action)) {
        if (context_.viewing != nullptr) context_.viewing->watch(watch->channel);
        navigator_.apply(GoLive{});
    } else if (auto* wish = std::get_if<Remind>(&action)) {
        remind(*wish);
    } else {
        navigator_.apply(std::move(action));
    }
}

void Application::announce(Announcement announcement) {
    announcements_.add(std::move(announcement));
    refresh();
}

void Application::withdraw_announcement(std::string_view id) {
    announcements_.withdraw(id);
    refresh();
}

void Application::change_settings(const Settings& settings) {
    adopt(settings);
    refresh();
}

void Application::adopt(const Settings& settings) {
    context_.settings = settings;
    if (auto saved = parts_.household.save(settings); !saved)
        parts_.log.error("settings were not saved: " + saved.error().message);
    known_.reset();
    relayout();
}

std::optional<seconds> Application::pause_limit() {
    if (navigator_.is_home()) return kHomePause;
    if (navigator_.is_personal()) return kPersonalPause;
    return std::nullopt;
}

void Application::tick() {
    auto now = parts_.clock.steady();
    if (auto wakes = navigator_.top().wakes_at(); wakes && now >= *wakes) apply(navigator_.top().wake());
    announcements_.expire();
    // What it counts goes on while it is looked at.
    if (page_.id == "diagnostics") navigator_.top().reload();
    reminders_.tick();
    if (auto due = programmes_.tick(); due.has_changed) {
        if (reminder_listener_) reminder_listener_();
        if (due.channel) apply(Watch{*due.channel});
    }
    if (leaves_at_) {
        if (now >= *leaves_at_) {
            leaves_at_.reset();
            navigator_.go_home();
            last_key_ = now;
        }
    } else if (auto limit = pause_limit(); limit && now - last_key_ >= *limit) {
        if (navigator_.is_home())
            navigator_.apply(GoLive{});
        else
            leaves_at_ = now + kPersonalQuestion;
    }
    refresh();
}

steady_clock::time_point Application::next_tick() {
    auto now = parts_.clock.steady();
    // The next minute of the clock on the screen.
    auto next = now + seconds(60 - parts_.clock.now().time_since_epoch().count() % 60);
    if (leaves_at_) next = std::min(next, *leaves_at_);
    else if (auto limit = pause_limit()) next = std::min(next, last_key_ + *limit);
    if (auto wakes = navigator_.top().wakes_at()) next = std::min(next, *wakes);
    if (auto today = context_.now())
        for (auto time : {announcements_.next_end(), programmes_.next()})
            if (time) next = std::min(next, now + (*time - *today));
    return std::max(next, now);
}

void Application::use_appointments(platform::AppointmentClient* client) {
    context_.appointments = client;
    reminders_.ask_soon();
    reminders_.tick();
}

void Application::hear_appointment(const platform::AppointmentAnswer& answer) {
    navigator_.hear(answer);
    reminders_.hear(answer);
    if (context_.appointments != nullptr)
        if (auto settled = context_.left_changes.hear(answer, *context_.appointments)) hear_settled(*settled);
    reminders_.tick();
    refresh();
}

void Application::hear_settled(const platform::SettledChange& change) {
    Announcement announcement;
    announcement.id = base::format("settled change {}", ++settled_changes_);
    announcement.symbol = "calendar-check";
    announcement.title = context_.tr("Appointments");
    announcement.sentences = {words::settled_change(context_, change)};
    announce(std::move(announcement));
}

void Application::hear_guide() {
    if (context_.viewing != nullptr) context_.viewing->follow_guide();
    navigator_.reload();
    refresh();
}

void Application::hear_xmltv(const XmltvStatus& status) {
    xmltv_ = status;
    if (page_.id != "diagnostics") return;
    navigator_.top().reload();
    refresh();
}

void Application::remind(const Remind& wish) {
    if (context_.reminders == nullptr) return;
    if (wish.mode) context_.reminders->set(wish.event, *wish.mode);
    else context_.reminders->remove(wish.event.key());
    if (reminder_listener_) reminder_listener_();
    navigator_.reload();
}

void Application::remember_channel() {
    const epg::Channel* channel = context_.viewing == nullptr ? nullptr : context_.viewing->channel();
    if (channel == nullptr || channel->id == remembered_channel_) return;
    remembered_channel_ = channel->id;
    if (auto saved = parts_.household.save_note(kLastChannel, channel->id.str()); !saved)
        parts_.log.warning("the channel was not kept: " + saved.error().message);
}

void Application::hear_sync(const platform::SyncStatus& status) {
    bool has_new_content = status.areas_changed > 0;
    bool has_new_pictures = status.objects_fetched != context_.sync.objects_fetched;
    // After each round pictures that have not come are asked for again.
    using State = platform::SyncStatus::State;
    bool asks_again = status.state == State::Fresh && context_.sync.state != State::Fresh && has_wanted_object_;
    context_.sync = status;
    if (has_new_content) known_.reset();
    if (has_new_content || has_new_pictures || asks_again) {
        has_wanted_object_ = false;
        navigator_.reload();
    }
    if (page_.id == "diagnostics") navigator_.top().reload();
    refresh();
}

void Application::on_want_object(std::function<void(std::string)> listener) {
    context_.want_object = [this, listener = std::move(listener)](std::string sha256) {
        has_wanted_object_ = true;
        listener(std::move(sha256));
    };
    // What is open may have asked in vain.
    navigator_.reload();
    refresh();
}

void Application::show_picture(std::shared_ptr<const graphics::Image> picture) {
    bool had_picture = context_.has_picture;
    context_.has_picture = picture != nullptr;
    painter_.show_picture(std::move(picture));
    if (had_picture != context_.has_picture) refresh();
}

void Application::on_live_area(std::function<void(std::optional<graphics::Rect>)> listener) {
    live_listener_ = std::move(listener);
    if (is_shown_ && live_listener_) live_listener_(live_area_);
}

const Application::Known& Application::known() {
    if (known_) return *known_;
    auto area = parts_.content.area(parts_.area);
    known_.emplace(area && *area ? (*area)->name : context_.tr("Linli TV"));
    for (const content::AreaCode& code : context_.chain)
        if (auto version = parts_.content.version(code); version && *version)
            known_->published = std::max(known_->published.value_or((*version)->published), (*version)->published);
    return *known_;
}

StatusLine Application::status_line() {
    StatusLine status;
    status.place = known().area_name;
    auto now = context_.now();
    status.time = now ? words::date_and_time(context_, *now) : context_.tr("Time not known yet");
    words::Freshness freshness = words::freshness(context_, known().published);
    status.freshness = freshness.text;
    status.is_warning = freshness.is_warning;
    return status;
}

void Application::refresh() {
    if (!is_shown_) return;
    remember_channel();
    StatusLine status = status_line();
    if (layouter_->set_status(status)) navigator_.reload();
    page_ = navigator_.top().describe();
    page_.status = std::move(status);
    if (!leaves_at_) announcements_.describe(page_);
    else page_.message = context_.tr("Are you still there? Press any key to stay on this page.");
    Frame frame = layouter_->lay_out(page_);
    auto live = frame.live;
    painter_.paint(std::move(frame));
    if (live != live_area_) {
        live_area_ = live;
        if (live_listener_) live_listener_(live_area_);
    }
}

}  // namespace linli::app
