// What head-ends really send, and what is done about it:
//   a schedule that knows nothing of the extra time: present/following wins (Merge.PresentFollowingBeatsTheSchedule)
//   durations that reach into the next event: its start ends the one before (Merge.TheNextStartCutsWhatOverlaps)
//   no duration at all: until the next start (Merge.AnEventWithoutDurationLastsUntilTheNext)
//   one event_id for every event: ids count only together with the title or the time (Merge.OneIdForEverythingIsNoId)
//   XMLTV a few minutes beside the EIT: no slivers (Merge.XmltvFillsOnlyWhereMostOfItIsFree)

#include "epg/guide/merge.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace linli::epg {
namespace {

constexpr std::uint32_t seconds_of(std::chrono::hours hours) {
    return static_cast<std::uint32_t>(std::chrono::seconds(hours).count());
}

constexpr std::size_t kRanks = 6;

/// 0 is believed first.
std::size_t rank_of(const Claim& claim, Preference preference) {
    bool is_stale = claim.state == ClaimState::Stale;
    bool is_xmltv = claim.slot.source == ClaimSource::Xmltv;
    std::size_t first = is_xmltv == (preference == Preference::Xmltv) ? 0 : is_xmltv ? 4 : 2;
    if (is_xmltv) return first + (is_stale ? 1 : 0);
    return first + (is_stale ? 2 : 0) + (claim.slot.source == ClaimSource::Schedule ? 1 : 0);
}

/// The end of an event from its own word and from when the next one of its kind starts (0: there is none).
std::uint32_t end_of(const Claim& claim, std::uint32_t next_start) {
    if (claim.duration == 0 && next_start == 0) return claim.start + seconds_of(kLastUntold);
    std::uint32_t end = claim.start + (claim.duration != 0 ? claim.duration : seconds_of(kLongestUntold));
    return next_start != 0 ? std::min(end, next_start) : end;
}

/// The claims of one rank without overlaps among themselves: of equal starts the first counts.
void lay_out(std::span<const Claim> claims, std::vector<Shown>& layer) {
    auto same_start = [&](const Shown& a, const Shown& b) { return claims[a.claim].start == claims[b.claim].start; };
    layer.erase(std::ranges::unique(layer, same_start).begin(), layer.end());
    for (std::size_t i = 0; i < layer.size(); ++i) {
        const Claim& claim = claims[layer[i].claim];
        layer[i].start = claim.start;
        layer[i].end = end_of(claim, i + 1 < layer.size() ? claims[layer[i + 1].claim].start : 0);
    }
}

/// What is shown so far, and the claims it is of.
class Board {
  public:
    explicit Board(std::span<const Claim> claims) : claims_(claims) {}

    /// Puts a layer under all that is there.
    void put_under(const std::vector<Shown>& layer) {
        std::vector<Shown> fitting;
        for (const Shown& one : layer) {
            if (is_known(one)) continue;
            Shown cut = cut_to_fit(one);
            if (cut.start < cut.end && is_worth_it(one, cut)) fitting.push_back(cut);
        }
        std::vector<Shown> both;
        both.reserve(shown_.size() + fitting.size());
        std::ranges::merge(shown_, fitting, std::back_inserter(both), {}, &Shown::start, &Shown::start);
        shown_ = std::move(both);
    }

    std::vector<Shown> take() { return std::move(shown_); }

  private:
    using Place = std::vector<Shown>::const_iterator;

    /// The first that ends after a time.
    Place first_ending_after(std::uint32_t time) const {
        return std::ranges::upper_bound(shown_, time, {}, &Shown::end);
    }

    /// Whether the same event is there already, at this time or moved.
    bool is_known(const Shown& one) const {
        const Claim& claim = claims_[one.claim];
        if (claim.id == 0) return false;
        constexpr std::uint32_t kReach = seconds_of(kMovedAtMost);
        std::uint32_t from = one.start > kReach ? one.start - kReach : 0;
        for (auto other = std::ranges::lower_bound(shown_, from, {}, &Shown::start);
             other != shown_.end() && other->start <= one.start + kReach; ++other) {
            const Claim& its = claims_[other->claim];
            bool overlaps = other->start < one.end && one.start < other->end;
            if (its.id == claim.id && (overlaps || its.title == claim.title)) return true;
        }
        return false;
    }

    /// Its first part that is free.
    Shown cut_to_fit(Shown one) const {
        auto other = first_ending_after(one.start);
        for (; other != shown_.end() && other->start <= one.start; ++other) one.start = other->end;
        if (other != shown_.end()) one.end = std::min(one.end, other->start);
        return one;
    }

    /// Between sources whose clocks differ, less than half of an event is a sliver.
    bool is_worth_it(const Shown& whole, const Shown& cut) const {
        if (cut.end - cut.start == whole.end - whole.start) return true;
        bool is_xmltv = claims_[whole.claim].slot.source == ClaimSource::Xmltv;
        bool is_mixed = std::ranges::any_of(shown_, [&](const Shown& other) {
            return other.start < whole.end && whole.start < other.end &&
                   (claims_[other.claim].slot.source == ClaimSource::Xmltv) != is_xmltv;
        });
        return !is_mixed || 2 * std::uint64_t(cut.end - cut.start) >= whole.end - whole.start;
    }

    std::span<const Claim> claims_;
    std::vector<Shown> shown_;
};

}  // namespace

std::vector<Shown> merge(std::span<const Claim> claims, Preference preference) {
    std::array<std::vector<Shown>, kRanks> layers;
    for (std::uint32_t i = 0; i < claims.size(); ++i) layers[rank_of(claims[i], preference)].push_back({i});
    Board board(claims);
    for (std::vector<Shown>& layer : layers) {
        if (layer.empty()) continue;
        lay_out(claims, layer);
        board.put_under(layer);
    }
    return board.take();
}

}  // namespace linli::epg
