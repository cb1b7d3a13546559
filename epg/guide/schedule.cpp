// The layout: header, records, shown, titles, digits, texts (those of the titles first). The file is of this machine and
// can be thrown away: numbers are as the processor writes them, and `kFormat` counts up with every change of it.

#include "epg/guide/schedule.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "epg/guide/text_key.h"
#include "middleware/text/initials.h"

namespace linli::epg {
namespace {

constexpr std::uint32_t kFormat = 0x4C475301;  // "LGS" and the version
constexpr std::uint8_t kStaleBit = 0x80;
constexpr char kAfterDigits = '\n';
constexpr std::size_t kMostSummary = 0xFFFF;
/// From here on the checksum is taken: after format, size and itself.
constexpr std::size_t kChecked = 16;

/// Numbers for texts, each text once.
class TextNumbers {
  public:
    explicit TextNumbers(std::size_t most) : slots_(std::bit_ceil(most * 2 + 2), 0) { texts_.reserve(most); }

    std::size_t number_of(std::string_view text) {
        std::size_t mask = slots_.size() - 1;
        for (std::size_t at = text_key(text) & mask;; at = (at + 1) & mask) {
            if (slots_[at] == 0) {
                texts_.push_back(text);
                slots_[at] = static_cast<std::uint32_t>(texts_.size());
            }
            if (texts_[slots_[at] - 1] == text) return slots_[at] - 1;
        }
    }
    const std::vector<std::string_view>& texts() const { return texts_; }

  private:
    std::vector<std::uint32_t> slots_;  // number + 1; 0: free
    std::vector<std::string_view> texts_;
};

}  // namespace

Schedule::Schedule(std::size_t size) : words_(std::make_unique<std::uint64_t[]>((size + 7) / 8)), size_(size) {}

std::size_t Schedule::size_for(const Header& header) {
    return sizeof(Header) + std::size_t(header.records) * sizeof(Record) + std::size_t(header.shown) * sizeof(Shown) +
           (std::size_t(header.titles) + 1) * sizeof(Title) + header.digit_bytes + header.text_bytes;
}

void Schedule::find_parts() {
    const Header& sizes = header();
    char* at = base() + sizeof(Header);
    auto take = [&]<typename T>(std::span<T>& part, std::size_t count) {
        part = {reinterpret_cast<T*>(at), count};
        at += part.size_bytes();
    };
    take(records_, sizes.records);
    take(shown_, sizes.shown);
    take(titles_, std::size_t(sizes.titles) + 1);
    take(digits_, sizes.digit_bytes);
    take(texts_, sizes.text_bytes);
}

/// Puts together what `make` was given.
struct Schedule::Maker {
    std::span<const Claim> claims;
    std::span<const Shown> shown;
    TextNumbers titles{claims.size()}, summaries{claims.size()};
    std::vector<std::uint16_t> title_of, summary_of;
    std::string digits;
    std::vector<std::uint32_t> digits_at;

    std::shared_ptr<const Schedule> make() {
        number_texts();
        Header header{.format = kFormat,
                      .records = static_cast<std::uint32_t>(claims.size()),
                      .shown = static_cast<std::uint32_t>(shown.size()),
                      .titles = static_cast<std::uint32_t>(titles.texts().size()),
                      .digit_bytes = static_cast<std::uint32_t>(digits.size()),
                      .text_bytes = static_cast<std::uint32_t>(text_size())};
        header.size = static_cast<std::uint32_t>(size_for(header));
        std::shared_ptr<Schedule> made(new Schedule(header.size));
        made->header() = header;
        made->find_parts();
        std::ranges::copy(shown, made->shown_.begin());
        std::ranges::copy(digits, made->digits_.begin());
        write_texts_and_records(*made);
        made->header().checksum = text_key(made->bytes().substr(kChecked));
        return made;
    }

    void number_texts() {
        title_of.reserve(claims.size());
        summary_of.reserve(claims.size());
        for (const Claim& claim : claims) {
            title_of.push_back(static_cast<std::uint16_t>(titles.number_of(claim.title)));
            summary_of.push_back(static_cast<std::uint16_t>(summaries.number_of(claim.summary.substr(0, kMostSummary))));
        }
        digits_at.reserve(titles.texts().size() + 1);
        for (std::string_view title : titles.texts()) {
            digits_at.push_back(static_cast<std::uint32_t>(digits.size()));
            text::append_initial_digits(digits, title);
            digits += kAfterDigits;
        }
        digits_at.push_back(static_cast<std::uint32_t>(digits.size()));
    }

    std::size_t text_size() const {
        std::size_t size = 0;
        for (std::string_view text : titles.texts()) size += text.size();
        for (std::string_view text : summaries.texts()) size += text.size();
        return size;
    }

    void write_texts_and_records(Schedule& made) {
        std::uint32_t at = 0;
        auto write = [&](std::string_view text) {
            std::ranges::copy(text, made.texts_.begin() + at);
            return std::exchange(at, at + static_cast<std::uint32_t>(text.size()));
        };
        for (std::size_t i = 0; i < titles.texts().size(); ++i) made.titles_[i] = {write(titles.texts()[i]), digits_at[i]};
        made.titles_.back() = {at, digits_at.back()};
        std::vector<std::uint32_t> summary_at;
        summary_at.reserve(summaries.texts().size());
        for (std::string_view text : summaries.texts()) summary_at.push_back(write(text));
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const Claim& claim = claims[i];
            std::uint8_t source = static_cast<std::uint8_t>(claim.slot.source);
            if (claim.state == ClaimState::Stale) source |= kStaleBit;
            made.records_[i] = {claim.start,
                                claim.duration,
                                claim.description,
                                summary_at[summary_of[i]],
                                static_cast<std::uint16_t>(summaries.texts()[summary_of[i]].size()),
                                claim.id,
                                title_of[i],
                                static_cast<std::uint8_t>(claim.genre),
                                claim.minimum_age,
                                source,
                                claim.slot.table_index,
                                claim.slot.section,
                                static_cast<std::uint8_t>(claim.running)};
        }
    }
};

