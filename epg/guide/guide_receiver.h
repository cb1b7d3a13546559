#pragma once

#include <functional>

#include "epg/guide/channel_list.h"
#include "epg/guide/guide.h"
#include "epg/guide/guide_feed.h"

namespace linli::epg {

/// Puts together what fills a guide: the operator's file, the list of channels, and the way from the workers. Made and
/// ended on the UI thread; the guide and the loop outlive it.
class GuideReceiver {
  public:
    /// The channels of the guide (those of the last run) are brought in line with the file at once. `on_applied` is called
    /// on the UI thread after each batch; whether a reader could see it, Guide::version tells.
    GuideReceiver(base::EventLoop& loop, Guide& guide, ChannelFile file, std::function<void()> on_applied = {});

    /// For a GuideListener on the thread of a SiCollector.
    GuideListener::Sink sink() const { return feed_.sink(); }
    /// For an XmltvImport on a thread of its own.
    std::function<void(GuideUpdate)> event_sink() const;
    const ChannelFile& file() const { return channels_.file(); }
    /// The guide's, and what the list of channels had no room for.
    GuideCounters counters() const;

  private:
    void apply(const GuideBatch& batch);

    Guide& guide_;
    ChannelList channels_;
    std::function<void()> on_applied_;
    GuideFeed feed_;
};

}  // namespace linli::epg
