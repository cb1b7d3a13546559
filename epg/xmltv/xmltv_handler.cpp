// What grabbers really write, and what is done about it:
//   no stop: until the next one starts (Xmltv.AProgrammeWithoutStopLastsUntilTheNext)
//   offsets with a colon, names, none, times without seconds (XmltvTime.*)
//   a DOCTYPE that names xmltv.dtd: passed over; one with entities: refused (Xmltv.HostileEntitiesAreRefused)
//   programmes before their channels, or of channels that are never declared: found by their id alone
//   a title of a megabyte: cut (Xmltv.TextsAreBounded)

#include "epg/xmltv/xmltv_handler.h"

#include <algorithm>
#include <charconv>

#include "epg/xmltv/xmltv_genre.h"
#include "epg/xmltv/xmltv_time.h"

namespace linli::epg {
namespace {

// The guide cuts texts at its own bounds; these keep a hostile file from filling memory before that.
constexpr std::size_t kMostText = 20'000;
constexpr std::size_t kMostNames = 16;
constexpr std::size_t kMostNamed = 4096;
constexpr std::size_t kMostId = 256;
constexpr int kRootDepth = 1, kItemDepth = 2, kPartDepth = 3;

std::string_view value_of(std::span<const xml::Attribute> attributes, std::string_view name) {
    auto found = std::ranges::find_if(attributes, [&](const xml::Attribute& one) { return one.name.local == name; });
    return found == attributes.end() ? std::string_view() : found->value;
}

/// The years in "12+", "TV-14", "18"; 0 where there are none.
std::uint8_t age_of(std::string_view rating) {
    auto begin = rating.find_first_of("0123456789");
    int age = 0;
    if (begin != rating.npos) std::from_chars(rating.data() + begin, rating.data() + rating.size(), age);
    return age >= 3 && age <= 18 ? static_cast<std::uint8_t>(age) : 0;
}

}  // namespace

XmltvHandler::XmltvHandler(XmltvMapping mapping, XmltvOptions options, Take take)
    : mapping_(std::move(mapping)), options_(std::move(options)), take_(std::move(take)) {}

void XmltvHandler::start_element(const xml::Name& name, std::span<const xml::Attribute> attributes) {
    ++depth_;
    if (depth_ == kRootDepth) is_xmltv_ = name.local == "tv";
    has_begun_ = true;
    if (!is_xmltv_) return;
    if (depth_ == kItemDepth && name.local == "programme") {
        start_programme(attributes);
    } else if (depth_ == kItemDepth && name.local == "channel") {
        start_channel(attributes);
    } else if (depth_ >= kPartDepth && within_ == Within::Programme) {
        start_part(name.local, attributes);
    } else if (depth_ == kPartDepth && within_ == Within::Channel && name.local == "display-name" &&
               display_names_.size() < kMostNames) {
        target_ = &display_names_.emplace_back();
    }
}

void XmltvHandler::end_element(const xml::Name&) {
    if (depth_ == kItemDepth) {
        if (within_ == Within::Channel) end_channel();
        if (within_ == Within::Programme) take_(*services_, std::move(event_));
        within_ = Within::Nothing;
    } else if (target_ != nullptr) {
        end_part();
    }
    --depth_;
}

void XmltvHandler::text(std::string_view text) {
    if (target_ != nullptr && target_->size() < kMostText) target_->append(text);
}

void XmltvHandler::start_channel(std::span<const xml::Attribute> attributes) {
    within_ = Within::Channel;
    channel_id_ = value_of(attributes, "id").substr(0, kMostId);
    display_names_.clear();
}

void XmltvHandler::end_channel() {
    if (mapping_.of_id(channel_id_) != nullptr) {
        ++counts_.channels;
        return;
    }
    const auto* services = mapping_.of_names(display_names_);
    if (services == nullptr || named_.size() >= kMostNamed) return;
    if (named_.try_emplace(channel_id_, services).second) ++counts_.channels;
    last_id_.clear();
}

const std::vector<ServiceId>* XmltvHandler::services_of(std::string_view id) {
    if (id == last_id_) return last_services_;
    if (id.empty() || id.size() > kMostId) return nullptr;
    last_id_ = id;
    last_services_ = mapping_.of_id(id);
    if (last_services_ == nullptr) {
        auto named = named_.find(last_id_);
        if (named != named_.end()) last_services_ = named->second;
    }
    return last_services_;
}

void XmltvHandler::start_programme(std::span<const xml::Attribute> attributes) {
    services_ = services_of(value_of(attributes, "channel"));
    if (services_ == nullptr) {
        ++counts_.of_others;
        return;
    }
    auto start = parse_xmltv_time(value_of(attributes, "start"), options_.untold_zone);
    if (!start) {
        ++counts_.bad_times;
        return;
    }
    auto stop = parse_xmltv_time(value_of(attributes, "stop"), options_.untold_zone);
    std::int64_t begin = start->time_since_epoch().count();
    std::int64_t end = stop && *stop > *start ? stop->time_since_epoch().count() : begin + std::chrono::seconds(kLongestEvent).count();
    if (begin > options_.window.last_start || end < options_.window.first_end) {
        ++counts_.out_of_time;
        return;
    }
    ++counts_.programmes;
    within_ = Within::Programme;
    event_ = {};
    event_.start = *start;
    if (stop && *stop > *start) event_.duration = *stop - *start;
    title_ = {0, &event_.title};
    subtitle_ = {0, &event_.summary};
    description_ = {0, &event_.description};
}

/// Text of a better language takes the place of what is there.
void XmltvHandler::choose(Choice& choice, std::span<const xml::Attribute> attributes) {
    int rank = value_of(attributes, "lang").starts_with(options_.language) ? 2 : 1;
    if (rank <= choice.rank) return;
    choice.rank = rank;
    choice.text->clear();
    target_ = choice.text;
}

void XmltvHandler::start_part(std::string_view name, std::span<const xml::Attribute> attributes) {
    target_ = nullptr;
    part_ = Part::Other;
    if (depth_ > kPartDepth) {
        // Of what is in a part only <rating><value>.
        if (name != "value" || event_.minimum_age != 0) return;
        part_ = Part::Rating;
    } else if (name == "title") {
        choose(title_, attributes);
    } else if (name == "sub-title") {
        choose(subtitle_, attributes);
    } else if (name == "desc") {
        choose(description_, attributes);
    } else if (name == "category" && event_.genre == Genre::Unknown) {
        part_ = Part::Category;
    }
    if (part_ == Part::Other) return;
    word_.clear();
    target_ = &word_;
}

void XmltvHandler::end_part() {
    target_ = nullptr;
    if (part_ == Part::Category) event_.genre = genre_of_category(word_);
    if (part_ == Part::Rating) event_.minimum_age = age_of(word_);
    part_ = Part::Other;
}

}  // namespace linli::epg