std::shared_ptr<const Schedule> Schedule::make(std::vector<Claim> claims, Preference preference) {
    std::ranges::stable_sort(claims, is_before);
    if (claims.size() > kMostClaims) claims.resize(kMostClaims);
    std::vector<Shown> shown = merge(claims, preference);
    // What is stale and not shown now will not be asked for again.
    std::vector<bool> is_shown(claims.size());
    for (const Shown& one : shown) is_shown[one.claim] = true;
    std::vector<std::uint32_t> new_place(claims.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        new_place[i] = static_cast<std::uint32_t>(kept);
        if (is_shown[i] || claims[i].state == ClaimState::Fresh) claims[kept++] = claims[i];
    }
    claims.resize(kept);
    for (Shown& one : shown) one.claim = new_place[one.claim];
    return Maker{claims, shown}.make();
}

base::Result<std::shared_ptr<const Schedule>> Schedule::read(std::string_view bytes) {
    Header header{};
    if (bytes.size() < sizeof header) return base::fail("a stored schedule is too short");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.format != kFormat || header.size != bytes.size() || size_for(header) != bytes.size() ||
        header.checksum != text_key(bytes.substr(kChecked)))
        return base::fail("a stored schedule is damaged");
    std::shared_ptr<Schedule> read(new Schedule(bytes.size()));
    std::memcpy(read->base(), bytes.data(), bytes.size());
    read->find_parts();
    LINLI_CHECK(read->check());
    return read;
}

base::Result<void> Schedule::check() const {
    auto is_title_good = [](const Title& one, const Title& next) {
        return one.text_at <= next.text_at && one.digits_at < next.digits_at;
    };
    bool is_good = titles_.front().text_at == 0 && titles_.front().digits_at == 0 &&
                   titles_.back().text_at <= texts_.size() && titles_.back().digits_at == digits_.size();
    for (std::size_t i = 0; i + 1 < titles_.size(); ++i) is_good = is_good && is_title_good(titles_[i], titles_[i + 1]);
    for (const Record& record : records_)
        is_good = is_good && record.title + 1u < titles_.size() &&
                  std::size_t(record.summary_at) + record.summary_size <= texts_.size() &&
                  record.genre <= static_cast<std::uint8_t>(Genre::Special) &&
                  (record.source & ~kStaleBit) <= static_cast<std::uint8_t>(ClaimSource::Xmltv) &&
                  record.running <= static_cast<std::uint8_t>(Running::OffAir);
    std::uint32_t before = 0;
    for (const Shown& one : shown_) {
        is_good = is_good && one.claim < records_.size() && one.start >= before && one.start < one.end;
        before = one.end;
    }
    if (!is_good) return base::fail("a stored schedule contradicts itself");
    return {};
}

std::string_view Schedule::title(std::size_t number) const {
    std::uint32_t begin = titles_[number].text_at;
    return {texts_.data() + begin, titles_[number + 1].text_at - begin};
}

Claim Schedule::claim(std::size_t index) const {
    const Record& record = records_[index];
    return {.slot = {static_cast<ClaimSource>(record.source & ~kStaleBit), record.table_index, record.section},
            .state = (record.source & kStaleBit) != 0 ? ClaimState::Stale : ClaimState::Fresh,
            .id = record.id,
            .start = record.start,
            .duration = record.duration,
            .description = record.description,
            .title = title(record.title),
            .summary = {texts_.data() + record.summary_at, record.summary_size},
            .genre = static_cast<Genre>(record.genre),
            .minimum_age = record.minimum_age,
            .running = static_cast<Running>(record.running)};
}

std::vector<Claim> Schedule::claims() const {
    std::vector<Claim> all;
    all.reserve(records_.size() + 16);
    for (std::size_t i = 0; i < records_.size(); ++i) all.push_back(claim(i));
    return all;
}

void Schedule::find_fits(std::string_view digits, std::vector<Fit>& fits) const {
    fits.assign(titles_.size() - 1, Fit::No);
    std::string_view all(digits_.data(), digits_.size());
    std::size_t number = 0;
    for (std::size_t at = all.find(digits); at < all.size();) {
        while (number < fits.size() && titles_[number + 1].digits_at <= at) ++number;
        if (number == fits.size()) break;
        fits[number] = at == titles_[number].digits_at ? Fit::Beginning : Fit::Inside;
        at = all.find(digits, titles_[number + 1].digits_at);
    }
}

bool Schedule::shows_the_same_as(const Schedule& other) const {
    auto is_same = [&](const Shown& a, const Shown& b) {
        if (a.start != b.start || a.end != b.end) return false;
        Claim one = claim(a.claim), two = other.claim(b.claim);
        return one.id == two.id && one.description == two.description && one.title == two.title &&
               one.summary == two.summary && one.genre == two.genre && one.minimum_age == two.minimum_age &&
               one.running == two.running && one.slot.source == two.slot.source;
    };
    return std::ranges::equal(shown_, other.shown_, is_same);
}

}  // namespace linli::epg
