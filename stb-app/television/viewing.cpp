#include "stb-app/television/viewing.h"

#include <algorithm>

namespace linli::app {

namespace {

bool can_be_watched(const epg::Channel& channel) { return channel.kind != epg::ChannelKind::Other; }

}  // namespace

void Viewing::on_tune(std::function<void(const epg::Channel&)> listener) {
    tune_listener_ = std::move(listener);
    tuned_.reset();
    tune();
}

void Viewing::start(std::optional<epg::ServiceId> last_watched) {
    watched_ = last_watched;
    follow_guide();
}

void Viewing::follow_guide() {
    if (channel() == nullptr) {
        auto first = std::ranges::find_if(guide_.channels(), can_be_watched);
        // One that is known from before may still come; until then the first one is watched, and not remembered.
        if (first == guide_.channels().end()) return;
        if (!watched_ || tuned_) watched_ = first->id;
    }
    tune();
}

const epg::Channel* Viewing::channel() const { return watched_ ? guide_.channel(*watched_) : nullptr; }

bool Viewing::watch(epg::ServiceId id) {
    if (guide_.channel(id) == nullptr) return false;
    changed_at_ = clock_.steady();
    if (watched_ == id) return true;
    previous_ = watched_;
    watched_ = id;
    tune();
    return true;
}

bool Viewing::watch_number(int number) {
    const epg::Channel* channel = guide_.channel_of_number(number);
    return channel != nullptr && watch(channel->id);
}

void Viewing::step(int channels) {
    std::vector<const epg::Channel*> list;
    for (const epg::Channel& channel : guide_.channels())
        if (can_be_watched(channel)) list.push_back(&channel);
    if (list.empty()) return;
    const epg::Channel* present = channel();
    auto found = std::ranges::find(list, present);
    auto count = static_cast<std::ptrdiff_t>(list.size());
    std::ptrdiff_t at = found == list.end() ? (channels > 0 ? -1 : 0) : found - list.begin();
    watch(list[static_cast<std::size_t>(((at + channels) % count + count) % count)]->id);
}

void Viewing::watch_previous() {
    if (previous_) watch(*previous_);
}

void Viewing::set_picture(Picture picture) { picture_ = picture; }

void Viewing::choose_sound(int index) {
    tracks_.sound = index;
    if (track_listener_) track_listener_(tracks_.sound, tracks_.subtitle);
}

void Viewing::choose_subtitle(int index) {
    tracks_.subtitle = index;
    if (track_listener_) track_listener_(tracks_.sound, tracks_.subtitle);
}

void Viewing::tune() {
    const epg::Channel* present = channel();
    if (present == nullptr || !tune_listener_) return;
    bool is_same = tuned_ && tuned_->id == present->id && tuned_->source == present->source;
    if (is_same) return;
    tuned_ = *present;
    picture_ = present->is_scrambled ? Picture::Scrambled : Picture::Coming;
    tracks_ = {};
    tune_listener_(*present);
}

}  // namespace linli::app
