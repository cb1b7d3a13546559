#include "content/search/gram_sorter.h"

#include <array>

#include "content/search/folding.h"

namespace linli::content::search {

namespace {

constexpr int kRowBits = 31;
constexpr std::uint64_t kRowMask = (std::uint64_t{1} << kRowBits) - 1;

// Three rounds of eleven bits make the 33 bits of a key that is none of initials.
constexpr int kRounds = 3;
constexpr int kRoundBits = 11;
constexpr std::size_t kBuckets = std::size_t{1} << kRoundBits;

std::size_t bucket(std::uint64_t gram, int round) {
    return gram >> (kRowBits + round * kRoundBits) & (kBuckets - 1);
}

}  // namespace

void GramSorter::add(Kept kept, const std::u16string& units, Row row) {
    if (units.size() < 2) return;
    std::size_t count = grams_.size();
    grams_.resize(count + units.size() - 1);
    std::uint64_t high = static_cast<std::uint64_t>(kept) << 32;
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        grams_[count] = (high | static_cast<std::uint64_t>(units[i]) << 16 | units[i + 1]) << kRowBits | row;
        count += units[i] == kBreak ? 0 : 1;
    }
    grams_.resize(count);
}

void GramSorter::sort() {
    std::array<std::array<std::uint32_t, kBuckets>, kRounds> ends{};
    for (std::uint64_t gram : grams_)
        for (int round = 0; round < kRounds; ++round) ++ends[round][bucket(gram, round)];
    other_.resize(grams_.size());
    for (int round = 0; round < kRounds; ++round) {
        std::uint32_t begin = 0;
        for (std::uint32_t& count : ends[round]) {
            std::uint32_t here = begin;
            begin += count;
            count = here;
        }
        for (std::uint64_t gram : grams_) other_[ends[round][bucket(gram, round)]++] = gram;
        grams_.swap(other_);
    }
}

Key GramSorter::take(std::string& bytes) {
    sort();
    Key before = 0;
    for (std::size_t i = 0; i < grams_.size();) {
        std::uint64_t key = grams_[i] >> kRowBits;
        std::size_t end = i + 1;
        while (end < grams_.size() && grams_[end] >> kRowBits == key) ++end;
        rows_.begin(end - i);
        for (std::uint64_t last = ~grams_[i]; i < end; ++i) {
            if (grams_[i] == last) continue;  // it stands in the item more than once
            last = grams_[i];
            rows_.put(static_cast<Row>(last & kRowMask));
        }
        append_entry(bytes, before, {key, rows_.bytes()});
        before = key;
    }
    grams_.clear();
    return before;
}

}  // namespace linli::content::search
