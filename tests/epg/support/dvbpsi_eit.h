#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace linli::tests {

/// libdvbpsi as another opinion on EIT: packets in, events without text out.
class DvbpsiEit {
  public:
    struct Event {
        unsigned table_id = 0, service = 0, stream = 0, network = 0;
        unsigned id = 0;
        std::uint64_t start = 0;      // MJD and BCD as sent
        std::uint32_t duration = 0;   // BCD as sent
        unsigned running_status = 0;
        bool is_scrambled = false;
        unsigned descriptors = 0;

        auto operator<=>(const Event&) const = default;
    };

    DvbpsiEit();
    ~DvbpsiEit();

    /// The 188 bytes of a packet of PID 0x12. A decoder is attached to each sub-table as it appears.
    void push(const std::uint8_t* packet);
    /// What came of tables of which it believes to have everything.
    const std::vector<Event>& events() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace linli::tests
