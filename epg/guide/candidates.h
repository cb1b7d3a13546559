#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

namespace linli::epg {

/// An event that a list may show; the smaller one comes first.
struct Candidate {
    int rank = 0;
    std::uint32_t start = 0;
    std::uint32_t channel = 0;  // its place in the list of channels
    std::uint32_t place = 0;    // in what is shown of the channel
    auto operator<=>(const Candidate&) const = default;
};

/// Keeps the first so many of what is put in, in little more than twice their memory.
class FirstCandidates {
  public:
    explicit FirstCandidates(std::size_t most) : most_(most) {}

    void put(const Candidate& one) {
        if (most_ == 0 || is_past_all(one)) return;
        kept_.push_back(one);
        if (kept_.size() >= 2 * most_ + 64) shrink();
    }
    /// So many come before this one that it, and whatever comes after it, is not wanted.
    bool is_past_all(const Candidate& one) const { return last_ && *last_ < one; }
    std::vector<Candidate> take() {
        std::ranges::sort(kept_);
        if (kept_.size() > most_) kept_.resize(most_);
        return std::move(kept_);
    }

  private:
    void shrink() {
        std::ranges::nth_element(kept_, kept_.begin() + static_cast<std::ptrdiff_t>(most_ - 1));
        kept_.resize(most_);
        last_ = kept_.back();
    }
    std::size_t most_;
    std::vector<Candidate> kept_;
    /// The last of the first `most_` so far; nothing before there are so many.
    std::optional<Candidate> last_;
};

}  // namespace linli::epg
