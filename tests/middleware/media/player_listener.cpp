#include "tests/middleware/media/player_listener.h"

#include <algorithm>

namespace linli::tests {

bool PlayerListener::Heard::has_first_picture(media::PlayId id) const {
    return std::ranges::find(first_pictures, id, &media::FirstPicture::id) != first_pictures.end();
}

char PlayerListener::Heard::color() const {
    if (picture == nullptr) return ' ';
    std::uint64_t red = 0, green = 0, blue = 0;
    for (std::uint32_t pixel : picture->pixels) red += pixel >> 16 & 0xFF, green += pixel >> 8 & 0xFF, blue += pixel & 0xFF;
    return red > green && red > blue ? 'r' : green > blue ? 'g' : 'b';
}

void PlayerListener::note(const std::function<void(Heard&)>& change) {
    {
        std::lock_guard lock(mutex_);
        change(heard_);
    }
    changed_.notify_all();
}

bool PlayerListener::wait_until(const std::function<bool(const Heard&)>& is_so) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return is_so(heard_); });
}

PlayerListener::Heard PlayerListener::heard() {
    std::lock_guard lock(mutex_);
    return heard_;
}

media::PlayerEvents PlayerListener::events() {
    media::PlayerEvents events;
    events.on_picture = [this](media::PlayId id, std::shared_ptr<const graphics::Image> picture) {
        note([&](Heard& heard) { ++heard.pictures, heard.picture = std::move(picture), heard.picture_of = id; });
    };
    events.on_first_picture = [this](media::FirstPicture first) { note([&](Heard& heard) { heard.first_pictures.push_back(first); }); };
    events.on_stop = [this](media::PlayId id, media::Failure failure) { note([&](Heard& heard) { heard.stops.emplace_back(id, failure); }); };
    events.on_end = [this](media::PlayId id) { note([&](Heard& heard) { heard.ends.push_back(id); }); };
    events.on_signal = [this](media::PlayId id, media::Signal signal) { note([&](Heard& heard) { heard.signals.emplace_back(id, signal); }); };
    events.on_tracks = [this](media::PlayId) { note([](Heard&) {}); };
    events.on_warning = [this](std::string warning) { note([&](Heard& heard) { heard.warnings.push_back(warning); }); };
    events.on_packets = [this](std::span<const std::byte> packets) {
        note([&](Heard& heard) {
            for (; packets.size() >= 188; packets = packets.subspan(188)) {
                ++heard.packets;
                auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(packets[at]); };
                std::size_t pid = (byte(1) << 8 | byte(2)) & 0x1FFF;
                if (pid == 0x1FFF || (byte(3) & 0x10) == 0) continue;
                int counter = static_cast<int>(byte(3) & 0xF), before = std::exchange(counters_[pid], counter);
                if (before >= 0 && counter != ((before + 1) & 0xF)) ++heard.gaps;
            }
        });
    };
    return events;
}

}  // namespace linli::tests
