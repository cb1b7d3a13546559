#include "stb-app/box.h"

#include <utility>

#include "middleware/base/format.h"
#include "middleware/base/memory.h"

namespace linli::app {

using base::Result;

namespace {

/// Without a key for this long, memory that is not needed is given back.
constexpr std::chrono::seconds kRestAfter{2};

bool has_network(const BoxOptions& options) { return !options.platform_url.empty() || !options.publication_urls.empty(); }

platform::NetworkOptions network_options_of(const BoxOptions& options) {
    auto publication_urls = options.publication_urls;
    if (publication_urls.empty()) publication_urls.push_back(options.platform_url + "/publication");
    return {.sync = {.base_urls = std::move(publication_urls),
                     .area = options.area,
                     .content_file = options.data / "content.db",
                     .object_folder = options.data / "objects",
                     .trust_folder = options.data / "trust",
                     .root_file = options.root_file,
                     .box_id = options.box_id,
                     .bounds = options.sync_bounds,
                     .object_quota = options.object_quota,
                     .http = options.http},
            .appointments = {.base_url = options.platform_url + "/appointments",
                             .box_token = options.box_token,
                             .journal = options.data / "changes.journal",
                             .http = options.http}};
}

}  // namespace

Result<Box::Stores> Box::open_stores(const BoxOptions& options) {
    LINLI_TRY(metrics, text::FontMetrics::open(options.fonts));
    // Sync examines the store thoroughly, after the first frame; a box without sync does it here.
    using Examination = content::ContentStore::Examination;
    auto examination = has_network(options) ? Examination::Brief : Examination::Thorough;
    // On a disk that is full or cannot be written the last content is still shown; where even that cannot be read the
    // television comes up with an empty store in memory.
    std::string trouble;
    auto content = content::ContentStore::open(options.data / "content.db", examination);
    if (!content) {
        trouble = content.error().message;
        content = content::ContentStore::open(options.data / "content.db", Examination::Frozen);
    }
    if (!content) content = content::ContentStore::open(":memory:", Examination::Brief);
    if (!content) return std::unexpected(content.error());
    LINLI_TRY(household, HouseholdStore::open(options.data / "household.db"));
    return Stores{std::move(metrics), std::move(*content), std::move(household), std::move(trouble)};
}

Box::Box(BoxOptions options, Stores stores, base::EventLoop& loop, base::Clock& clock, base::Log& log)
    : options_(std::move(options)),
      loop_(loop),
      clock_(clock),
      log_(log),
      stores_(std::move(stores)) {
    if (options_.live_uri.empty()) return;
    television_ = std::make_unique<TelevisionService>(TelevisionOptions{.tuner = options_.live_uri,
                                                                        .player = options_.player,
                                                                        .modules = options_.modules,
                                                                        .data = options_.data,
                                                                        .channel_file = options_.channel_file},
                                                      loop, clock, log);
}

std::unique_ptr<Box> Box::create(BoxOptions options, Stores stores, graphics::Display& display, base::EventLoop& loop,
                                 base::Clock& clock, base::Log& log) {
    std::unique_ptr<Box> box(new Box(std::move(options), std::move(stores), loop, clock, log));
    if (const std::string& notice = box->stores_.content.notice(); !notice.empty()) log.warning("content store: " + notice);
    for (const std::string& trouble : {box->stores_.trouble, box->stores_.household.trouble()})
        if (!trouble.empty()) log.error("the data folder cannot be used: " + trouble);
    box->application_ = std::make_unique<Application>(Application::Parts{
        .display = display,
        .metrics = *box->stores_.metrics,
        .content = box->stores_.content,
        .household = box->stores_.household,
        .clock = clock,
        .log = log,
        .area = box->options_.area,
        .objects = box->options_.data / "objects",
        .guide = box->television_ ? &box->television_->guide() : nullptr,
        .viewing = box->television_ ? &box->television_->viewing() : nullptr,
        .reminders = box->television_ ? &box->television_->reminders() : nullptr,
        .playback = box->television_ ? &box->television_->playback() : nullptr,
        .object_address = [box = box.get()](const std::string& sha256) { return box->object_address(sha256); },
        .reception = box->television_ ? [service = box->television_.get()] { return service->reception(); } : std::function<Reception()>(),
        .start = box->options_.start,
    });
    box->application_->show();
    box->schedule_tick();
    return box;
}

Box::~Box() {
    *is_alive_ = false;
    loop_.stop_timer(tick_timer_);
    loop_.stop_timer(rest_timer_);
    xmltv_.reset();
    network_.reset();
}

std::string Box::object_address(const std::string& sha256) const {
    std::error_code ignored;
    std::filesystem::path file = std::filesystem::absolute(options_.data / "objects" / sha256, ignored);
    if (std::filesystem::exists(file, ignored)) return "file://" + file.string();
    return network_ == nullptr ? std::string() : network_->object_address(sha256);
}

void Box::start_services() {
    if (has_network(options_)) start_network();
    if (television_ == nullptr) return;
    start_television();
    if (!options_.xmltv.empty()) start_xmltv();
}

void Box::start_network() {
    platform::NetworkOptions network_options = network_options_of(options_);
    auto on_status = [this, alive = is_alive_](const platform::SyncStatus& status) {
        if (!*alive) return;
        is_syncing_ = status.state == platform::SyncStatus::State::Running || status.state == platform::SyncStatus::State::Never;
        wants_answered_ = status.wants_answered;
        asks_answered_ = status.asks_answered;
        if (!status.store_notice.empty() && !std::exchange(has_reopened_store_, true)) reopen_content();
        application_->hear_sync(status);
        schedule_tick();
        schedule_rest();
    };
    auto network = platform::load_network((options_.modules / "linli_network.so").string(), std::move(network_options), loop_,
                                          clock_, log_, std::move(on_status));
    if (!network) {
        log_.error(network.error().message);
        return;
    }
    network_ = std::move(*network);
    network_->appointments().set_listener([this, alive = is_alive_](platform::AppointmentAnswer answer) {
        if (*alive) application_->hear_appointment(answer);
    });
    network_->appointments().set_settled_listener([this, alive = is_alive_](platform::SettledChange change) {
        if (*alive) application_->hear_settled(change);
    });
    application_->use_appointments(&network_->appointments());
    application_->on_want_object([this](std::string sha256) {
        ++wants_;
        network_->want_object(std::move(sha256));
    });
    is_syncing_ = true;
    network_->start();
}

void Box::reopen_content() {
    // Ours is the file that was moved aside.
    auto content = content::ContentStore::open(options_.data / "content.db", content::ContentStore::Examination::Brief);
    if (content) stores_.content = std::move(*content);
    else log_.error("content store: " + content.error().message);
}

void Box::start_television() {
    // The screens go before the television does: what it tells then is for nobody.
    auto alive = is_alive_;
    television_->start({.on_guide = [this, alive] {
                            if (!*alive) return;
                            application_->hear_guide();
                            schedule_tick();
                            tell_channels();
                        },
                        .on_viewing = [this, alive] {
                            if (!*alive) return;
                            application_->hear_viewing();
                            schedule_tick();
                        },
                        .on_picture = [this, alive](auto picture) {
                            if (*alive) application_->show_picture(std::move(picture));
                        }});
    application_->on_reminders([this] {
        television_->save_reminders();
        schedule_tick();
    });
    application_->on_live_area([this](std::optional<graphics::Rect> area) { television_->follow_live_area(area); });
}

void Box::start_xmltv() {
    XmltvSourceOptions options{.address = options_.xmltv,
                               .untold_zone = options_.xmltv_offset,
                               .channel_file = television_->channel_file(),
                               .box_id = options_.box_id,
                               .bounds = {.least = options_.sync_bounds.least,
                                          .most = options_.xmltv_interval,
                                          .start_spread = options_.sync_bounds.start_spread},
                               .settles = options_.xmltv_settles,
                               .http = options_.http};
    XmltvSource::Listeners listeners{.on_events = [this](const epg::GuideUpdate& update) { television_->take_events(update); },
                                     .on_status = [this](const XmltvStatus& status) {
                                         channels_seen_ = status.channels_seen;
                                         application_->hear_xmltv(status);
                                     }};
    auto source = load_xmltv_source(options_.modules / "linli_xmltv_source.so", std::move(options), loop_, clock_, log_, std::move(listeners));
    if (!source) {
        log_.error(source.error().message);
        return;
    }
    xmltv_ = std::move(*source);
    tell_channels();
    xmltv_->start();
}

void Box::tell_channels() {
    const auto& channels = television_->guide().channels();
    if (xmltv_ == nullptr || (channels_told_ > 0 && channels == told_channels_)) return;
    told_channels_ = channels;
    ++channels_told_;
    xmltv_->set_channels(channels);
}

void Box::press(input::Key key) {
    application_->press(key);
    schedule_tick();
    schedule_rest();
}

void Box::schedule_rest() {
    loop_.stop_timer(rest_timer_);
    rest_timer_ = loop_.start_timer(kRestAfter, [this] {
        const text::FontFiles& fonts = options_.fonts;
        std::string files[] = {fonts.regular.path, fonts.bold.path, fonts.symbols.path, fonts.fallback.path};
        if (auto backed_up = stores_.household.back_up_when_due(); !backed_up)
            log_.warning(base::format("household: no backup: {}", backed_up.error().message));
        stores_.content.give_back_memory();
        base::give_back_memory(files);
    });
}

void Box::sync_now() {
    if (network_ == nullptr) return;
    ++asks_;
    network_->sync_now();
}

void Box::set_network(bool is_on) {
    if (xmltv_ != nullptr) xmltv_->set_network(is_on);
    if (network_ == nullptr) return;
    // Sync is tried as soon as the network is back.
    if (is_on) ++asks_;
    network_->set_network(is_on);
}

bool Box::is_idle() {
    return !is_syncing_ && asks_ == asks_answered_ && wants_ == wants_answered_ && channels_told_ == channels_seen_ &&
           !application_->is_waiting() && !application_->is_asking_for_reminders();
}

void Box::schedule_tick() {
    loop_.stop_timer(tick_timer_);
    auto delay = std::chrono::ceil<std::chrono::milliseconds>(application_->next_tick() - clock_.steady());
    tick_timer_ = loop_.start_timer(std::max(delay, std::chrono::milliseconds(1)), [this] {
        application_->tick();
        schedule_tick();
    });
}

}  // namespace linli::app
