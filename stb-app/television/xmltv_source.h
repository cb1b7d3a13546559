#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "epg/guide/channel_file.h"
#include "epg/guide/guide_update.h"
#include "epg/xmltv/xmltv_import.h"
#include "middleware/base/clock.h"
#include "middleware/base/event_loop.h"
#include "middleware/base/log.h"
#include "middleware/net/http_options.h"
#include "platform/sync/sync_schedule.h"

namespace linli::app {

struct XmltvSourceOptions {
    /// A file, or an address (http, https), of XMLTV; it may be packed with gzip.
    std::string address;
    /// East of UTC, of its times that name no zone.
    std::chrono::minutes untold_zone{0};
    /// Which channel of the file is which of ours.
    epg::ChannelFile channel_file;
    /// Any text that is another one for each box: it spreads the boxes over time.
    std::string box_id;
    /// `least`: between two readings, because of a change of channels; `most`: between two readings at all.
    platform::SyncBounds bounds;
    /// Channels come one after another when a box is new: so long it waits for the next.
    std::chrono::milliseconds settles{10'000};
    net::HttpOptions http;
};

/// What became of the second source, for Diagnostics.
struct XmltvStatus {
    enum class State { Never, Running, Fresh, Failed };
    State state = State::Never;
    /// When the file was last read to its end, or found to be the same, and what was in it.
    std::chrono::sys_seconds last_success{};
    epg::XmltvCounts counts;
    /// Why the last attempt failed: one English line. Empty when it did not.
    std::string last_error;
    /// Attempts that failed since the start.
    std::uint64_t failures = 0;
    std::chrono::sys_seconds next_attempt{};
    /// How many calls of `set_channels` have been seen to.
    std::uint64_t channels_seen = 0;
};

/// Events from XMLTV, the second source of the guide: reads a file or fetches it, on a thread of its own, within the start's
/// spread and then as often as `bounds` say; after a failure sooner, then less and less soon (platform::SyncSchedule). Also
/// soon after the list of channels has changed, because what is of none of ours is passed over. A file that did not change
/// is not read again. Nothing is lost by a failure: what was said before stays in the guide.
///
/// Make and end it on the loop's thread.
class XmltvSource {
  public:
    struct Listeners {
        /// Events for the guide, some hundreds at a time.
        std::function<void(const epg::GuideUpdate&)> on_events;
        std::function<void(const XmltvStatus&)> on_status;
    };

    /// Gives up what is under way, within a moment.
    virtual ~XmltvSource() = default;
    virtual void start() = 0;
    /// Before the first call, and while there is none, nothing is read.
    virtual void set_channels(std::vector<epg::Channel> channels) = 0;
    /// For scripts: off, every request fails at once.
    virtual void set_network(bool is_on) = 0;
};

/// Loads the module (a shared library: it brings libcurl, and the first frame does not wait for that) and makes the source.
base::Result<std::unique_ptr<XmltvSource>> load_xmltv_source(const std::filesystem::path& module_path, XmltvSourceOptions options,
                                                             base::EventLoop& loop, base::Clock& clock, base::Log& log,
                                                             XmltvSource::Listeners listeners);

}  // namespace linli::app
