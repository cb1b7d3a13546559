#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "epg/guide/claim.h"
#include "epg/guide/guide_update.h"

namespace linli::epg {

/// Which versions of one service's tables were heard since the input began, to know what of the claims is old. Claims
/// of the version before are not thrown away when the first section of the next one comes, but when all of it is there,
/// so that nothing that is shown is lost meanwhile.
class ServiceTables {
  public:
    /// Makes room for what a section says. False when it is not to be heard: of two carriers of the same table in one
    /// stream, "actual" is believed.
    bool begin(const EventSection& section, std::vector<Claim>& claims);
    /// All of a table is there: what only an older one said goes.
    void complete(const CompleteEvents& table, std::vector<Claim>& claims) const;

  private:
    static constexpr std::int16_t kUnheard = -1;
    struct Table {
        bool is_heard = false;
        Carrier carrier = Carrier::Other;
        std::array<std::int16_t, 16> versions;
    };
    static ClaimSource source_of(EventTable table);

    std::array<Table, 2> tables_;
};

}  // namespace linli::epg
