#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "epg/si/section.h"

namespace linli::epg {

/// Which sub-table a section is of.
struct SubTableId {
    TableId table_id = TableId::ProgramAssociation;
    std::uint16_t extension = 0;
    std::uint16_t stream = 0, network = 0;

    /// EIT and SDT tell stream and network in their bodies. Nothing where the body is too short for it.
    static std::optional<SubTableId> of(const Section& section);
    std::uint64_t packed() const {
        return std::uint64_t(table_id) << 48 | std::uint64_t(network) << 32 | std::uint64_t(stream) << 16 | extension;
    }
};

/// Which sections of which sub-tables have come: a carousel says everything again and again, and what is known costs
/// a look into here and nothing else. Memory is bounded: when there would be more than it keeps, everything is
/// forgotten and begins anew.
class SubTables {
  public:
    static constexpr std::size_t kMostTables = 16384;
    static constexpr std::size_t kMostSections = 1 << 20;

    /// The very same section, of the same version, has come.
    bool knows(const SubTableId& id, const Section& section);

    struct Added {
        bool is_new_version = false;
        /// The version before was not complete yet.
        bool is_restart_in_mid_table = false;
        /// Same version, other content.
        bool is_unannounced_change = false;
        bool is_complete = false;
        /// There were too many: all others were forgotten.
        bool was_full = false;
    };
    /// Notes a section whose CRC is good. `segment_last`: of an EIT, whose sections have gaps between segments of eight.
    Added add(const SubTableId& id, const Section& section, std::optional<std::uint8_t> segment_last);

    bool is_complete(const SubTableId& id) const;
    void forget();
    void forget_all_of(TableId table_id);

  private:
    struct Table {
        std::uint8_t version = 0;
        std::uint8_t last_number = 0;
        bool is_complete = false;
        /// A bit a section, a byte a segment: those that came, and those that belong to it.
        std::array<std::uint8_t, 32> have{}, need{};
        /// As they were sent; of what came.
        std::vector<std::uint32_t> crcs;

        bool has(std::uint8_t number) const { return have[number / 8] >> number % 8 & 1; }
        void begin(const Section& section);
        void note(const Section& section, std::optional<std::uint8_t> segment_last);
        bool has_all() const;
    };
    struct Hash {
        std::size_t operator()(std::uint64_t key) const {
            return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> 20);
        }
    };
    Table* find(std::uint64_t key);

    std::unordered_map<std::uint64_t, Table, Hash> tables_;
    std::size_t sections_ = 0;
    /// Sections of a sub-table mostly follow each other.
    std::uint64_t last_key_ = 0;
    Table* last_ = nullptr;
};

}  // namespace linli::epg
