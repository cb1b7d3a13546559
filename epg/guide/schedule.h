#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "epg/guide/claim.h"
#include "epg/guide/merge.h"
#include "middleware/base/result.h"

namespace linli::epg {

/// All that is known of one channel's programme, in one piece of memory that is stored as it lies there: the claims of
/// every source, what is shown of them, their titles (each once) with the digit keys of their initials, and their
/// summaries. Descriptions are elsewhere. Never changes: an update makes another one. About 45 bytes an event and its
/// texts.
class Schedule {
  public:
    /// Most claims about one channel; of more, those that start last are left out.
    static constexpr std::size_t kMostClaims = 4096;

    /// Of claims in any order. Claims that are stale and not shown are left out.
    static std::shared_ptr<const Schedule> make(std::vector<Claim> claims, Preference preference);
    /// What `bytes` gave. Everything in it is checked.
    static base::Result<std::shared_ptr<const Schedule>> read(std::string_view bytes);

    std::string_view bytes() const { return {reinterpret_cast<const char*>(words_.get()), size_}; }

    /// What is shown, in the order of time.
    std::span<const Shown> shown() const { return shown_; }
    /// Of one that is shown; its texts lie in this schedule. `claim.start` is what its source said.
    Claim claim_of(const Shown& shown) const { return claim(shown.claim); }
    /// All, in their order.
    std::vector<Claim> claims() const;

    /// How the digit keys fit a title.
    enum class Fit : std::uint8_t { No, Inside, Beginning };
    /// Into `fits`, by the number of a title.
    void find_fits(std::string_view digits, std::vector<Fit>& fits) const;
    std::size_t title_number(const Shown& shown) const { return records_[shown.claim].title; }

    /// Whether a reader sees the same in both.
    bool shows_the_same_as(const Schedule& other) const;

  private:
    /// A claim as it lies in memory and in the store.
    struct Record {
        std::uint32_t start, duration;
        std::uint64_t description;
        std::uint32_t summary_at;
        std::uint16_t summary_size, id, title;
        std::uint8_t genre, minimum_age, source, table_index, section, running;
    };
    static_assert(sizeof(Record) == 32);
    /// Where a title's text and digits begin; they end where the next one's do.
    struct Title {
        std::uint32_t text_at, digits_at;
    };
    struct Header {
        std::uint32_t format, size;
        std::uint64_t checksum;
        std::uint32_t records, shown, titles, digit_bytes, text_bytes, reserved;
    };

    struct Maker;

    explicit Schedule(std::size_t size);
    Header& header() { return *reinterpret_cast<Header*>(words_.get()); }
    char* base() { return reinterpret_cast<char*>(words_.get()); }
    static std::size_t size_for(const Header& header);
    void find_parts();
    base::Result<void> check() const;
    Claim claim(std::size_t index) const;
    std::string_view title(std::size_t number) const;

    std::unique_ptr<std::uint64_t[]> words_;
    std::size_t size_;
    std::span<Record> records_;
    std::span<Shown> shown_;
    std::span<Title> titles_;  // with one more at the end
    std::span<char> digits_;   // each title's with a '\n' after them
    std::span<char> texts_;
};

}  // namespace linli::epg
