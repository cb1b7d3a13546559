#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "middleware/media/player.h"
#include "platform/network/network.h"
#include "stb-app/application.h"
#include "stb-app/television/television_service.h"
#include "stb-app/television/xmltv_source.h"

namespace linli::app {

/// What an installation decides about a box.
struct BoxOptions {
    content::AreaCode area;
    /// Where content.db, household.db and objects/ live.
    std::filesystem::path data;
    /// Base URL of the platform ("http://127.0.0.1:8081"); empty: no appointments, and no network without the next.
    std::string platform_url;
    /// Where the publication is; empty: at the platform ("…/publication").
    std::vector<std::string> publication_urls;
    /// The provisioned root of the publication's keys.
    std::filesystem::path root_file;
    /// What proves the box to the platform.
    std::string box_token;
    /// What the television shows, as a URI (see media::Source); empty: nothing.
    std::string live_uri;
    /// Where pictures and sound go.
    media::PlayerOptions player;
    /// The operator's file of channels (docs/guide.md); empty: none.
    std::filesystem::path channel_file;
    /// A second source of programmes: a file or an address of XMLTV (docs/guide.md); empty: none.
    std::string xmltv;
    /// Between two readings of it; and how long it waits for the next channel to become known.
    std::chrono::seconds xmltv_interval{6 * 3600};
    /// East of UTC, of its times that name no zone.
    std::chrono::minutes xmltv_offset{0};
    std::chrono::milliseconds xmltv_settles{10'000};
    /// Where the modules (player, network, second source) are installed.
    std::filesystem::path modules;
    /// Any text that is another one for each box: it spreads the boxes over time.
    std::string box_id;
    platform::SyncBounds sync_bounds;
    std::uint64_t object_quota = 64u << 20;
    net::HttpOptions http;
    StartScreen start = StartScreen::Live;
    text::FontFiles fonts;
};

/// A box, put together: stores, screens, sync, appointments and the player around one display and one event loop.
/// linli-stb runs one; the simulator and the tests run them on virtual displays. UI thread only.
class Box {
  public:
    /// What a box reads before it can show anything.
    struct Stores {
        std::unique_ptr<text::FontMetrics> metrics;
        content::ContentStore content;
        HouseholdStore household;
        /// Why the content cannot be written; empty when all is well.
        std::string trouble;
    };
    static base::Result<Stores> open_stores(const BoxOptions& options);

    /// Shows the first frame. Nothing slower is started yet.
    static std::unique_ptr<Box> create(BoxOptions options, Stores stores, graphics::Display& display, base::EventLoop& loop,
                                       base::Clock& clock, base::Log& log);
    ~Box();

    /// Starts the network and the player, after the first frame.
    void start_services();

    Application& application() { return *application_; }
    void press(input::Key key);
    void sync_now();
    /// For scripts: off, every request fails at once.
    void set_network(bool is_on);
    /// Nothing is under way: no sync, no reading of the second source, no question to the platform.
    bool is_idle();

  private:
    Box(BoxOptions options, Stores stores, base::EventLoop& loop, base::Clock& clock, base::Log& log);
    /// Of a file that is here already, or else of the publication; empty: neither.
    std::string object_address(const std::string& sha256) const;
    void start_network();
    void reopen_content();
    void start_television();
    void start_xmltv();
    /// What is of no channel is passed over: a new channel makes it worth reading again.
    void tell_channels();
    void schedule_tick();
    void schedule_rest();

    BoxOptions options_;
    base::EventLoop& loop_;
    base::Clock& clock_;
    base::Log& log_;
    Stores stores_;
    /// Null where the box receives no television.
    std::unique_ptr<TelevisionService> television_;
    std::unique_ptr<Application> application_;
    std::unique_ptr<platform::Network> network_;
    std::unique_ptr<XmltvSource> xmltv_;
    /// The channels it was told of, how often it was told, and how often it has seen to that.
    std::vector<epg::Channel> told_channels_;
    std::uint64_t channels_told_ = 0;
    std::uint64_t channels_seen_ = 0;
    bool is_syncing_ = false;
    /// Objects that screens wanted, and how many of these wishes were seen to.
    std::uint64_t wants_ = 0;
    std::uint64_t wants_answered_ = 0;
    /// How often sync was asked for, and what of it was seen to: a status from before may still be on its way.
    std::uint64_t asks_ = 0, asks_answered_ = 0;
    bool has_reopened_store_ = false;
    base::EventLoop::TimerId tick_timer_ = 0;
    base::EventLoop::TimerId rest_timer_ = 0;
    /// Set when the box goes, so that what is still in the queue finds nobody.
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace linli::app
