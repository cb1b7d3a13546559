#include "epg/guide/guide_receiver.h"

namespace linli::epg {

GuideReceiver::GuideReceiver(base::EventLoop& loop, Guide& guide, ChannelFile file, std::function<void()> on_applied)
    : guide_(guide),
      channels_(std::move(file), guide.channels()),
      on_applied_(std::move(on_applied)),
      feed_(loop, [this](const GuideBatch& batch) { apply(batch); }) {
    for (const ChannelRule& rule : channels_.file().channels) guide_.set_preference(rule.service, rule.preference);
    guide_.set_channels(channels_.channels());
}

std::function<void(GuideUpdate)> GuideReceiver::event_sink() const {
    return [sink = feed_.sink()](GuideUpdate update) { sink({.events = std::move(update), .services = {}}); };
}

GuideCounters GuideReceiver::counters() const {
    GuideCounters counters = guide_.counters();
    counters.past_limits += channels_.past_limits();
    return counters;
}

void GuideReceiver::apply(const GuideBatch& batch) {
    if (!batch.events.steps.empty()) guide_.apply(batch.events);
    if (channels_.apply(batch.services)) guide_.set_channels(channels_.channels());
    if (on_applied_) on_applied_();
}

}  // namespace linli::epg
